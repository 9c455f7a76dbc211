import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fakeGenerator, flatColour } from '../engine/testing/fake-generators';
import { StudioError } from '../shared/errors';
import type { InpaintReport } from './inpaint-command';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

async function photoAndMask() {
  const folder = await temporaryFolder();
  const [photo, mask] = [join(folder, 'Straße.png'), join(folder, 'mask.png')];
  await writePhoto(photo);
  await writeMaskFile(mask);
  return { folder, photo, mask };
}

describe('inpaint with one photo', () => {
  it('writes NAME-inpainted next to it, changing the hole and nothing else', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const { code, output, messages } = await runCli(['inpaint', photo, '--mask', mask, '--detail', '0']);
    expect(messages).toContain('1 done, 0 failed');
    expect(code).toBe(0);
    expect(output).toBe('');
    const [before, after] = [await samplesOf(photo), await samplesOf(join(folder, 'Straße-inpainted.png'))];
    const changed = [...before.keys()].filter((i) => before[i] !== after[i]).map((i) => Math.floor(i / 3));
    // Of 1200; the photo repeats itself, so the detail's patches bring back many samples as they were.
    expect(changed.length).toBeGreaterThan(100);
    for (const pixel of changed) {
      expect(pixel % 160).toBeGreaterThanOrEqual(60);
      expect(pixel % 160).toBeLessThan(80);
      expect(Math.floor(pixel / 160)).toBeGreaterThanOrEqual(40);
      expect(Math.floor(pixel / 160)).toBeLessThan(60);
    }
  });

  it('prints one JSON object alone on standard output', async () => {
    const { photo, mask, folder } = await photoAndMask();
    const { code, output } = await runCli(['inpaint', photo, '-m', mask, '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(output) as InpaintReport;
    expect(report).toMatchObject({ model: 'default', provider: 'CPU, 2 threads', done: 1, failed: 0, cancelled: 0 });
    const output1 = join(folder, 'Straße-inpainted.png');
    const expected = {
      status: 'done',
      photo,
      mask,
      source: null,
      hint: null,
      lines: null,
      repairs: [],
      output: output1,
      width: 160,
      height: 120,
      holePixels: 400,
      crops: 1,
      grew: 0,
      maskFault: null,
      foundLines: expect.any(Array),
      variants: [],
    };
    expect(report.photos).toEqual([{ ...expected, notes: [], seconds: expect.any(Number) }]);
  });

  it('is done smaller under a memory limit, and says so', async () => {
    const { photo, mask } = await photoAndMask();
    const { code, output, messages } = await runCli([
      'inpaint',
      photo,
      '-m',
      mask,
      '--manner',
      'restore',
      '--memory',
      '1',
      '--json',
    ]);
    expect(code).toBe(0);
    const note = 'memory did not suffice, so it was made with --size 128 and detail 8 pixels coarse';
    expect(messages).toContain(`note    ${photo}: ${note}`);
    expect((JSON.parse(output) as InpaintReport).photos).toMatchObject([{ status: 'done', notes: [note] }]);
  });

  it('takes the transparent pixels for the hole when there is no mask', async () => {
    const folder = await temporaryFolder();
    const photo = join(folder, 'logo.png');
    const samples = Uint8Array.from({ length: 100 * 80 * 4 }, (_, i) =>
      i % 4 === 3 ? (i > 4 * 4000 && i < 4 * 4050 ? 0 : 255) : 90,
    );
    await sharp(samples, { raw: { width: 100, height: 80, channels: 4 } }).toFile(photo);
    expect((await runCli(['inpaint', photo])).code).toBe(0);
    const { channels } = await sharp(join(folder, 'logo-inpainted.png')).stats();
    expect(channels[3]?.min).toBe(255);
  });

  it('says so when there is neither a mask nor a transparent pixel', async () => {
    const { photo } = await photoAndMask();
    const { code, messages } = await runCli(['inpaint', photo]);
    expect(code).toBe(1);
    expect(messages).toContain('no transparent pixels');
    expect(messages).toContain('--mask');
  });

  it('names both sizes when the mask has another one', async () => {
    const { photo, mask } = await photoAndMask();
    await writeMaskFile(mask, [1, 1, 5, 5], 50, 40);
    const { code, messages } = await runCli(['inpaint', photo, '-m', mask]);
    expect(code).toBe(1);
    expect(messages).toMatch(/50 x 40.*160 x 120/);
    expect(messages).toContain(mask);
    expect(messages.split('\n')).toHaveLength(3);
  });

  it('hands the source region on, and reports one that is too small', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const source = join(folder, 'region.png');
    await writeMaskFile(source, [0, 0, 40, 40]);
    const generator = fakeGenerator(flatColour(0));
    expect((await runCli(['inpaint', photo, '-m', mask, '-s', source], { generator })).code).toBe(0);
    expect(generator.seen[0]?.source.reduce((sum, value) => sum + value, 0)).toBe(1600);
    await writeMaskFile(source, [0, 0, 5, 5]);
    const { code, messages } = await runCli(['inpaint', photo, '-m', mask, '-s', source, '--overwrite']);
    expect(code).toBe(1);
    expect(messages).toContain('source region is too small');
    expect(messages).toContain('16 x 16 pixels');
  });

  it('writes to --out, as a file or into a folder, in the format asked for', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const file = join(folder, 'neu', 'fertig.webp');
    expect((await runCli(['inpaint', photo, '-m', mask, '-o', file])).code).toBe(0);
    expect((await sharp(file).metadata()).format).toBe('webp');
    const into = join(folder, 'out');
    expect((await runCli(['inpaint', photo, '-m', mask, '-o', into, '--format', 'jpeg', '--quality', '70'])).code).toBe(
      0,
    );
    expect(await readdir(into)).toEqual(['Straße-inpainted.jpg']);
  });

  it('never writes over an input, also not through a link, unless told to', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const link = join(folder, 'link.png');
    await symlink(photo, link);
    const before = await readFile(photo);
    for (const out of [photo, mask, link]) {
      const { code, messages } = await runCli(['inpaint', photo, '-m', mask, '-o', out]);
      expect(code).toBe(2);
      expect(messages).toContain('--overwrite');
    }
    expect(await readFile(photo)).toEqual(before);
    // The detail's patches would bring back the photo as it was.
    const again = ['inpaint', photo, '-m', mask, '--detail', '0', '-o', photo, '--overwrite'];
    expect((await runCli(again)).code).toBe(0);
    expect(await readFile(photo)).not.toEqual(before);
  });
});

