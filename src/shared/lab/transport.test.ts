import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wasserstein } from './densities';
import { cheapestTransport, lineCosts, optimalCritic, penalisedCritic } from './transport';

const pattern = (sources: number, targets: number): number[][] =>
  Array.from({ length: sources }, (_, i) => Array.from({ length: targets }, (_, j) => ((7 * i + 13 * j) % 11) + 1));
const rising = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (2 * (i + 1)) / (count * (count + 1)));
const falling = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (2 * i + 1) / count ** 2).reverse();

/** Water in up to 20 cauldrons, some of them empty, as shares. */
const water = (count: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .filter((levels) => levels.some((level) => level > 0))
    .map((levels) => levels.map((level) => level / levels.reduce((sum, other) => sum + other, 0)));
const pair = fc.integer({ min: 1, max: 20 }).chain((count) => fc.tuple(water(count), water(count)));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

describe('the cheapest transport', () => {
  // Optima of HiGHS (by SciPy's linprog) for the same problems.
  it.each([
    [3, 5, 3.2733333333333334],
    [8, 8, 2.8836805555555554],
    [20, 20, 1.7202380952380953],
  ])('of %i sources to %i targets costs what HiGHS finds', (sources, targets, optimum) => {
    const { cost, pivots } = cheapestTransport(rising(sources), falling(targets), pattern(sources, targets));
    expect(cost).toBeCloseTo(optimum, 9);
    expect(pivots).toBeGreaterThan(0);
  });

  it('is proved the best by its potentials, with any costs', () => {
    const problem = pair.chain(([from, to]) =>
      fc.record({
        from: fc.constant(from),
        to: fc.constant(to),
        costs: fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: to.length, maxLength: to.length }), {
          minLength: from.length,
          maxLength: from.length,
        }),
      }),
    );
    fc.assert(
      fc.property(problem, ({ from, to, costs }) => {
        const { cost, moves, sourcePotentials, targetPotentials } = cheapestTransport(from, to, costs);
        expect(dot(sourcePotentials, from) + dot(targetPotentials, to)).toBeCloseTo(cost, 9);
        costs.forEach((row, i) =>
          row.forEach((c, j) =>
            expect((sourcePotentials[i] ?? NaN) + (targetPotentials[j] ?? NaN)).toBeLessThan(c + 1e-9),
          ),
        );
        expect(moves.length).toBeLessThanOrEqual(from.length + to.length - 1);
        from.forEach((mass, i) =>
          expect(moves.filter((move) => move.from === i).reduce((sum, move) => sum + move.mass, 0)).toBeCloseTo(
            mass,
            9,
          ),
        );
        to.forEach((mass, j) =>
          expect(moves.filter((move) => move.to === j).reduce((sum, move) => sum + move.mass, 0)).toBeCloseTo(mass, 9),
        );
      }),
    );
  });

  it('on a line costs the area between both cumulative distributions, and its critic says the same', () => {
    fc.assert(
      fc.property(pair, ([from, to]) => {
        const costs = lineCosts(from.length);
        const { cost, targetPotentials } = cheapestTransport(from, to, costs);
        expect(cost).toBeCloseTo(wasserstein(from, to, 1), 9);
        const critic = optimalCritic(costs, targetPotentials);
        expect(dot(critic, from) - dot(critic, to)).toBeCloseTo(cost, 9);
        critic.slice(1).forEach((value, i) => expect(Math.abs(value - (critic[i] ?? NaN))).toBeLessThan(1 + 1e-9));
      }),
    );
  });

  it('carries nothing out of or into empty cauldrons', () => {
    const [from, to] = [
      [0, 0, 0, 0, 0, 0, 3 / 14, 8 / 14, 3 / 14, 0],
      [0, 3, 8, 3, 0, 0, 3, 8, 3, 0].map((x) => x / 28),
    ];
    const { moves } = cheapestTransport(from, to, lineCosts(10));
    expect(moves.every((move) => (from[move.from] ?? 0) > 0 && (to[move.to] ?? 0) > 0)).toBe(true);
  });

  it('is no problem where the masses differ, or are none', () => {
    expect(() => cheapestTransport([1], [2], [[0]])).toThrow(RangeError);
    expect(() => cheapestTransport([-1, 2], [1, 0], lineCosts(2))).toThrow(RangeError);
    expect(() => cheapestTransport([1], [1], lineCosts(2))).toThrow(RangeError);
  });
});

describe('WGAN-GP’s critic', () => {
  it.each([
    [4, 10, 4.8],
    [12, 10, 19.2],
    [12, 100, 12.72],
  ])('of a distance of %d and a penalty of %d reports %d', (distance, penalty, reported) => {
    expect(penalisedCritic(distance, penalty).reported).toBeCloseTo(reported, 9);
  });

  it('gives the distance again, divided by its slope', () => {
    const { slope, reported } = penalisedCritic(7, 3);
    expect(reported / slope).toBeCloseTo(7, 12);
  });
});
