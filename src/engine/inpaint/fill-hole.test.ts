import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { ErrorCode } from '../../shared/errors';
import { contains, rectOf } from '../../shared/geometry';
import { applyPatches } from '../image/patches';
import type { Patch, Picture, Samples } from '../image/picture';
import { fakeGenerator, flatColour, meanColour } from '../testing/fake-generators';
import { fillHole } from './fill-hole';

type Colour = (x: number, y: number, channel: number) => number;

function pictureOf(width: number, height: number, colour: Colour, depth: 8 | 16 = 8): Picture {
  const samples: Samples = depth === 16 ? new Uint16Array(width * height * 3) : new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) samples[(y * width + x) * 3 + c] = colour(x, y, c);
    }
  }
  const origin = { path: 'test.png', format: 'png', grey: false, lossless: true } as const;
  return { width, height, channels: 3, depth, samples, origin };
}

function planeWith(width: number, height: number, ...rects: [number, number, number, number][]): BitPlane {
  const plane = new BitPlane(width, height);
  for (const [x, y, w, h] of rects) plane.fillRect({ x, y, width: w, height: h }, true);
  return plane;
}

/** Samples of a patch that count. */
function valuesOf({ samples, hole }: Patch): number[] {
  const inside = hole.toBytes(1);
  return [...samples].filter((_, i) => inside[Math.floor(i / 3)] === 1);
}

function largestDifference(a: Samples, b: Samples): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

function codeOf(error: unknown): ErrorCode {
  return (error as { code: ErrorCode }).code;
}

async function failure(job: Promise<unknown>): Promise<{ code: ErrorCode; message: string; remedy: string }> {
  return job.then(
    () => {
      throw new Error('should have failed');
    },
    (error: unknown) => error as { code: ErrorCode; message: string; remedy: string },
  );
}

const noise: Colour = (x, y, c) => (x * 37 + y * 91 + c * 53 + ((x * y) % 7) * 11) % 256;
const base = { source: null, workingSize: 512, generator: fakeGenerator(meanColour()) };

