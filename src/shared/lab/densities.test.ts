import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Distribution,
  discriminatorValue,
  generatorSlopes,
  type Grid,
  jsDivergence,
  klDivergence,
  massesOn,
  optimalDiscriminator,
  twoBells,
  wasserstein,
} from './densities';

const normal = (mean: number, deviation = 1): Distribution => ({ kind: 'normal', mean, deviation });
const uniform = (from: number, to: number): Distribution => ({ kind: 'uniform', from, to });
const modes = (...means: number[]): Distribution => ({
  kind: 'mixture',
  parts: means.map((mean) => ({ weight: 1, of: normal(mean, 1.5) })),
});
const GRID: Grid = { from: -24, cell: 1 / 32, count: 60 * 32 };
const on = (distribution: Distribution) => massesOn(distribution, GRID);

const NINE = 9;

describe('divergences', () => {
  // By adaptive quadrature with 25 digits (mpmath).
  it.each([
    [1, 0.111421482184736],
    [2, 0.336830820346832],
    [4, 0.632720193736867],
    [6, 0.689297933029078],
    [8, 0.69305364548292],
    [12, 0.693147177554175],
  ])('of N(0,1) and N(%d,1) are those of quadrature', (shift, js) => {
    expect(jsDivergence(on(normal(0)), on(normal(shift)))).toBeCloseTo(js, NINE);
    expect(klDivergence(on(normal(shift)), on(normal(0)))).toBeCloseTo(shift ** 2 / 2, NINE);
    expect(wasserstein(on(normal(0)), on(normal(shift)), GRID.cell)).toBeCloseTo(shift, NINE);
  });

  it('of normals of other deviations follow the closed form of KL', () => {
    // ln(s2/s1) + (s1² + (m1 - m2)²) / (2 s2²) - 1/2
    expect(klDivergence(on(normal(1, 0.7)), on(normal(3, 2)))).toBeCloseTo(
      Math.log(2 / 0.7) + (0.49 + 4) / 8 - 0.5,
      NINE,
    );
  });

  it('of a generator on one of two equal modes are 0.2153 near and 0.2158 far, and W1 is half of the distance', () => {
    expect(jsDivergence(on(modes(-3, 7)), on(modes(7)))).toBeCloseTo(0.215318087504612, NINE);
    expect(jsDivergence(on(modes(-3, 25)), on(modes(25)))).toBeCloseTo(0.75 * Math.log(4 / 3), NINE);
    expect(wasserstein(on(modes(-3, 25)), on(modes(25)), GRID.cell)).toBeCloseTo(14, NINE);
  });

  it.each([1, 1.5, 4, 20])('of U[0,1] and U[%d,...] say ln 2 however far, while W1 says how far', (shift) => {
    const [p, q] = [on(uniform(0, 1)), on(uniform(shift, shift + 1))];
    expect(jsDivergence(p, q)).toBeCloseTo(Math.LN2, 12);
    expect(wasserstein(p, q, GRID.cell)).toBeCloseTo(shift, NINE);
    expect(klDivergence(p, q)).toBe(Infinity);
  });

  it('are none of a distribution from itself', () => {
    const p = on(modes(-3, 7));
    expect([jsDivergence(p, p), klDivergence(p, p), wasserstein(p, p, 1)]).toEqual([0, 0, 0]);
  });
});

describe('the optimal discriminator', () => {
  const masses = fc
    .array(fc.integer({ min: 0, max: 50 }), { minLength: 12, maxLength: 12 })
    .filter((levels) => levels.some((level) => level > 0))
    .map((levels) => levels.map((level) => level / levels.reduce((sum, other) => sum + other, 0)));

  it('has the value 2 JS - 2 ln 2, and no other has a larger one', () => {
    fc.assert(
      fc.property(masses, masses, fc.integer({ min: 0, max: 11 }), (p, q, moved) => {
        const best = optimalDiscriminator(p, q);
        const value = discriminatorValue(p, q, best);
        expect(value).toBeCloseTo(2 * jsDivergence(p, q) - 2 * Math.LN2, NINE);
        const other = best.map((d, i) => (i === moved ? 0.9 * d + 0.05 : d));
        expect(discriminatorValue(p, q, other)).toBeLessThanOrEqual(value + 1e-12);
      }),
    );
  });
});

describe('two bells', () => {
  it.each([0, 0.5, 3, 8, 12])('say everything exact of a shift of %d', (shift) => {
    const { js, kl, wasserstein: distance, value } = twoBells(shift);
    expect(kl).toBeCloseTo(shift ** 2 / 2, NINE);
    expect(distance).toBeCloseTo(shift, NINE);
    expect(value).toBeCloseTo(2 * js - 2 * Math.LN2, NINE);
  });
});

describe('the generator’s slope under the optimal discriminator', () => {
  // By quadrature (mpmath), as above.
  it.each([
    [1, 0.39797286718325, 0.60202713281675],
    [2, 0.449599509206673, 1.55040049079333],
    [4, 0.137194817581478, 3.86280518241852],
    [6, 0.0124532392197105, 5.98754676078029],
    [8, 0.000392874736072794, 7.99960712526393],
    [12, 1.84832726571287e-8, 11.9999999815167],
  ])('at a shift of %d vanishes with minimax alone', (shift, minimax, nonSaturating) => {
    const slopes = generatorSlopes(shift);
    expect(slopes.minimax).toBeCloseTo(minimax, NINE);
    expect(slopes.minimax / minimax).toBeCloseTo(1, 6);
    expect(slopes.nonSaturating).toBeCloseTo(nonSaturating, NINE);
    expect(slopes.wasserstein).toBe(1);
  });
});