describe('inpaint with folders', () => {
  async function folders() {
    const folder = await temporaryFolder();
    const [photos, masks, out] = [join(folder, 'photos'), join(folder, 'masks'), join(folder, 'out')];
    await mkdir(photos);
    await mkdir(masks);
    for (const name of ['a', 'b', 'ü']) {
      await writePhoto(join(photos, `${name}.jpg`));
      await writeMaskFile(join(masks, name === 'b' ? 'b-mask.png' : `${name}.png`));
    }
    return { photos, masks, out };
  }

  it('gives each photo the mask of its name and goes on after a broken file', async () => {
    const { photos, masks, out } = await folders();
    await writeFile(join(photos, 'aa.jpg'), 'not a picture');
    await writeMaskFile(join(masks, 'aa.png'));
    const { code, output, messages } = await runCli(['inpaint', photos, '--mask', masks, '-o', out, '--json']);
    expect(code).toBe(1);
    expect(messages).toContain('3 done, 1 failed');
    expect((await readdir(out)).sort()).toEqual(['a-inpainted.jpg', 'b-inpainted.jpg', 'ü-inpainted.jpg']);
    const { photos: results } = JSON.parse(output) as InpaintReport;
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done', 'done']);
    expect(results[1]).toMatchObject({ error: { code: 'format-unsupported', file: join(photos, 'aa.jpg') } });
  });

  it('reports a photo without a mask and does the others', async () => {
    const { photos, masks, out } = await folders();
    await writePhoto(join(photos, 'c.jpg'));
    const { code, messages } = await runCli(['inpaint', photos, '--mask', masks, '-o', out]);
    expect(code).toBe(1);
    expect(messages).toMatch(/failed {2}.*c\.jpg: There is no mask for it/);
    expect(await readdir(out)).toHaveLength(3);
  });

  it('leaves earlier results and masks beside the photos out', async () => {
    const { photos } = await folders();
    for (const name of ['a', 'b', 'ü']) await writeMaskFile(join(photos, `${name}_mask.png`));
    const args = ['inpaint', photos, '--mask', photos];
    expect((await runCli(args)).messages).toContain('3 done, 0 failed');
    expect((await runCli([...args, '--overwrite'])).messages).toContain('3 done, 0 failed');
    expect(await readdir(photos)).toHaveLength(9);
  });

  it('refuses to put two results in one file', async () => {
    const { photos, masks, out } = await folders();
    await writePhoto(join(photos, 'a.png'));
    const mask = join(masks, 'a.png');
    const { code, messages } = await runCli(['inpaint', photos, '--mask', mask, '-o', out, '--format', 'png']);
    expect(code).toBe(2);
    expect(messages).toContain('would both be written');
    expect((await runCli(['inpaint', photos, '-m', masks, '-o', join(photos, 'one.png')])).code).toBe(2);
  });

  it('stops when asked, saying what was not done, and leaves nothing half-written', async () => {
    const { photos, masks, out } = await folders();
    const stop = new AbortController();
    const paint = flatColour(0);
    let fills = 0;
    const generator = fakeGenerator(paint, {
      refine: async (input) => {
        if (++fills === 2) stop.abort();
        return { image: paint(input) };
      },
    });
    const run = runCli(['inpaint', photos, '-m', masks, '-o', out, '--json'], { generator, signal: stop.signal });
    const { code, output } = await run;
    expect(code).toBe(130);
    expect(JSON.parse(output)).toMatchObject({ done: 1, failed: 0, cancelled: 2 });
    expect(await readdir(out)).toEqual(['a-inpainted.jpg']);
  });
});

