/** What an experiment has learnt, beside what it should have. */
import { jsDivergence, massesOn, wasserstein } from '../../shared/lab/densities';
import { distributionOf, type Target } from './experiments';

export interface Measures {
  /** Of one dimension: nats and units of x, of samples counted on the target's grid. */
  readonly js?: number;
  readonly wasserstein?: number;
  readonly mean?: number;
  readonly deviation?: number;
  /** Modes that more than a quarter of their fair share of samples is near. */
  readonly covered: number;
  readonly modes: number;
  /** Share of samples near a mode. */
  readonly good: number;
}

/** Near a mode: within so many deviations. */
const NEAR = 3;
/** Of a mode's fair share. */
const ENOUGH = 0.25;

/** @param samples (N,d), in units of the target */
export function measure(samples: Float32Array, target: Target): Measures {
  return { ...spread(samples, target), ...onTheLine(samples, target) };
}

function spread(samples: Float32Array, { modes, deviation }: Target): Pick<Measures, 'covered' | 'modes' | 'good'> {
  const dimensions = modes[0]?.length ?? 1;
  const count = samples.length / dimensions;
  const near = new Uint32Array(modes.length);
  const limit = (NEAR * deviation) ** 2;
  let good = 0;
  for (let i = 0; i < count; i++) {
    let [nearest, least] = [-1, Infinity];
    modes.forEach((mode, m) => {
      let distance = 0;
      mode.forEach((value, axis) => (distance += (samples[i * dimensions + axis] - value) ** 2));
      if (distance < least) [nearest, least] = [m, distance];
    });
    if (least > limit) continue;
    good++;
    near[nearest]++;
  }
  const fair = (ENOUGH * count) / modes.length;
  return { covered: near.filter((each) => each > fair).length, modes: modes.length, good: good / count };
}

function onTheLine(samples: Float32Array, target: Target): Partial<Measures> {
  const { grid } = target;
  if (grid === undefined) return {};
  const counted = new Float64Array(grid.count);
  let [sum, squares] = [0, 0];
  for (const value of samples) {
    // What lies beside the grid counts at its end.
    const cell = Math.max(0, Math.min(grid.count - 1, Math.floor((value - grid.from) / grid.cell)));
    counted[cell] += 1 / samples.length;
    sum += value;
    squares += value * value;
  }
  const wanted = massesOn(distributionOf(target), grid);
  const mean = sum / samples.length;
  return {
    js: jsDivergence(wanted, counted),
    wasserstein: wasserstein(wanted, counted, grid.cell),
    mean,
    deviation: Math.sqrt(Math.max(0, squares / samples.length - mean * mean)),
  };
}
