import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { PlanePyramid } from './plane-pyramid';

const WIDTH = 133;
const HEIGHT = 71;
const rect = fc.record({
  x: fc.integer({ min: 0, max: WIDTH - 1 }),
  y: fc.integer({ min: 0, max: HEIGHT - 1 }),
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
});

/** Whether any pixel of the base lies under this one. */
function any(base: BitPlane, level: number, x: number, y: number): boolean {
  const step = 2 ** level;
  for (let j = 0; j < step; j++) {
    for (let i = 0; i < step; i++) if (base.get(x * step + i, y * step + j)) return true;
  }
  return false;
}

describe('a plane in smaller sizes', () => {
  it('is on where anything below is, after any changes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(rect, fc.boolean()), { minLength: 1, maxLength: 6 }), (changes) => {
        const base = new BitPlane(WIDTH, HEIGHT);
        const pyramid = new PlanePyramid(base);
        pyramid.at(3);
        for (const [box, on] of changes) {
          base.fillRect(box, on);
          pyramid.update(box);
        }
        for (let level = 1; level <= 3; level++) {
          const plane = pyramid.at(level);
          for (let y = 0; y < plane.height; y++) {
            for (let x = 0; x < plane.width; x++) {
              if (plane.get(x, y) !== any(base, level, x, y)) throw new Error(`level ${level}, ${x}, ${y} differs`);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a single pixel visible in the smallest size', () => {
    const base = new BitPlane(1000, 1000);
    base.set(777, 333, true);
    expect(new PlanePyramid(base).at(9).count()).toBe(1);
  });
});
