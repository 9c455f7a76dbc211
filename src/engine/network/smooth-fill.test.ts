import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { smoothFill } from './smooth-fill';

function fill(
  image: readonly number[],
  hole: readonly number[],
  width: number,
  height: number,
  relaxations = 0,
): Float64Array {
  const graph = new Graph();
  const picture = graph.input('image', [1, 1, height, width]);
  graph.output('filled', smoothFill(picture, graph.input('hole', [1, 1, height, width]), relaxations));
  return interpret(graph, { image: [...image], hole: [...hole] })['filled'];
}

describe('the smooth fill', () => {
  it('keeps what is known and stays within its range', () => {
    const sides = fc.constantFrom(8, 16, 24);
    const pictures = fc.tuple(sides, sides).chain(([width, height]) => {
      const count = width * height;
      const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count });
      const holes = fc.array(fc.constantFrom(0, 1), { minLength: count, maxLength: count });
      return fc.tuple(fc.constant(width), fc.constant(height), values, holes);
    });
    fc.assert(
      fc.property(pictures, ([width, height, image, hole]) => {
        fc.pre(hole.includes(0));
        const known = image.filter((_, i) => hole[i] === 0);
        const [low, high] = [Math.min(...known), Math.max(...known)];
        const slack = 1e-4 * (1 + Math.abs(low) + Math.abs(high));
        fill(image, hole, width, height).forEach((value, i) => {
          if (hole[i] === 0) expect(value).toBeCloseTo(image[i], 12);
          // The mean of a block with hardly any known pixel leans to 0 by a millionth.
          expect(value).toBeGreaterThanOrEqual(Math.min(low, 0) - slack);
          expect(value).toBeLessThanOrEqual(Math.max(high, 0) + slack);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('carries a gradient across a hole without a step', () => {
    const side = 32;
    const image = Array.from({ length: side * side }, (_, i) => (i % side) / side);
    const inside = (i: number) => i % side >= 12 && i % side < 20 && i >= 12 * side && i < 20 * side;
    const hole = image.map((_, i) => (inside(i) ? 1 : 0));
    const filled = fill(image, hole, side, side);
    filled.forEach((value, i) => expect(Math.abs(value - image[i])).toBeLessThan(0.09));
  });

  it('comes nearer to a harmonic function the more it is relaxed', () => {
    const side = 32;
    // Re((x + iy)^2) is harmonic; its discrete Laplacian is 0, too.
    const image = Array.from(
      { length: side * side },
      (_, i) => ((i % side) ** 2 - Math.floor(i / side) ** 2) / side ** 2,
    );
    const inside = (i: number) => i % side >= 10 && i % side < 22 && i >= 10 * side && i < 22 * side;
    const hole = image.map((_, i) => (inside(i) ? 1 : 0));
    const error = (relaxations: number) =>
      Math.max(...fill(image, hole, side, side, relaxations).map((value, i) => Math.abs(value - image[i])));
    expect(error(8)).toBeLessThan(0.5 * error(0));
    expect(error(64)).toBeLessThan(0.25 * error(8));
  });
});
