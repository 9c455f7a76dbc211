import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharp } from '../engine/image/sharp';
import type { InpaintReport, PhotoResult } from './inpaint-command';
import { runCli, temporaryFolder, writeMaskFile } from './testing/program';

const WIDTH = 200;
const HEIGHT = 160;

/** A light wall over a dark floor, with a red disc in the middle of the border. */
async function horizonWithDisc() {
  const folder = await temporaryFolder();
  const files = {
    folder,
    photo: join(folder, 'p.png'),
    mask: join(folder, 'hole.png'),
    lines: join(folder, 'lines.json'),
    out: join(folder, 'out.png'),
  };
  const samples = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const isDisc = (x - 100) ** 2 + (y - 80) ** 2 < 24 ** 2;
    const grey = (y < 80 ? 200 : 70) + ((x * 7 + y * 13) % 5);
    samples.set(isDisc ? [200, 30, 30] : [grey, grey, grey], 3 * at);
  }
  await sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).toFile(files.photo);
  return files;
}

async function fill(...args: string[]): Promise<{ code: number; messages: string; photo: PhotoResult | undefined }> {
  const { code, messages, output } = await runCli(['inpaint', ...args, '--json']);
  const [photo] = output === '' ? [] : (JSON.parse(output) as InpaintReport).photos;
  return { code, messages, photo };
}

const box = (margin: number): [number, number, number, number] => [100 - margin, 80 - margin, 2 * margin, 2 * margin];

it('finds the edge that runs through the hole, unless that is turned off', async () => {
  const { photo, mask, out } = await horizonWithDisc();
  await writeMaskFile(mask, box(30), WIDTH, HEIGHT);
  const found = (await fill(photo, '-m', mask, '-o', out)).photo;
  expect(found).toMatchObject({ status: 'done', grew: 0, maskFault: null });
  const lines = found?.status === 'done' ? found.foundLines : [];
  expect(lines).toHaveLength(1);
  for (const { y } of lines[0]?.points ?? []) expect(Math.abs(y - 80)).toBeLessThan(0.5);
  const without = await fill(photo, '-m', mask, '-o', out, '--no-auto-lines');
  expect(without.photo).toMatchObject({ status: 'done', foundLines: [] });
});

it('continues the lines of a file, also from a folder with one for each photo', async () => {
  const { folder, photo, mask, lines, out } = await horizonWithDisc();
  await writeMaskFile(mask, box(30), WIDTH, HEIGHT);
  await writeFile(lines, '[[[40, 80], [160, 80]]]');
  // The line that was drawn is not found once more.
  const drawn = await fill(photo, '-m', mask, '-o', out, '--lines', lines);
  expect(drawn.photo).toMatchObject({ status: 'done', lines, foundLines: [] });
  await mkdir(join(folder, 'lines'));
  await writeFile(join(folder, 'lines', 'p.json'), '[[[40, 80], [160, 80]]]');
  const named = await fill(photo, '-m', mask, '-o', out, '--lines', join(folder, 'lines'));
  expect(named.photo).toMatchObject({ status: 'done', lines: join(folder, 'lines', 'p.json') });
});

it('refuses lines that it cannot read or continue, with the file and what to do', async () => {
  const { photo, mask, lines, out } = await horizonWithDisc();
  await writeMaskFile(mask, box(30), WIDTH, HEIGHT);
  const refusal = async (content: string) => {
    await writeFile(lines, content);
    const { code, photo: result } = await fill(photo, '-m', mask, '-o', out, '--lines', lines);
    expect(code).toBe(1);
    return result?.status === 'failed' ? result.error : null;
  };
  expect(await refusal('no json')).toMatchObject({ code: 'file-unreadable', file: lines });
  expect((await refusal('[[[40, 80]]]'))?.message).toContain('[0]');
  expect(await refusal('[[[40, 80], [160, "80"]]]')).toMatchObject({ code: 'file-unreadable' });
  expect((await refusal('[[[40, 80], [200, 80]]]'))?.message).toContain('outside the photo of 200 x 160');
  expect(await refusal('[[[40, 80], [100, 80]]]')).toMatchObject({ code: 'line-in-hole' });
  expect((await fill(photo, '-m', mask, '-o', out, '--lines', `${lines}.no`)).code).toBe(2);
});

it('grows a mask that leaves a rim, when asked; else it says so', async () => {
  const { photo, mask, out } = await horizonWithDisc();
  const disc = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) =>
    Math.hypot((at % WIDTH) - 100, Math.floor(at / WIDTH) - 80) <= 19 ? 255 : 0,
  );
  await sharp(disc, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .png()
    .toFile(mask);
  const plain = await fill(photo, '-m', mask, '-o', out);
  expect(plain.photo).toMatchObject({ status: 'done', grew: 0, maskFault: 'rim' });
  expect(plain.messages).toContain('the mask leaves a rim of what it covers; --grow auto would grow it by');
  const auto = await fill(photo, '-m', mask, '-o', out, '--grow', 'auto');
  const grew = auto.photo?.status === 'done' ? auto.photo.grew : 0;
  expect(grew).toBeGreaterThanOrEqual(6);
  expect(grew).toBeLessThanOrEqual(10);
  expect(auto.messages).toContain(`so it was grown by ${grew} pixels`);
  const asked = await fill(photo, '-m', mask, '-o', out, '--grow', '3');
  expect(asked.photo).toMatchObject({ status: 'done', grew: 3, maskFault: null });
  for (const wrong of ['more', '-1', '1.5', '']) {
    expect((await fill(photo, '-m', mask, '-o', out, `--grow=${wrong}`)).code).toBe(2);
  }
});
