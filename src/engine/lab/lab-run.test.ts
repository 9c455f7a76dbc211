import { expect, it } from 'vitest';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { EXPERIMENT_NAMES, experimentOf, type ExperimentName } from './experiments';
import type { LabOptions } from './lab-options';
import { type LabRun, runExperiment } from './lab-run';

const runtime = new OnnxRuntime({ threads: 1 });
/** Last digits of kernels differ from machine to machine. */
const GOLDEN = { criticLoss: 1.368, generatorLoss: 0.6786, mean: 0.489, js: 0.1736 };

const short = (experiment: ExperimentName, change: Partial<LabOptions> = {}, more: Partial<LabRun> = {}) =>
  runExperiment({
    experiment,
    options: { ...experimentOf(experiment).defaults, steps: 40, batch: 32, ...change },
    runtime,
    ...more,
  });

it('gives the same numbers from the same seed, however it is looked at, and others from another', async () => {
  const seen: number[] = [];
  const first = await short('normal', {}, { onLook: ({ step }) => void seen.push(step) });
  const second = await short('normal');
  expect(seen).toHaveLength(20);
  expect({ ...second, seconds: 0 }).toEqual({ ...first, seconds: 0 });
  const other = await short('normal', { seed: 2 });
  expect(other.measures.mean).not.toBe(first.measures.mean);
});

it('gives the numbers that it gave when it was written', async () => {
  const { measures, looks } = await short('near-modes', { penalty: 'r1' });
  expect(looks.at(-1)?.criticLoss).toBeCloseTo(GOLDEN.criticLoss, 3);
  expect(looks.at(-1)?.generatorLoss).toBeCloseTo(GOLDEN.generatorLoss, 3);
  expect(measures.mean).toBeCloseTo(GOLDEN.mean, 2);
  expect(measures.js).toBeCloseTo(GOLDEN.js, 2);
});

it('moves a straight line towards the bell', async () => {
  const { looks } = await short('normal', { steps: 300, batch: 64 });
  expect(looks.at(-1)?.measures.wasserstein).toBeLessThan(0.85 * (looks[0]?.measures.wasserstein ?? 0));
});

it.each(EXPERIMENT_NAMES)('has numbers to show of %s', async (name) => {
  const { measures, looks } = await short(name, { steps: 2, packing: 2, noise: 0.1 });
  expect(looks).toHaveLength(2);
  expect(measures.modes).toBe(experimentOf(name).target.modes.length);
  expect(Object.values(measures).every(Number.isFinite)).toBe(true);
});

it('ends after the step at hand when it is stopped', async () => {
  const stop = new AbortController();
  const { looks } = await short('ring', {}, { signal: stop.signal, onLook: () => stop.abort() });
  expect(looks).toHaveLength(1);
});

it('refuses options out of their range', async () => {
  await expect(short('ring', { packing: 3 })).rejects.toThrow('a multiple of packing');
});
