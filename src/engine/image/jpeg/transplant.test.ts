import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type CanvasMargins, frameOf } from '../../../shared/canvas-frame';
import { framedPicture } from '../framed-picture';
import { readPicture } from '../read-picture';
import { rawSamples, sharp } from '../sharp';
import { pipelineOf, testImage } from '../../testing/pictures';
import { readCoefficients } from './coefficients';
import { frameOf as headerOf } from './segments';
import { transplant } from './transplant';

const [WIDTH, HEIGHT] = [149, 101];
/** Not on the borders of blocks. */
const BOX = { left: 43, top: 37, right: 75, bottom: 66 };
const inBox = (x: number, y: number, grown = 0) =>
  x >= BOX.left - grown && x < BOX.right + grown && y >= BOX.top - grown && y < BOX.bottom + grown;
const pause = () => Promise.resolve();

/** The picture with a grey box, as `change` says, written into its own file. */
async function boxed(file: Buffer) {
  const picture = await readPicture(file);
  const samples = picture.samples.slice();
  for (let i = 0; i < picture.width * picture.height; i++) {
    if (inBox(i % picture.width, Math.floor(i / picture.width))) samples.fill(140, 3 * i, 3 * i + 3);
  }
  const written = await transplant(file, picture, samples, ({ data }) => data, pause);
  return { picture, samples, written: written instanceof Buffer ? written : null };
}

/** As another decoder sees it: the library's own, upright. */
async function decoded(
  file: Buffer,
): Promise<{ at: (x: number, y: number) => number[]; width: number; height: number }> {
  const { samples, width, height } = await rawSamples(
    sharp(file, { failOn: 'warning' }).autoOrient().toColourspace('srgb'),
    8,
  );
  return { width, height, at: (x, y) => [...samples.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)] };
}

/** As libjpeg's own program sees it, as stored; null where that is not installed, and the library's view has to do. */
function byDjpeg(file: Buffer): Buffer | null {
  const { status, stdout } = spawnSync('djpeg', ['-ppm'], { input: file, maxBuffer: 1 << 24 });
  return status === 0 ? stdout.subarray(stdout.length - 3 * WIDTH * HEIGHT) : null;
}

const KINDS = {
  'baseline, full colour': { quality: 83, chromaSubsampling: '4:4:4' },
  'baseline, a quarter of the colour': { quality: 75, chromaSubsampling: '4:2:0' },
  progressive: { quality: 90, progressive: true, chromaSubsampling: '4:2:0' },
  'progressive, full colour, optimised': { quality: 60, mozjpeg: true, chromaSubsampling: '4:4:4' },
} as const;

describe.each(Object.entries(KINDS))('a changed JPEG (%s)', (_, options) => {
  test('decodes to the same pixels outside the blocks that changed, and to the change inside', async () => {
    const file = await pipelineOf(testImage(WIDTH, HEIGHT, 3))
      .jpeg(options)
      .toBuffer();
    const { written } = await boxed(file);
    expect(written).not.toBeNull();
    const [before, after] = [await decoded(file), await decoded(written ?? file)];
    const unit = options.chromaSubsampling === '4:4:4' ? 8 : 16;
    let outside = 0;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        // A unit further than the box at most, and a sample beside it where colour is smoothed.
        const near = inBox(x, y, unit + 1);
        if (!near) {
          expect(after.at(x, y), `${x}, ${y}`).toEqual(before.at(x, y));
          outside++;
        }
        if (inBox(x, y, -2)) for (const value of after.at(x, y)) expect(Math.abs(value - 140)).toBeLessThan(26);
      }
    }
    expect(outside).toBeGreaterThan(5000);
    const [one, other] = [byDjpeg(file), byDjpeg(written ?? file)];
    if (!one) return;
    for (let at = 0; at < one.length; at++) {
      const x = Math.floor(at / 3) % WIDTH;
      const y = Math.floor(at / 3 / WIDTH);
      if (!inBox(x, y, unit + 1) && one[at] !== other?.[at]) expect.fail(`djpeg shows a change at ${x}, ${y}`);
    }
  });

  test('keeps every coefficient of the other blocks, the tables and the resolution of colour', async () => {
    const file = await pipelineOf(testImage(WIDTH, HEIGHT, 3))
      .jpeg(options)
      .toBuffer();
    const { written } = await boxed(file);
    const [before, after] = [readCoefficients(file), readCoefficients(written ?? file)];
    expect(after?.planes.map(({ h, v, steps }) => ({ h, v, steps }))).toEqual(
      before?.planes.map(({ h, v, steps }) => ({ h, v, steps })),
    );
    for (const [place, plane] of (before?.planes ?? []).entries()) {
      const other = after?.planes[place];
      let changed = 0;
      for (let block = 0; block < plane.usedAcross * plane.usedDown; block++) {
        const at = 64 * (Math.floor(block / plane.usedAcross) * plane.across + (block % plane.usedAcross));
        if (plane.blocks.subarray(at, at + 64).join() !== other?.blocks.subarray(at, at + 64).join()) changed++;
      }
      const side = (8 * Math.max(...(before?.planes ?? []).map(({ h }) => h))) / plane.h;
      const count = (from: number, to: number) => Math.floor((to - 1) / side) - Math.floor(from / side) + 1;
      expect(changed).toBe(count(BOX.left, BOX.right) * count(BOX.top, BOX.bottom));
    }
  });
});

