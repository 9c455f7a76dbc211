import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TILE_SIDE } from '../../shared/protocol/values';
import { DisplayPyramid } from './display-pyramid';
import { DisplayView } from './display-view';
import { encodePicture } from './encode-picture';
import { applyPatches } from './patches';
import type { Patch, Picture } from './picture';
import { sampleTo8 } from './planes';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { pipelineOf, testImage, testPatch } from '../testing/pictures';

function pictureOf(width: number, height: number, channels: 3 | 4 = 3, depth: 8 | 16 = 8): Picture {
  const { samples } = testImage(width, height, channels, depth);
  return { width, height, channels, depth, samples, origin: { path: '', format: 'png', grey: false, lossless: true } };
}

async function viewOf(picture: Picture): Promise<DisplayView> {
  return new DisplayView(await DisplayPyramid.of(picture));
}

/** Every tile of a view, by level and place. */
function allTiles(view: DisplayView, picture: Picture): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  for (let level = 0; TILE_SIDE * 2 ** (level - 1) < Math.max(picture.width, picture.height); level++) {
    const columns = Math.ceil(picture.width / 2 ** level / TILE_SIDE);
    const rows = Math.ceil(picture.height / 2 ** level / TILE_SIDE);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) tiles.set(`${level}/${x}/${y}`, view.tile(level, x, y).pixels);
    }
  }
  return tiles;
}

/** The names of tiles that are not the same: a comparison of the samples themselves would print millions of them. */
function differing(tiles: Map<string, Uint8Array>, others: Map<string, Uint8Array>): string[] {
  return [...tiles].flatMap(([name, pixels]) =>
    Buffer.compare(pixels, others.get(name) ?? new Uint8Array()) === 0 ? [] : [name],
  );
}

test('level 0 shows the samples themselves, in tiles that are cut at the edge', async () => {
  const picture = pictureOf(700, 520);
  const pyramid = await DisplayPyramid.of(picture);
  expect(pyramid.levels).toBe(2);
  const corner = new DisplayView(pyramid).tile(0, 1, 1);
  expect(corner).toMatchObject({ width: 188, height: 8, version: 0 });
  const from = (512 * 700 + 512) * 3;
  expect([...corner.pixels.subarray(0, 4)]).toEqual([...picture.samples.subarray(from, from + 3), 255]);
});

