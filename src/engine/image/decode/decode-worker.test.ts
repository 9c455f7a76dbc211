/** The very program that decodes in the app and on the command line. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS } from '../../../shared/picture-formats';
import { builtWorker } from '../../testing/built-worker';
import { pipelineOf, temporaryFolder, testImage } from '../../testing/pictures';
import { forkProcess, type StartProcess } from '../../process/started-process';
import { openHere } from '../../testing/open-here';
import type { OpenPicture } from '../opened-picture';
import { pngChunk } from '../containers';
import { asPng } from '../read-only/plain-picture';
import { Decoders } from './decoders';

const worker = builtWorker('decode-worker');
let decoders: Decoders;
beforeAll(() => {
  decoders = new Decoders({ entry: worker.entry });
});
afterAll(() => decoders.end());

const FIXTURES = join(import.meta.dirname, '..', 'read-only', 'fixtures');

async function read(open: OpenPicture, bytes: Buffer) {
  const opened = await open({ path: '/a/photo', name: 'photo', bytes }, {});
  const { width, height, format, readOnly } = opened;
  const picture = await opened.decode();
  opened.close();
  return { width, height, format, readOnly, picture };
}

describe('a picture that another process decodes', () => {
  it.each(PICTURE_FORMAT_NAMES)('is the same, bit for bit, with all that is known of it: %s', async (format) => {
    for (const depth of PICTURE_FORMATS[format].depth === 16 ? ([8, 16] as const) : ([8] as const)) {
      const bytes = await pipelineOf(testImage(61, 43, 3, depth))
        .withMetadata({ orientation: 6 })
        .withExifMerge({ IFD0: { Copyright: 'A person' } })
        .toFormat(format)
        .toBuffer();
      expect(await read(decoders.open, bytes)).toEqual(await read(openHere, bytes));
    }
  });

  it('may be of a format that is only read, or lack its end', async () => {
    const heic = await readFile(join(FIXTURES, 'gradient.heic'));
    const cut = (
      await pipelineOf(testImage(40, 30, 3))
        .jpeg()
        .toBuffer()
    ).subarray(0, -2);
    for (const bytes of [heic, cut]) {
      expect(await read(decoders.open, bytes)).toEqual(await read(openHere, bytes));
    }
  });

  it('has the same faults', async () => {
    const png = await asPng({ ...testImage(90, 90, 3), notes: [] });
    for (const bytes of [png.subarray(0, png.length >> 1), Buffer.from('no picture')]) {
      const [there, here] = await Promise.all([decoders.open, openHere].map((open) => failure(open, bytes)));
      expect(there).toEqual(here);
    }
  });
});

/** A file of 40 kB whose samples take 1.2 GB: one bit a pixel, of colours with transparency. */
function largePicture(): Buffer {
  const [width, height] = [20_000, 15_000];
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('PLTE', new Uint8Array(6)),
    pngChunk('tRNS', Uint8Array.of(128)),
    pngChunk('IDAT', deflateSync(Buffer.alloc(height * (1 + width / 8)), { level: 1 })),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

const limited = process.platform === 'linux' && existsSync('/usr/bin/prlimit');
if (!limited) console.log('Limits that the system itself keeps are not tested: this one has no prlimit.');

it.skipIf(!limited)('the system itself holds a decoding process to what the claim is worth', async () => {
  const pids: (number | undefined)[] = [];
  const start: StartProcess = (entry, rights) => {
    const child = forkProcess(entry, rights);
    pids.push(child.pid);
    return child;
  };
  const GIB = 2 ** 30;
  const limitsFor = (_bytes: number, claims: unknown) => ({ seconds: 60, bytes: claims === null ? GIB : 1.5 * GIB });
  const own = new Decoders({ entry: worker.entry, start, limitsFor });
  const limitOf = async (what: string): Promise<string | undefined> => {
    const limits = await readFile(`/proc/${pids.at(-1)}/limits`, 'utf8');
    return new RegExp(`^Max ${what} +(\\d+)`, 'm').exec(limits)?.[1];
  };
  const bytes = await asPng({ ...testImage(90, 90, 3), notes: [] });
  const opened = await own.open({ path: '', name: 'photo', bytes }, {});
  expect(await limitOf('data size')).toBe(String(GIB));
  expect(await limitOf('open files')).toBe('256');
  expect(await limitOf('core file size')).toBe('0');
  await opened.decode();
  expect(await limitOf('data size')).toBe(String(2 * GIB));
  opened.close();
  own.end();
});

it.skipIf(!limited)('an allocation beyond that is refused at once, and told as what it is', async () => {
  // The watch from outside would let it pass.
  const limitsFor = (_bytes: number, claims: unknown) => ({ seconds: 60, bytes: claims === null ? 2 ** 40 : 2 ** 30 });
  const own = new Decoders({ entry: worker.entry, limitsFor });
  const opened = await own.open({ path: '', name: 'photo', bytes: largePicture() }, {});
  await expect(opened.decode()).rejects.toMatchObject({ reason: { id: 'decoding-takes-memory' } });
  opened.close();
  own.end();
});

it('the JavaScript of a decoding process on the command line reads and writes no files of the user, and starts nothing', async () => {
  // Beside the program, so that it has its rights; what it tries it tells as an error.
  const entry = join(dirname(worker.entry), 'tries.mjs');
  const secret = join(await temporaryFolder(), 'secret');
  await writeFile(secret, 'secret');
  await writeFile(entry, trying(secret, `${secret}.written`));
  const trier = new Decoders({ entry });
  const told = await trier
    .open({ path: '', name: 'photo', bytes: Buffer.from('x') }, {})
    .catch((error: unknown) => error);
  trier.end();
  expect(told).toMatchObject({ message: 'ERR_ACCESS_DENIED ERR_ACCESS_DENIED ERR_ACCESS_DENIED' });
});

async function failure(open: OpenPicture, bytes: Buffer): Promise<unknown> {
  const { message, code, file } = (await read(open, bytes).catch((error: unknown) => error)) as Record<string, unknown>;
  return { message, code, file };
}

function trying(secret: string, written: string): string {
  return `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { execFileSync } from 'node:child_process';
    const codeOf = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
    process.on('message', ({ id, kind }) => {
      if (kind === 'exchange') return process.send({ id, ok: true, kind });
      const codes = [
        codeOf(() => readFileSync(${JSON.stringify(secret)})),
        codeOf(() => writeFileSync(${JSON.stringify(written)}, '')),
        codeOf(() => execFileSync(process.execPath, ['-v'])),
      ];
      process.send({ id, ok: false, error: { code: 'internal', message: codes.join(' '), remedy: '' } });
    });`;
}
