import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PictureView } from '../image/picture-view';
import { magicWand } from './magic-wand';

const WIDTH = 13;
const HEIGHT = 9;

function viewOf(greys: readonly number[]): PictureView {
  const samples = Uint8Array.from(greys.flatMap((grey) => [grey, grey, 7]));
  return new PictureView({ width: WIDTH, height: HEIGHT, channels: 3, depth: 8, samples });
}

const greys = fc.array(fc.constantFrom(0, 10, 20, 200), { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT });
const place = fc.record({ x: fc.nat(WIDTH - 1), y: fc.nat(HEIGHT - 1) });

describe('the magic wand', () => {
  it('takes every pixel of a like colour, wherever it lies', async () => {
    await fc.assert(
      fc.asyncProperty(greys, place, fc.constantFrom(0, 9, 10, 255), async (values, at, tolerance) => {
        const picked = await magicWand(viewOf(values), { ...at, tolerance, contiguous: false });
        const seed = values[at.y * WIDTH + at.x];
        values.forEach((grey, i) =>
          expect(picked.get(i % WIDTH, Math.floor(i / WIDTH))).toBe(Math.abs(grey - seed) <= tolerance),
        );
      }),
    );
  });

  it('takes only what hangs together when that is wanted', async () => {
    await fc.assert(
      fc.asyncProperty(greys, place, fc.constantFrom(0, 10), async (values, at, tolerance) => {
        const picked = await magicWand(viewOf(values), { ...at, tolerance, contiguous: true });
        const seed = values[at.y * WIDTH + at.x];
        const reached = new Set([at.y * WIDTH + at.x]);
        for (const i of reached) {
          const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
          for (const [nx, ny] of [
            [x - 1, y],
            [x + 1, y],
            [x, y - 1],
            [x, y + 1],
          ]) {
            const inside = nx >= 0 && ny >= 0 && nx < WIDTH && ny < HEIGHT;
            if (inside && Math.abs(values[ny * WIDTH + nx] - seed) <= tolerance) reached.add(ny * WIDTH + nx);
          }
        }
        values.forEach((_grey, i) => expect(picked.get(i % WIDTH, Math.floor(i / WIDTH))).toBe(reached.has(i)));
      }),
    );
  });

  it('finds nothing outside the picture', async () => {
    const picked = await magicWand(viewOf(Array<number>(WIDTH * HEIGHT).fill(3)), {
      x: WIDTH,
      y: 0,
      tolerance: 255,
      contiguous: true,
    });
    expect(picked.isEmpty()).toBe(true);
  });
});