test('each level is the mean of two by two of the one below, odd edges too', async () => {
  const picture = pictureOf(1025, 513);
  const pyramid = await DisplayPyramid.of(picture);
  expect(pyramid.levels).toBe(3);
  const view = new DisplayView(pyramid);
  const tile = view.tile(1, 0, 0);
  expect(tile).toMatchObject({ width: 512, height: 257 });
  const at = (x: number, y: number) => picture.samples[(Math.min(y, 512) * 1025 + Math.min(x, 1024)) * 3];
  for (const [x, y] of [
    [0, 0],
    [100, 77],
    [511, 256],
  ]) {
    const mean = (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4;
    expect(Math.abs(tile.pixels[(y * 512 + x) * 4] - mean)).toBeLessThanOrEqual(0.5);
  }
  expect(view.tile(1, 1, 0)).toMatchObject({ width: 1, height: 257 });
  expect(view.tile(2, 0, 0)).toMatchObject({ width: 257, height: 129 });
});

test('patches change the same pixels as a pyramid made from the patched samples', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          x: fc.nat(1100),
          y: fc.nat(600),
          width: fc.integer({ min: 1, max: 300 }),
          height: fc.integer({ min: 1, max: 300 }),
          opacity: fc.constantFrom(1, 1, 0.5, 0.13),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      fc.constantFrom(3 as const, 4 as const),
      fc.constantFrom(8 as const, 16 as const),
      async (boxes, channels, depth) => {
        const picture = pictureOf(1130, 621, channels, depth);
        const patches = boxes.map(({ opacity, ...box }) => ({ ...testPatch(box, depth), opacity }));
        const pyramid = await DisplayPyramid.of(picture);
        const [view, other] = [new DisplayView(pyramid), new DisplayView(pyramid)];
        const original = allTiles(view, picture);
        const changed = view.setPatches(patches);
        const patched = { ...picture, samples: applyPatches(picture, patches) };
        expect(differing(allTiles(view, picture), allTiles(await viewOf(patched), picture))).toEqual([]);
        expect(differing(allTiles(other, picture), original)).toEqual([]);
        expect(changed.length).toBeGreaterThan(0);
        view.setPatches([]);
        expect(differing(allTiles(view, picture), original)).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
});

test('only the boxes of patches that came, went or moved are reported', async () => {
  const view = await viewOf(pictureOf(900, 600));
  const [a, b, c] = [10, 200, 400].map((x): Patch => testPatch({ x, y: 20, width: 50, height: 40 }));
  expect(view.setPatches([a, b, c])).toEqual([a.box, b.box, c.box]);
  expect(view.setPatches([a, b, c])).toEqual([]);
  expect(view.setPatches([a, c])).toEqual([b.box]);
  expect(view.setPatches([c, a])).toEqual([c.box, a.box]);
  expect(view.tile(0, 0, 0).version).toBe(3);
  const outside = testPatch({ x: 880, y: 590, width: 100, height: 100 });
  expect(view.setPatches([c, a, outside])).toEqual([{ x: 880, y: 590, width: 20, height: 10 }]);
});

test('memory is a third of the picture, and changed tiles give theirs back', async () => {
  const pyramid = await DisplayPyramid.of(pictureOf(2048, 1024));
  expect(pyramid.bytes / (2048 * 1024 * 3)).toBeLessThan(0.34);
  const view = new DisplayView(pyramid);
  expect(view.bytes).toBe(0);
  view.setPatches([testPatch({ x: 30, y: 30, width: 20, height: 20 })]);
  expect(view.bytes).toBe(3 * TILE_SIDE * TILE_SIDE + 3 * TILE_SIDE * TILE_SIDE + 3 * 512 * 256);
  view.setPatches([]);
  expect(view.bytes).toBe(0);
});

test('colours under full transparency do not bleed into smaller levels', async () => {
  const samples = new Uint8Array(1024 * 2 * 4);
  for (let i = 0; i < 1024 * 2; i++) samples.set(i % 2 === 0 ? [200, 100, 50, 255] : [0, 255, 0, 0], i * 4);
  const view = await viewOf({ ...pictureOf(1024, 2, 4), samples });
  expect([...view.tile(1, 0, 0).pixels.subarray(0, 4)]).toEqual([200, 100, 50, 128]);
});

test('a tile that is not there is a bad request', async () => {
  const view = await viewOf(pictureOf(600, 20));
  for (const [level, x, y] of [
    [0, 2, 0],
    [0, 0, 1],
    [2, 0, 0],
    [1, 1, 0],
  ]) {
    expect(() => view.tile(level, x, y)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  }
  expect((await viewOf(pictureOf(1, 1))).tile(0, 0, 0)).toMatchObject({ width: 1, height: 1 });
});

test.each([
  ['jpeg', 3, 8],
  ['png', 4, 8],
  ['png', 4, 16],
  ['tiff', 3, 16],
] as const)(
  "a wide-gamut %s with %i channels of %i bit is shown in the screen's colours",
  async (format, channels, depth) => {
    const pipeline = pipelineOf(testImage(120, 90, channels, depth)).withIccProfile('p3');
    const stored = await readPicture(
      await pipeline[format](format === 'tiff' ? { compression: 'lzw' } : {}).toBuffer(),
    );
    expect(stored).toMatchObject({ channels, depth });
    // What the library makes of the same samples in 8 bit; those of 16 it takes to another space than asked for.
    const samples = Uint8Array.from(stored.samples, depth === 16 ? sampleTo8 : (sample) => sample);
    const { bytes: reduced } = await encodePicture({ ...stored, depth: 8, samples }, samples, 'png');
    const expected = await sharp(reduced).toColourspace('srgb').ensureAlpha().raw().toBuffer();
    const { pixels } = (await viewOf(stored)).tile(0, 0, 0);
    const distances = Array.from(expected, (value, i) => Math.abs(value - pixels[i]));
    // The farthest are colours that sRGB does not have, where one channel falls steeply to 0.
    expect(Math.max(...distances)).toBeLessThanOrEqual(8);
    expect(distances.reduce((sum, distance) => sum + distance, 0) / distances.length).toBeLessThan(0.3);
    expect(Buffer.compare(copied(samples, channels), pixels)).not.toBe(0);
  },
);

/** Samples as RGBA without any conversion. */
function copied(samples: Uint8Array, channels: 3 | 4): Uint8Array {
  return Uint8Array.from({ length: (samples.length / channels) * 4 }, (_, i) => {
    return channels === 3 && i % 4 === 3 ? 255 : samples[Math.floor(i / 4) * channels + (i % 4)];
  });
}

test('an sRGB profile changes nothing', async () => {
  const bytes = await pipelineOf(testImage(64, 64, 3))
    .withIccProfile('srgb')
    .png()
    .toBuffer();
  const picture = await readPicture(bytes);
  expect(picture.origin.metadata?.hasProfile).toBe(true);
  const { pixels } = (await viewOf(picture)).tile(0, 0, 0);
  expect(pixels.filter((_, i) => i % 4 < 3)).toEqual(picture.samples);
});