test('a grey JPEG stays of one plane', async () => {
  const file = await pipelineOf(testImage(WIDTH, HEIGHT, 1))
    .jpeg({ quality: 80 })
    .toBuffer();
  const { written } = await boxed(file);
  expect(headerOf(written ?? Buffer.alloc(0))?.components).toHaveLength(1);
  const after = await sharp(written ?? file, { failOn: 'warning' }).stats();
  expect(after.channels).toHaveLength(1);
});

test.each([2, 3, 4, 5, 6, 7, 8])('a picture that is stored turned (%i) stays so', async (orientation) => {
  const stored = testImage(orientation > 4 ? HEIGHT : WIDTH, orientation > 4 ? WIDTH : HEIGHT, 3);
  const file = await pipelineOf(stored).jpeg({ quality: 92 }).withMetadata({ orientation }).toBuffer();
  const { written, samples } = await boxed(file);
  const after = await decoded(written ?? file);
  expect([after.width, after.height]).toEqual([WIDTH, HEIGHT]);
  let sum = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = 3 * (y * WIDTH + x);
      after.at(x, y).forEach((value, c) => (sum += Math.abs(value - samples[at + c])));
    }
  }
  expect(sum / samples.length).toBeLessThan(0.7);
});

test('a file that ends too early is left alone', async () => {
  const file = await pipelineOf(testImage(WIDTH, HEIGHT, 3))
    .jpeg({ quality: 80 })
    .toBuffer();
  expect(readCoefficients(file.subarray(0, file.length >> 1))).toBeNull();
});

test('nothing changed is the same picture, coded anew', async () => {
  const file = await pipelineOf(testImage(64, 48, 3))
    .jpeg({ quality: 88, progressive: true })
    .toBuffer();
  const picture = await readPicture(file);
  const written = await transplant(file, picture, picture.samples, () => null, pause);
  expect(await decoded(written instanceof Buffer ? written : Buffer.alloc(0)).then(({ at }) => at(20, 20))).toEqual(
    (await decoded(file)).at(20, 20),
  );
});

/** The picture on another canvas, its border grey, written into its own file; and what became of its pixels. */
async function framed(file: Buffer, margins: CanvasMargins) {
  const old = await readPicture(file);
  const frame = frameOf(old, margins);
  const picture = framedPicture(old, frame);
  const samples = picture.samples.slice();
  for (let i = 0; i < picture.width * picture.height; i++) {
    const [x, y] = [(i % picture.width) + frame.x, Math.floor(i / picture.width) + frame.y];
    if (x < 0 || y < 0 || x >= old.width || y >= old.height) samples.fill(120, 3 * i, 3 * i + 3);
  }
  const written = await transplant(file, picture, samples, ({ data }) => data, pause);
  if (!(written instanceof Buffer)) return { refused: written };
  const [before, after] = [await decoded(file), await decoded(written)];
  expect([after.width, after.height]).toEqual([picture.width, picture.height]);
  const border: number[] = [];
  let kept = 0;
  // Blocks of old and new pixels are coded anew, and colour is smoothed by a sample.
  const known = { left: 17, top: 17, right: old.width - 18, bottom: old.height - 18 };
  for (let y = 0; y < after.height; y++) {
    for (let x = 0; x < after.width; x++) {
      const [u, v] = [x + frame.x, y + frame.y];
      const inner = u > known.left && v > known.top && u < known.right && v < known.bottom;
      if (inner && x > 1 && y > 1 && x < after.width - 2 && y < after.height - 2) {
        expect(after.at(x, y), `${u}, ${v}`).toEqual(before.at(u, v));
        kept++;
      }
      if (u < -2 || v < -2 || u >= old.width + 16 || v >= old.height + 16) border.push(...after.at(x, y));
    }
  }
  return { refused: null, kept, border };
}

describe.each(['baseline', 'progressive'])('a %s JPEG on another canvas', (kind) => {
  const make = (orientation = 1) =>
    pipelineOf(testImage(WIDTH, HEIGHT, 3))
      .jpeg({ quality: 84, progressive: kind === 'progressive', chromaSubsampling: '4:2:0' })
      .withMetadata({ orientation })
      .toBuffer();

  test('keeps its blocks where the new one begins with one of them', async () => {
    const { kept, border, refused } = await framed(await make(), { left: 32, top: 16, right: 21, bottom: 40 });
    expect(refused).toBeNull();
    expect(kept).toBeGreaterThan(7000);
    expect(Math.max(...(border ?? []).map((value) => Math.abs(value - 120)))).toBeLessThan(3);
  });

  test('keeps them when it is cut', async () => {
    const { kept, refused } = await framed(await make(), { left: -16, top: -32, right: -7, bottom: -11 });
    expect(refused).toBeNull();
    expect(kept).toBeGreaterThan(4000);
  });

  test('keeps them where it is stored turned: what is left then is above', async () => {
    const { kept, refused } = await framed(await make(3), { left: 5, top: 9, right: 16, bottom: 32 });
    expect(refused).toBeNull();
    expect(kept).toBeGreaterThan(7000);
  });

  test('says so where its blocks would begin elsewhere', async () => {
    expect(await framed(await make(), { left: 8, top: 16, right: 0, bottom: 0 })).toEqual({ refused: 'canvas' });
    expect(await framed(await make(), { left: -16, top: -8, right: 0, bottom: 0 })).toEqual({ refused: 'canvas' });
  });
});
