import { describe, expect, it } from 'vitest';
import { NumpyRandom } from './numpy-random';

// Values of NumPy 2.4's default_rng.
describe('NumPy’s default generator', () => {
  it.each([
    [
      [0, 0],
      [850, 636, 511, 269, 307],
      [0.12573022, -0.13210486, 0.64042265, 0.10490012],
    ],
    [
      [0, 1],
      [522, 889, 992, 557, 302],
      [0.10296768, -0.98052717, -0.81747832, -1.02788187],
    ],
    [
      [3, 2],
      [844, 25, 566, 743, 244],
      [0.20662849, -1.5508741, -0.9491204, -0.01431887],
    ],
    [[7], [944, 625, 684, 897, 578], [0.00123015, 0.29874554, -0.27413786, -0.89059184]],
  ])('with the seed %j gives the same numbers', (seed, integers, normals) => {
    expect([...new NumpyRandom(seed).integers(1000, 5)]).toEqual(integers);
    [...new NumpyRandom(seed).normals(4)].forEach((value, i) => expect(value).toBeCloseTo(normals[i], 7));
  });

  it('follows NumPy through the layers’ edges and the tails', () => {
    const normals = new NumpyRandom([7]).normals(200_000);
    SUMS.forEach(([power, sum]) => {
      expect(normals.reduce((total, value) => total + value ** power, 0)).toBeCloseTo(sum, 6);
    });
    expect(normals.some((value) => Math.abs(value) > 3.66)).toBe(true);
  });
});

/** Sums of powers of default_rng(7).standard_normal(200_000). */
const SUMS = [
  [1, 190.85261457580395],
  [2, 199629.70659054408],
  [3, 161.07821131673836],
] as const;
