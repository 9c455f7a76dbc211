import { expect } from 'vitest';
import { probeTorch } from '../runtime/torch/python';
import type { RunFolder, TrainState } from '../train/run-folder';

/** What tests of training with PyTorch share: the Python that has it, runs' settings, and how far two states lie apart. */
const [found, reason] = await probeTorch().then(
  (probe) => [probe, ''] as const,
  (error: unknown) => [null, error instanceof Error ? error.message : String(error)] as const,
);
export const torch = found;
if (torch === null) console.log(`Training with PyTorch is not tested. ${reason}`);

export const CRITICS = { weights: { hole: 1.2, coarse: 1.2, known: 1.2, adversarial: 0.01, penalty: 10 } };
export const ALONE = { weights: { ...CRITICS.weights, adversarial: 0 } };

/** Length of the difference of two vectors by that of the second. */
function difference(a: Float32Array, b: Float32Array): number {
  const length = (values: Float32Array): number => Math.hypot(...values);
  return length(a.map((value, i) => value - b[i])) / length(b);
}

export function differences(a: TrainState, b: TrainState): Record<string, number> {
  expect([a.step, a.critic === undefined]).toEqual([b.step, b.critic === undefined]);
  return {
    generator: difference(a.generator.values, b.generator.values),
    average: difference(a.average, b.average),
    critic: a.critic === undefined || b.critic === undefined ? 0 : difference(a.critic.values, b.critic.values),
  };
}

/** The state of a run as its folder has it. */
export const state = async (run: RunFolder): Promise<TrainState> => {
  const found = await run.checkpoint();
  if (found === null) throw new Error('there is no checkpoint');
  return found;
};
