import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { grown, shrunk } from '../../shared/grow';
import { Random } from '../numeric/random';
import { PictureView } from '../image/picture-view';
import { maskFit } from './mask-fit';

const WIDTH = 220;
const HEIGHT = 180;

type Colour = readonly [number, number, number];
type Scene = (x: number, y: number) => Colour;

const isObject = (x: number, y: number) => ((x - 110) / 45) ** 2 + ((y - 90) / 32) ** 2 <= 1;

function pictureOf(scene: Scene) {
  const samples = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    samples.set(
      scene(at % WIDTH, Math.floor(at / WIDTH)).map((value) => Math.min(255, Math.max(0, Math.round(value)))),
      3 * at,
    );
  }
  return { width: WIDTH, height: HEIGHT, channels: 3, depth: 8, samples } as const;
}

function objectPlane(): BitPlane {
  const plane = new BitPlane(WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) if (isObject(x, y)) plane.set(x, y, true);
  return plane;
}

/** A coloured object on a gradient with grain. */
function scene({ object = [180, 60, 40], grain = 6, slope = 0.3, seed = 1 } = {}): Scene {
  const random = new Random(seed);
  const noise = Float32Array.from({ length: WIDTH * HEIGHT }, () => grain * random.normal());
  return (x, y) => {
    const [r, g, b] = isObject(x, y) ? object : [100 + slope * x, 130 + slope * y, 120];
    const own = noise[y * WIDTH + x];
    return [r + own, g + own, b + own];
  };
}

const fit = (picture: Scene, hole: BitPlane) =>
  maskFit(new PictureView(pictureOf(picture)), hole, () => Promise.resolve());

describe('a mask that leaves a rim', () => {
  it('is to grow by what it leaves, and a little more', async () => {
    for (const missing of [3, 5, 8]) {
      const { fault, grow } = await fit(scene(), shrunk(objectPlane(), missing));
      expect(fault).toBe('rim');
      expect(grow).toBeGreaterThanOrEqual(missing + 1);
      expect(grow).toBeLessThanOrEqual(missing + 5);
    }
  });

  it('is right once it has grown by that', async () => {
    const small = shrunk(objectPlane(), 6);
    const { grow } = await fit(scene(), small);
    expect(await fit(scene(), grown(small, grow))).toEqual({ fault: null, grow: 0 });
  });
});

describe('a mask that leaves a shadow', () => {
  it('is to grow over it', async () => {
    const base = scene();
    const shade: Scene = (x, y) => {
      const far = Math.sqrt(((x - 110) / 45) ** 2 + ((y - 90) / 32) ** 2);
      const share = isObject(x, y) || far > 1.2 ? 1 : 0.6;
      const [r, g, b] = base(x, y);
      return [r * share, g * share, b * share];
    };
    const { fault, grow } = await fit(shade, grown(objectPlane(), 2));
    expect(fault).toBe('shadow');
    expect(grow).toBeGreaterThanOrEqual(5);
    expect(grow).toBeLessThanOrEqual(16);
  });
});

describe('a mask that covers its object', () => {
  it('is never to grow, whatever the colours, the grain and the margin', async () => {
    const level = fc.integer({ min: 0, max: 255 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          object: fc.tuple(level, level, level).map((colour): number[] => [...colour]),
          grain: fc.integer({ min: 0, max: 20 }),
          slope: fc.double({ min: 0, max: 0.5, noNaN: true }),
          seed: fc.integer({ min: 1, max: 1000 }),
        }),
        fc.integer({ min: 0, max: 10 }),
        async (look, margin) => {
          const covering = margin === 0 ? objectPlane() : grown(objectPlane(), margin);
          expect(await fit(scene(look), covering)).toEqual({ fault: null, grow: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('needs nothing in a picture without an object, nor without a hole', async () => {
    const flat: Scene = () => [90, 90, 90];
    expect(await fit(flat, objectPlane())).toEqual({ fault: null, grow: 0 });
    expect(await fit(scene(), new BitPlane(WIDTH, HEIGHT))).toEqual({ fault: null, grow: 0 });
  });
});
