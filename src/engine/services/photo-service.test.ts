import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { cutPatch } from '../../shared/plane-patch';
import type { Generator, GeneratorInput } from '../inpaint/generator';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { PhotoService } from './photo-service';

const SIZE = { width: 160, height: 120 };
const BOX = { x: 60, y: 50, width: 20, height: 16 };

let folder: string;
/** What happens at the refine stage. */
let refining: () => Promise<void>;
let heard: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
  refining = () => Promise.resolve();
  heard = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Fills with one grey. */
const generator: Generator = {
  id: 'grey',
  capabilities: { sourceRegion: true, coarse: true },
  sizeMultiple: 8,
  coarse: ({ width, height }: GeneratorInput) => Promise.resolve(new Float32Array(3 * width * height)),
  refine: async ({ width, height }: GeneratorInput) => {
    await refining();
    return { image: new Float32Array(3 * width * height).fill(0.25) };
  },
};

function serving() {
  return new PhotoService({ generator: () => Promise.resolve(generator), stop: () => undefined }, ({ fraction }) =>
    heard.push(fraction),
  );
}

async function photo(name: string, { width, height } = SIZE): Promise<string> {
  const path = join(folder, name);
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 251);
  await sharp(pixels, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
}

function request(path: string, output: string) {
  const hole = new BitPlane(SIZE.width, SIZE.height);
  hole.fillRect(BOX, true);
  return {
    ...{ jobId: crypto.randomUUID(), path, output, replace: false, modelId: 'grey', grow: false, memoryLimit: 0 },
    ...{ hole: cutPatch(hole, BOX), source: null, size: SIZE },
    settings: { ...FILL_SETTINGS, detail: 0 },
  };
}

describe('a photo that is filled from file to file', () => {
  it('is left as it is, and its result differs from it in the hole alone', async () => {
    const path = await photo('a.png');
    const before = readFileSync(path);
    const output = join(folder, 'results', 'a-inpainted.png');
    const filled = await serving().hostHandlers.fillPhoto(request(path, output));
    expect(filled).toMatchObject({ kind: 'filled', grew: 0, reduced: false });
    expect(readFileSync(path).equals(before)).toBe(true);
    const [from, to] = await Promise.all([path, output].map((file) => sharp(file).raw().toBuffer()));
    const changed = [...(from ?? []).entries()]
      .filter(([i, value]) => to?.[i] !== value)
      .map(([i]) => Math.floor(i / 3));
    expect(changed.length).toBeGreaterThan(100);
    for (const pixel of changed) {
      expect(pixel % SIZE.width).toSatisfy((x: number) => x >= BOX.x && x < BOX.x + BOX.width);
      expect(Math.floor(pixel / SIZE.width)).toSatisfy((y: number) => y >= BOX.y && y < BOX.y + BOX.height);
    }
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });

  it('is left out by its header alone when the mask is not of its size', async () => {
    const path = await photo('small.png', { width: 40, height: 30 });
    const output = join(folder, 'small-inpainted.png');
    const filled = await serving().hostHandlers.fillPhoto(request(path, output));
    expect(filled).toEqual({ kind: 'other-size', width: 40, height: 30 });
  });

  it('is written over nothing that has come meanwhile, unless a person has agreed to that', async () => {
    const path = await photo('a.png');
    const output = await photo('a-inpainted.png');
    const before = readFileSync(output);
    const { fillPhoto } = serving().hostHandlers;
    await expect(fillPhoto(request(path, output))).rejects.toMatchObject({ code: 'file-not-writable' });
    expect(readFileSync(output).equals(before)).toBe(true);
    await fillPhoto({ ...request(path, output), replace: true });
    expect(readFileSync(output).equals(before)).toBe(false);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const path = await photo('a.png');
    const service = serving();
    const order = request(path, join(folder, 'a-inpainted.png'));
    refining = async () => service.windowHandlers.cancelPhotoFill({ jobId: order.jobId });
    await expect(service.hostHandlers.fillPhoto(order)).rejects.toMatchObject({ code: 'cancelled' });
    expect(() => readFileSync(order.output)).toThrow('ENOENT');
  });
});

describe('results of several photos in a folder', () => {
  it('have the names that the command line gives them, and never lie over a photo or over each other', async () => {
    writeFileSync(join(folder, 'b-inpainted.jpg'), 'x');
    writeFileSync(join(folder, 'c-inpainted.png'), 'x');
    const photos = ['a.jpg', 'b.jpg', 'c.bmp', 'b-inpainted.jpg'].map((name) => join(folder, name));
    const planned = await serving().hostHandlers.planResults({ photos: [...photos, '/elsewhere/a.jpg'], folder });
    expect(planned).toEqual([
      { output: join(folder, 'a-inpainted.jpg'), state: 'free' },
      { output: join(folder, 'b-inpainted.jpg'), state: 'is-photo' },
      { output: join(folder, 'c-inpainted.png'), state: 'exists' },
      { output: join(folder, 'b-inpainted-inpainted.jpg'), state: 'free' },
      { output: join(folder, 'a-inpainted.jpg'), state: 'same-name' },
    ]);
  });
});
