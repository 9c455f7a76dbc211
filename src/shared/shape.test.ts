import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { rectOf } from './geometry';
import { boxBetween, outlineOfShape, rasteriseShape, type Shape, shapeBounds } from './shape';

const SIZE = { width: 61, height: 43 };
const coordinate = fc.integer({ min: -160, max: 560 }).map((n) => n / 8);
const point = fc.record({ x: coordinate, y: coordinate });
const box = fc.tuple(point, point).map(([a, b]) => boxBetween(a, b, false));
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({ kind: fc.constant('polygon' as const), points: fc.array(point, { minLength: 1, maxLength: 7 }) }),
  fc.record({ kind: fc.constantFrom('rectangle' as const, 'ellipse' as const), box }),
);

/** How often the polygon goes round a point, counted along a ray to the left. */
function winding(points: readonly { x: number; y: number }[], x: number, y: number): number {
  let turns = 0;
  points.forEach((b, i) => {
    const a = points.at(i - 1) ?? b;
    if (a.y <= y === b.y <= y) return;
    const at = a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
    if (at <= x) turns += b.y > a.y ? 1 : -1;
  });
  return turns;
}

function isInside(s: Shape, x: number, y: number): boolean {
  if (s.kind === 'polygon') return winding(s.points, x, y) !== 0;
  const { box: b } = s;
  if (s.kind === 'rectangle') return x > b.x && x < b.x + b.width && y > b.y && y < b.y + b.height;
  return ((2 * (x - b.x)) / b.width - 1) ** 2 + ((2 * (y - b.y)) / b.height - 1) ** 2 <= 1;
}

describe('a shape', () => {
  it('sets the pixels whose centre lies in it, and no others', () => {
    fc.assert(
      fc.property(shape, (s) => {
        const plane = new BitPlane(SIZE.width, SIZE.height);
        rasteriseShape(plane, s, true);
        for (let y = 0; y < SIZE.height; y++) {
          for (let x = 0; x < SIZE.width; x++) {
            // On the border itself rounding decides; a thousandth of a pixel to either side it must be right.
            const around = [-0.001, 0.001].map((d) => isInside(s, x + 0.5 + d, y + 0.5 + d * 0.7));
            if (around[0] === around[1]) expect(plane.get(x, y)).toBe(around[0]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stays inside its bounds, and clearing it leaves nothing of it', () => {
    fc.assert(
      fc.property(shape, (s) => {
        const plane = new BitPlane(SIZE.width, SIZE.height);
        rasteriseShape(plane, s, true);
        const bounds = shapeBounds(s, rectOf(SIZE));
        const outside = plane.clone();
        outside.fillRect(bounds, false);
        expect(outside.isEmpty()).toBe(true);
        rasteriseShape(plane, s, false);
        expect(plane.isEmpty()).toBe(true);
      }),
    );
  });

  it('can be kept square, towards where the hand went', () => {
    expect(boxBetween({ x: 10, y: 10 }, { x: 4, y: 30.2 }, true)).toEqual({ x: -10, y: 10, width: 20, height: 20 });
    expect(outlineOfShape({ kind: 'rectangle', box: { x: 1, y: 2, width: 3, height: 4 } })).toHaveLength(4);
  });
});
