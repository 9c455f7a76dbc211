import { afterAll, beforeAll, beforeEach, afterEach, expect, it, vi } from 'vitest';
import type { StepRecord } from '../../shared/training';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const runtime = new OnnxRuntime({ threads: 1 });
let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());
/** Every look at the clock is four seconds after the last. */
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 4000));
});
afterEach(() => vi.restoreAllMocks());

it('slow steps have lines of their own, and the failure monitor judges the same ones as when they are fast', async () => {
  const changes = { steps: 45, batch: 1, weights: { adversarial: 0 } };
  const records: StepRecord[] = [];
  const slow = await train({ run: await runs.start('slow', changes), runtime, onRecord: (line) => records.push(line) });
  const steps = records.map(({ step }) => step);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  expect(steps).toEqual(expect.arrayContaining([20, 40, 45]));
  expect(steps.length).toBeGreaterThan(10);
  for (const { losses, waiting } of records) {
    expect(Number.isFinite(losses['holeLoss'])).toBe(true);
    expect(waiting).toBeGreaterThan(0);
  }

  vi.restoreAllMocks();
  const few: StepRecord[] = [];
  const fast = await train({ run: await runs.start('fast', changes), runtime, onRecord: (line) => few.push(line) });
  expect(few.length).toBeLessThan(steps.length);
  expect(slow.monitor).toEqual(fast.monitor);
  expect(slow.generator).toEqual(fast.generator);
});
