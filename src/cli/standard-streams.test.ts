import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOfBytes } from '../shared/picture-formats';
import { runCli, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

async function photoAndMask() {
  const folder = await temporaryFolder();
  const [photo, mask] = [join(folder, 'photo.png'), join(folder, 'mask.png')];
  await writePhoto(photo);
  await writeMaskFile(mask);
  return { folder, photo, mask };
}

/** In pieces, as a pipe brings them. */
async function* piped(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

function writtenBytes() {
  const parts: Uint8Array[] = [];
  return { parts, writeBytes: async (bytes: Uint8Array) => void parts.push(bytes) };
}

describe('a lone dash', () => {
  it('reads the photo from standard input and writes the result to standard output, as from file to file', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const toFile = join(folder, 'out.png');
    expect((await runCli(['inpaint', photo, '-m', mask, '-o', toFile])).code).toBe(0);
    const { parts, writeBytes } = writtenBytes();
    const input = piped(await readFile(photo));
    const { code, output, messages } = await runCli(['inpaint', '-', '-m', mask], { input, writeBytes });
    expect(code, messages).toBe(0);
    expect(output).toBe('');
    expect(messages).toContain('done    standard input -> standard output');
    expect(Buffer.concat(parts).equals(await readFile(toFile))).toBe(true);
  });

  it('takes the mask from standard input, and the format of the result from --format', async () => {
    const { photo, mask } = await photoAndMask();
    const { parts, writeBytes } = writtenBytes();
    const input = piped(await readFile(mask));
    const args = ['inpaint', photo, '--mask', '-', '--out', '-', '--format', 'jpeg'];
    const { code, messages } = await runCli(args, { input, writeBytes });
    expect(code, messages).toBe(0);
    expect(formatOfBytes(Buffer.concat(parts))).toBe('jpeg');
  });

  it.each([
    ['two inputs', ['inpaint', '-', '-m', '-'], 'Only one of the inputs'],
    ['a report in the same stream', ['inpaint', '-', '-m', 'mask.png', '--json'], '--json writes to standard output'],
    ['several fills', ['inpaint', '-', '-m', 'mask.png', '--variants', '2'], 'one fill'],
  ])('refuses %s', async (_, args, said) => {
    const { code, messages } = await runCli(args);
    expect(code).toBe(2);
    expect(messages).toContain(said);
  });

  it('does not wait for the end of what is no picture, or is too long for lines', async () => {
    const { photo, mask } = await photoAndMask();
    let pieces = 0;
    async function* endless(piece: string) {
      for (;;) {
        pieces++;
        yield Buffer.from(piece);
      }
    }
    const zeros = await runCli(['inpaint', '-', '-m', mask], { input: endless('\0'.repeat(70)) });
    expect([zeros.code, pieces]).toEqual([3, 1]);
    expect(zeros.messages).toContain('"standard input" is not a picture of a known kind');
    const args = ['inpaint', photo, '-m', mask, '--lines', '-'];
    const lines = await runCli(args, { input: endless('[[1,2],[3,4]],'.repeat(100_000)) });
    expect(lines.code).toBe(3);
    expect(lines.messages).toContain('"standard input" is longer than 16 MB');
  });

  it('says so when nothing comes, and writes nothing', async () => {
    const { mask } = await photoAndMask();
    const { parts, writeBytes } = writtenBytes();
    const { code, messages } = await runCli(['inpaint', '-', '-m', mask], { writeBytes });
    expect(code).toBe(3);
    expect(messages).toContain('Nothing came from standard input.');
    expect(parts).toEqual([]);
  });
});

describe('--progress json', () => {
  it('makes each line of standard error an event, results of photos among them', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const out = join(folder, 'out.png');
    const { code, messages } = await runCli(['inpaint', photo, '-m', mask, '-o', out, '--progress', 'json']);
    expect(code).toBe(0);
    const events = messages
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toEqual({ event: 'start', total: 1, unit: 'photo' });
    expect(events).toContainEqual(expect.objectContaining({ event: 'progress', total: 1, doing: expect.any(String) }));
    expect(events).toContainEqual(expect.objectContaining({ event: 'photo', status: 'done', photo, output: out }));
    expect(events.at(-1)).toMatchObject({ event: 'message', text: expect.stringMatching(/^1 done, 0 failed/) });
  });

  it('calls standard input and output so, in events of photos too', async () => {
    const { photo, mask } = await photoAndMask();
    const input = piped(await readFile(photo));
    const { writeBytes } = writtenBytes();
    const args = ['inpaint', '-', '-m', mask, '--progress', 'json'];
    const { code, messages } = await runCli(args, { input, writeBytes });
    expect(code, messages).toBe(0);
    const lines = messages.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ event: 'photo', photo: 'standard input', output: 'standard output' }),
    );
    expect(messages).not.toContain('inpaint-studio-stream-');
  });

  it('says in the same form what is wrong with the command line', async () => {
    const { code, messages } = await runCli(['inpaint', '--progress=json']);
    expect(code).toBe(2);
    expect(JSON.parse(messages)).toMatchObject({ event: 'message', text: expect.stringContaining('which photos') });
  });
});