describe('what cannot begin', () => {
  it.each([
    [[], 'Say what to do'],
    [['inpaint'], 'which photos'],
    [['fill', 'a.jpg'], 'Unknown'],
    [['inpaint', 'a.jpg', '--colour'], 'Unknown argument: colour'],
    [['inpaint', 'a.jpg', '--size', '300'], '256, 384, 512'],
    [['inpaint', 'a.jpg', '--quality', '0'], '1 to 100'],
    [['inpaint', 'a.jpg', '--mask', 'missing.png'], 'missing.png'],
    [['inpaint', 'a.jpg', '-m', 'a.png', '--mask', 'b.png'], 'more than once'],
    [['train'], 'out'],
  ])('%j is a usage error', async (args, words) => {
    const { code, output, messages } = await runCli(args);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(messages).toContain(words);
    expect(messages.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an unknown model ends with 3 and one line that names the others', async () => {
    const { photo, mask } = await photoAndMask();
    const { code, messages } = await runCli(['inpaint', photo, '-m', mask, '--model', 'nature']);
    expect(code).toBe(3);
    expect(messages).toBe('inpaint-studio: There is no model "nature". Choose one of: default.\n');
  });

  it('a fault shows its stack only with --verbose', async () => {
    const broken = { library: { generator: () => Promise.reject(new Error('out of luck')) } };
    const { photo, mask } = await photoAndMask();
    const quiet = await runCli(['inpaint', photo, '-m', mask], broken);
    expect(quiet.code).toBe(4);
    expect(quiet.messages).not.toContain('    at ');
    expect((await runCli(['inpaint', photo, '-m', mask, '--verbose'], broken)).messages).toContain('    at ');
  });

  it('an engine that dies at one photo does not keep the next from being done', async () => {
    const { folder, photo, mask } = await photoAndMask();
    const second = join(folder, 'zweites.png');
    await writePhoto(second);
    const paint = flatColour(0);
    let calls = 0;
    const generator = fakeGenerator(paint, {
      coarse: async (input) => {
        if (++calls === 1)
          throw new StudioError({ code: 'engine-stopped', message: 'The engine ended.', remedy: 'Try again.' });
        return paint(input);
      },
    });
    const { code, messages } = await runCli(['inpaint', photo, second, '-m', mask], { generator });
    expect(code).toBe(1);
    expect(messages).toContain('1 done, 1 failed');
  });
});