describe('filling a hole', () => {
  it('covers every hole pixel once and changes nothing else, or gives a clear error, at any size', async () => {
    const rect = fc.tuple(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
    );
    const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 }));
    await fc.assert(
      fc.asyncProperty(side, side, fc.array(rect, { minLength: 1, maxLength: 4 }), async (width, height, rects) => {
        const picture = pictureOf(width, height, noise);
        const hole = planeWith(
          width,
          height,
          ...rects.map(([x, y, w, h]) => [x % width, y % height, w, h] as [number, number, number, number]),
        );
        let patches: Patch[];
        try {
          patches = await fillHole({ ...base, picture, hole, workingSize: 128 });
        } catch (error) {
          expect(codeOf(error)).toBe('hole-everything');
          return;
        }
        const covered = new BitPlane(width, height);
        let pixels = 0;
        for (const { box, hole: part, samples } of patches) {
          expect(contains(rectOf(picture), box)).toBe(true);
          expect(samples).toHaveLength(box.width * box.height * 3);
          covered.combine(part, 'or', box.x, box.y);
          pixels += part.count();
        }
        expect(covered.equals(hole)).toBe(true);
        expect(pixels).toBe(hole.count());
        const result = applyPatches(picture, patches);
        const inside = hole.toBytes(1);
        const changed = result.findIndex((value, i) => inside[Math.floor(i / 3)] === 0 && value !== picture.samples[i]);
        expect(changed).toBe(-1);
      }),
      { numRuns: 60 },
    );
  });

  it('takes a colour cast of the generator out again: no step at the border, none inside', async () => {
    const picture = pictureOf(300, 200, (x, _y, c) => 60 + Math.floor(x / 4) + c * 20);
    const hole = planeWith(300, 200, [100, 60, 90, 70]);
    // Reconstructs everything, the hole included, up to a cast: what is left to see is the cast.
    const truth = picture.samples;
    const generator = fakeGenerator(({ width, height, image }) => {
      const area = width * height;
      // 300 x 200 lies mirrored in a crop of the working size; only a picture of that size maps one to one.
      expect(area).toBe(image.length / 3);
      const result = image.slice();
      const [left, top] = [-Math.floor((width - 300) / 2), -Math.floor((height - 200) / 2)];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [px, py] = [x + left, y + top];
          if (px < 0 || py < 0 || px >= 300 || py >= 200) continue;
          for (let c = 0; c < 3; c++) {
            result[c * area + y * width + x] = (truth[(py * 300 + px) * 3 + c] / 255) * 2 - 1 + [0.2, -0.15, 0.3][c];
          }
        }
      }
      return result;
    });
    const result = applyPatches(picture, await fillHole({ ...base, picture, hole, generator }));
    expect(largestDifference(result, truth)).toBeLessThanOrEqual(1);
  });

  it('meets the known pixels around it even when the generator paints a flat wrong colour', async () => {
    const picture = pictureOf(1400, 1000, (x, y, c) => 40 + Math.floor(x / 14) + Math.floor(y / 20) + c * 10);
    const hole = planeWith(1400, 1000, [400, 300, 500, 400]);
    const patches = await fillHole({ ...base, picture, hole, detail: 0, generator: fakeGenerator(flatColour(-0.8)) });
    const result = applyPatches(picture, patches);
    const at = (x: number, y: number) => result[(y * 1400 + x) * 3];
    for (let y = 300; y < 700; y++) {
      expect(Math.abs(at(400, y) - at(399, y))).toBeLessThanOrEqual(3);
      expect(Math.abs(at(899, y) - at(900, y))).toBeLessThanOrEqual(3);
    }
    for (let x = 400; x < 900; x++) {
      expect(Math.abs(at(x, 300) - at(x, 299))).toBeLessThanOrEqual(3);
      expect(Math.abs(at(x, 699) - at(x, 700))).toBeLessThanOrEqual(3);
    }
    // The membrane of a plane is the plane.
    expect(largestDifference(result, picture.samples)).toBeLessThanOrEqual(6);
  });

  it('blends a hole of many megapixels in tiles without a trace of them', async () => {
    const picture = pictureOf(1900, 1500, (x, y, c) => 50 + Math.floor(x / 24) + Math.floor(y / 40) + c);
    const hole = planeWith(1900, 1500, [100, 90, 1700, 1300]);
    const patches = await fillHole({ ...base, picture, hole, detail: 0, generator: fakeGenerator(flatColour(0)) });
    const result = applyPatches(picture, patches);
    let steepest = 0;
    for (let y = 1; y < 1500; y++) {
      for (let x = 1; x < 1900; x++) {
        const at = (y * 1900 + x) * 3;
        steepest = Math.max(steepest, Math.abs(result[at] - result[at - 3]), Math.abs(result[at] - result[at - 5700]));
      }
    }
    expect(steepest).toBeLessThanOrEqual(3);
  });

  it('keeps 16 bits', async () => {
    const picture = pictureOf(200, 200, (x) => 20_000 + x * 7, 16);
    const hole = planeWith(200, 200, [80, 80, 30, 30]);
    const [patch] = await fillHole({ ...base, picture, hole, generator: fakeGenerator(flatColour(0)) });
    expect(patch.depth).toBe(16);
    expect(patch.samples).toBeInstanceOf(Uint16Array);
    const levels = new Set([...patch.samples].map((value) => value % 257));
    expect(levels.size).toBeGreaterThan(20);
  });

  it('fills holes one after another, the later seeing the earlier', async () => {
    const picture = pictureOf(700, 200, () => 200);
    const hole = planeWith(700, 200, [100, 90, 20, 20], [260, 92, 20, 20]);
    const generator = fakeGenerator(meanColour());
    const patches = await fillHole({ ...base, picture, hole, generator, workingSize: 256 });
    expect(patches).toHaveLength(2);
    const pixels = generator.seen.map(({ hole: part }) => part.reduce((sum, value) => sum + value, 0));
    // The first crop still has a part of the second hole in it; the second has only its own.
    expect(pixels[0]).toBeGreaterThanOrEqual(400);
    expect(pixels[1]).toBe(400);
  });

  it('shows the coarse fill before it refines, and counts progress up to 1', async () => {
    const events: string[] = [];
    const fractions: number[] = [];
    const picture = pictureOf(300, 300, noise);
    await fillHole({
      ...base,
      picture,
      hole: planeWith(300, 300, [100, 100, 30, 30]),
      generator: fakeGenerator(meanColour()),
      onCoarse: (patches) => events.push(`coarse of ${patches.length}`),
      onProgress: (stage, fraction) => {
        if (events.at(-1) !== stage) events.push(stage);
        fractions.push(fraction);
      },
    });
    expect(events).toEqual(['preparing', 'coarse', 'coarse of 1', 'refining', 'blending', 'detail']);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('sees the patches of earlier edits as part of the picture', async () => {
    const picture = pictureOf(200, 200, () => 0);
    const whole = planeWith(200, 200, [0, 0, 200, 200]);
    const below: Patch = { box: rectOf(picture), depth: 8, samples: new Uint8Array(120_000).fill(180), hole: whole };
    const [patch] = await fillHole({ ...base, picture, below: [below], hole: planeWith(200, 200, [90, 90, 16, 16]) });
    expect([...new Set(valuesOf(patch))]).toEqual([180]);
  });

  it('stops between steps when cancelled', async () => {
    const controller = new AbortController();
    const job = fillHole({
      ...base,
      picture: pictureOf(300, 300, noise),
      hole: planeWith(300, 300, [100, 100, 30, 30]),
      signal: controller.signal,
      onCoarse: () => controller.abort(),
    });
    expect((await failure(job)).code).toBe('cancelled');
  });

  it('works without a coarse stage', async () => {
    const generator = fakeGenerator(meanColour(), { capabilities: { sourceRegion: false, coarse: false } });
    const patches = await fillHole({
      ...base,
      picture: pictureOf(300, 300, noise),
      hole: planeWith(300, 300, [0, 0, 30, 30]),
      generator,
      onCoarse: () => expect.unreachable(),
    });
    expect(patches).toHaveLength(1);
  });
});

