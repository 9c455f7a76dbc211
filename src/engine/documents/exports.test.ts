import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { applyPatches } from '../image/patches';
import { decodePatch } from '../image/patch-file';
import type { Patch, Picture } from '../image/picture';
import { readPicture } from '../image/read-picture';
import { exportBeforeAfter, type ExportedLayer, exportLayers, filledPlane } from './exports';

const WIDTH = 60;
const HEIGHT = 40;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'exports-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function picture(depth: 8 | 16 = 8): Promise<Picture> {
  const path = join(folder, 'photo.png');
  const samples = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 7) % 251);
  const raw = sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  await (depth === 16 ? raw.toColourspace('rgb16') : raw).png().toFile(path);
  return readPicture(path);
}

function patch(x: number, y: number, width: number, height: number, grey: number, depth: 8 | 16 = 8): Patch {
  const hole = new BitPlane(width, height);
  for (let row = 0; row < height; row++) hole.fillSpan(row, row % 3, width - (row % 2), true);
  const length = width * height * 3;
  const samples = depth === 16 ? new Uint16Array(length).fill(grey * 257) : new Uint8Array(length).fill(grey);
  return { box: { x, y, width, height }, depth, samples, hole };
}

function layer(name: string, patches: readonly Patch[], more: Partial<ExportedLayer> = {}): ExportedLayer {
  return { name, visible: true, opacity: 1, patches, ...more };
}

describe('exported layers', () => {
  it.each(['cropped', 'full'] as const)('laid on the original (%s) give the picture', async (size) => {
    const photo = await picture();
    const layers = [
      layer('Fill 1', [patch(3, 4, 12, 9, 40), patch(30, 20, 8, 8, 90)]),
      layer('Fill 2', [patch(8, 6, 20, 12, 200)]),
    ];
    const files = await exportLayers(photo, 'photo.png', layers, folder, size);
    expect(files).toEqual(['1 Fill 1.png', '2 Fill 2.png']);
    const list = JSON.parse(readFileSync(join(folder, 'layers.json'), 'utf8')) as {
      layers: { x: number; y: number }[];
    };
    const inputs = files.map((file, index) => ({
      input: join(folder, file),
      left: list.layers[index].x,
      top: list.layers[index].y,
    }));
    const laid = await sharp(join(folder, 'photo.png')).composite(inputs).removeAlpha().raw().toBuffer();
    expect([...laid]).toEqual([
      ...applyPatches(
        photo,
        layers.flatMap(({ patches }) => patches),
      ),
    ]);
    if (size === 'full')
      expect(await sharp(join(folder, files[0])).metadata()).toMatchObject({ width: WIDTH, height: HEIGHT });
  });

  it('say where they lie, how much of them is seen, and keep 16 bit', async () => {
    const photo = await picture(16);
    const layers = [layer('sky / left: "new"', [patch(3, 4, 12, 9, 40, 16)], { opacity: 0.5, visible: false })];
    const [file] = await exportLayers(photo, 'photo.png', layers, join(folder, 'deep', 'layers'), 'cropped');
    expect(file).toBe('1 sky left new.png');
    const bytes = readFileSync(join(folder, 'deep', 'layers', file));
    const decoded = await decodePatch(bytes, file);
    expect(decoded).toMatchObject({ box: { x: 3, y: 4, width: 12, height: 9 }, depth: 16 });
    expect(decoded.hole.equals(layers[0].patches[0].hole)).toBe(true);
    const { samples } = await readPicture(bytes);
    expect(Math.max(...samples.filter((_, index) => index % 4 === 3))).toBe(32_768);
    const list = JSON.parse(readFileSync(join(folder, 'deep', 'layers', 'layers.json'), 'utf8')) as unknown;
    expect(list).toMatchObject({
      picture: { name: 'photo.png', width: WIDTH },
      layers: [{ opacity: 0.5, visible: false, x: 3 }],
    });
  });

  it('leave out an edit without a result', async () => {
    expect(await exportLayers(await picture(), 'photo.png', [layer('Fill 1', [])], folder, 'full')).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['layers.json', 'photo.png']);
  });
});

describe('the mask of the fills', () => {
  it('is what they have replaced', async () => {
    const photo = await picture();
    const patches = [patch(3, 4, 12, 9, 40), patch(8, 6, 20, 12, 200)];
    const plane = filledPlane(photo, patches);
    const changed = applyPatches({ ...photo, samples: photo.samples.map(() => 1) }, patches);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      expect(plane.get(i % WIDTH, Math.floor(i / WIDTH)), `pixel ${i}`).toBe(changed[i * 3] !== 1);
    }
  });
});

describe('before and after', () => {
  it('stand side by side, each pixel as it is', async () => {
    const photo = await picture();
    const result = applyPatches(photo, [patch(3, 4, 12, 9, 40)]);
    const path = join(folder, 'both.png');
    await exportBeforeAfter(photo, result, path, {});
    const both = await readPicture(path);
    expect([both.width, both.height]).toEqual([2 * WIDTH + 2, HEIGHT]);
    const at = (x: number, y: number) => [
      ...both.samples.subarray((y * both.width + x) * 3, (y * both.width + x) * 3 + 3),
    ];
    for (const [x, y] of [
      [0, 0],
      [9, 8],
      [59, 39],
    ]) {
      const from = (y * WIDTH + x) * 3;
      expect(at(x, y)).toEqual([...photo.samples.subarray(from, from + 3)]);
      expect(at(WIDTH + 2 + x, y)).toEqual([...result.subarray(from, from + 3)]);
    }
    expect(at(WIDTH, 5)).toEqual([255, 255, 255]);
  });
});
