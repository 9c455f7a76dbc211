import { expect, it } from 'vitest';
import { Random } from '../numeric/random';
import { EXPERIMENTS } from './experiments';
import { measure } from './measures';

/** Samples of some modes of a target, in turns. */
function samplesOf(modes: readonly (readonly number[])[], deviation: number, count: number): Float32Array {
  const random = new Random(5);
  const points = Array.from({ length: count }, (_, i) =>
    (modes[i % modes.length] ?? []).map((value) => value + deviation * random.normal()),
  );
  return Float32Array.from(points.flat());
}

it('finds nothing wrong with samples of the target itself', () => {
  const { target } = EXPERIMENTS['near-modes'];
  const found = measure(samplesOf(target.modes, target.deviation, 40_000), target);
  // Counting 40,000 samples in 400 cells leaves about cells / (8 n).
  expect(found.js).toBeLessThan(0.002);
  expect(found.wasserstein).toBeLessThan(0.05);
  expect(found.mean).toBeCloseTo(2, 1);
  expect(found).toMatchObject({ covered: 2, modes: 2 });
  expect(found.good).toBeCloseTo(0.9973, 2);
});

it('finds 0.215 nats and half of the distance where one of two modes is missed', () => {
  const { target } = EXPERIMENTS['near-modes'];
  const found = measure(samplesOf([[7]], target.deviation, 40_000), target);
  expect(found.js).toBeCloseTo(0.2153, 2);
  expect(found.wasserstein).toBeCloseTo(5, 1);
  expect(found.covered).toBe(1);
});

it('counts the spots of a ring that are reached, and what lies between them', () => {
  const { target } = EXPERIMENTS.ring;
  const some = samplesOf([...target.modes.slice(0, 3), [0, 0]], target.deviation, 4000);
  const found = measure(some, target);
  expect(found.covered).toBe(3);
  expect(found.good).toBeCloseTo(0.75 * (1 - Math.exp(-4.5)), 1);
  expect(found.js).toBeUndefined();
});