describe('the source region', () => {
  const picture = pictureOf(1200, 800, noise);
  const hole = planeWith(1200, 800, [100, 100, 40, 40]);

  it('reaches the generator as painted, less the hole', async () => {
    const generator = fakeGenerator(meanColour());
    await fillHole({ ...base, picture, hole, generator, source: planeWith(1200, 800, [60, 60, 100, 100]) });
    const [{ source }] = generator.seen;
    expect(source.reduce((sum, value) => sum + value, 0)).toBe(100 * 100 - 40 * 40);
  });

  it('is reached by a wider crop when it lies far away', async () => {
    const generator = fakeGenerator(meanColour());
    await fillHole({ ...base, picture, hole, generator, source: planeWith(1200, 800, [900, 600, 200, 150]) });
    const [{ source, width, height }] = generator.seen;
    expect(Math.max(width, height)).toBe(512);
    expect(source.includes(1)).toBe(true);
  });

  it('that is too small for one patch is an error that says how large it must be', async () => {
    const job = fillHole({ ...base, picture, hole, source: planeWith(1200, 800, [200, 200, 7, 7]) });
    const { code, remedy } = await failure(job);
    expect(code).toBe('source-too-small');
    expect(remedy).toContain('16 x 16 pixels');
  });

  it('inside the hole is an error too', async () => {
    const job = fillHole({ ...base, picture, hole, source: planeWith(1200, 800, [100, 100, 40, 40]) });
    expect((await failure(job)).code).toBe('source-too-small');
  });

  it('works through the detail for a generator without attention: the grain is the region’s', async () => {
    const generator = fakeGenerator(meanColour(), { capabilities: { sourceRegion: false, coarse: false } });
    const striped = pictureOf(300, 300, (x) => (x < 140 ? 128 + 60 * ((x >> 1) & 1) - 30 : 128));
    const job = { ...base, picture: striped, hole: planeWith(300, 300, [180, 100, 40, 40]), generator, detail: 1 };
    const grain = async (source: [number, number, number, number]) => {
      const values = (await fillHole({ ...job, source: planeWith(300, 300, source) })).flatMap(valuesOf);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    expect(await grain([20, 60, 110, 180])).toBeGreaterThan(10);
    expect(await grain([230, 60, 60, 180])).toBeLessThan(3);
  });

  it('is refused for a generator that cannot honour it where detail is off', async () => {
    const generator = fakeGenerator(meanColour(), { capabilities: { sourceRegion: false, coarse: true } });
    const source = planeWith(1200, 800, [0, 0, 90, 90]);
    const job = fillHole({ ...base, picture, hole, generator, source, detail: 0 });
    expect((await failure(job)).code).toBe('bad-request');
  });
});

describe('holes that cannot be filled', () => {
  const picture = pictureOf(50, 40, noise);

  it('empty', async () => {
    expect((await failure(fillHole({ ...base, picture, hole: new BitPlane(50, 40) }))).code).toBe('hole-empty');
  });

  it('the whole picture', async () => {
    const job = fillHole({ ...base, picture, hole: planeWith(50, 40, [0, 0, 50, 40]) });
    expect((await failure(job)).code).toBe('hole-everything');
  });

  it('all but a thin frame: no patch is left to copy', async () => {
    const job = fillHole({ ...base, picture, hole: planeWith(50, 40, [3, 3, 44, 34]) });
    const { code, remedy } = await failure(job);
    expect(code).toBe('hole-everything');
    expect(remedy).toContain('16 x 16');
  });

  it('a mask of another size, naming both', async () => {
    const { code, message } = await failure(fillHole({ ...base, picture, hole: planeWith(51, 40, [1, 1, 3, 3]) }));
    expect(code).toBe('mask-size-mismatch');
    expect(message).toBe('The mask has 51 x 40 pixels, but the picture has 50 x 40.');
  });
});

describe('small and thin pictures', () => {
  it.each([
    [2, 1, 1, 1],
    [1, 9, 1, 1],
    [7, 7, 2, 2],
    [31, 20, 4, 4],
    [2000, 5, 30, 3],
    [3, 900, 2, 40],
  ])('%i x %i pixels with a hole of %i x %i', async (width, height, w, h) => {
    const hole = planeWith(width, height, [Math.floor((width - w) / 2), Math.floor((height - h) / 2), w, h]);
    const patches = await fillHole({ ...base, picture: pictureOf(width, height, () => 77), hole });
    expect(patches.reduce((sum, { hole: part }) => sum + part.count(), 0)).toBe(w * h);
    for (const patch of patches) {
      expect([...new Set(valuesOf(patch))]).toEqual([77]);
      expect(patch.box.width).toBeLessThanOrEqual(width);
    }
  });
});
