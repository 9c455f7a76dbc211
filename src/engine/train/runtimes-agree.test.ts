import { afterAll, beforeAll, expect, it } from 'vitest';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { Runtime } from '../runtime/runtime';
import { TfjsRuntime } from '../runtime/tfjs/runtime';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

/** Of the loss's size: float32 sums in another order, fed back through Adam for 50 steps. */
const TOLERANCE = 0.01;
const STEPS = 50;

let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

/** The loss of every step. */
async function lossesOn(runtime: Runtime, name: string): Promise<number[]> {
  const run = await runs.start(name, {
    ...{ steps: STEPS, batch: 1, criticSteps: 1, optimiser: { rate: 1e-3, warmup: 5 } },
    critics: { augmentation: { adaptive: true } },
  });
  const losses: number[] = [];
  const counted: Runtime = {
    ...runtime,
    name: runtime.name,
    label: runtime.label,
    compile: async (graph, options) => {
      const compiled = await runtime.compile(graph, options);
      if (!graph.outputs.has('holeLoss')) return compiled;
      return {
        dispose: () => compiled.dispose(),
        run: async (feeds) => {
          const results = await compiled.run(feeds);
          losses.push(results['loss'][0]);
          return results;
        },
      };
    },
  };
  await train({ run, runtime: counted });
  return losses;
}

it('the loss of 50 steps from one seed is the same on ONNX Runtime and TensorFlow.js, within a hundredth', async () => {
  const onnx = await lossesOn(new OnnxRuntime({ threads: 1 }), 'onnx');
  const tfjs = await lossesOn(await TfjsRuntime.open(['wasm']), 'tfjs');
  expect(tfjs).toHaveLength(STEPS);
  const apart = onnx.map((loss, i) => Math.abs(tfjs[i] - loss) / Math.max(0.1, Math.abs(loss)));
  expect(Math.max(...apart)).toBeLessThan(TOLERANCE);
  expect(new Set(onnx.map((loss) => loss.toFixed(3))).size).toBeGreaterThan(STEPS / 2); // it is a curve
});
