import { afterAll, beforeAll, expect, it } from 'vitest';
import { generatorLayout, stageOf } from '../network/inference';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { TestRuns } from '../testing/training-runs';
import { initialState, train } from './trainer';

let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

/** Stages of which some weight moved in two steps, and the losses of the last one. */
async function trained(stages: 'both' | 'coarse' | 'refine') {
  const changes = { architecture: { width: 2, prior: 'harmonic', residual: 'hole' }, weights: { adversarial: 0 } };
  const run = await runs.start(stages, { stages, steps: 2, batch: 1, optimiser: { warmup: 0 }, ...changes });
  const config = await run.config();
  const layout = generatorLayout(config.architecture);
  const before = layout.split(initialState(config).generator.values);
  const losses: Readonly<Record<string, number>>[] = [];
  const state = await train({
    run,
    runtime: new OnnxRuntime({ threads: 1 }),
    onRecord: (record) => losses.push(record.losses),
  });
  const after = layout.split(state.generator.values);
  const moved = Object.keys(before).filter((name) => before[name].some((value, i) => value !== after[name][i]));
  return { moved: new Set(moved.map(stageOf)), losses: losses.at(-1) ?? {} };
}

it.each(['coarse', 'refine'] as const)('a run of the %s stage leaves the other as it is', async (stages) => {
  const { moved, losses } = await trained(stages);
  expect([...moved]).toEqual([stages]);
  expect(losses.holeLoss === losses.coarseLoss).toBe(stages === 'coarse');
});

it('a run of both stages moves both', async () => {
  expect((await trained('both')).moved).toEqual(new Set(['coarse', 'refine']));
});
