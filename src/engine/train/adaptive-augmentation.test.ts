import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interpret } from '../testing/interpreter';
import { initialise } from '../network/parameters';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { batchLayout, BatchMaker } from './batches';
import { type TrainConfig, trainConfigSchema } from './config';
import { criticLayout, criticStateLayout } from './critics';
import { PictureFolder } from './dataset';
import { Random } from '../numeric/random';
import { criticStepGraph } from './critic-steps';
import { TestRuns } from '../testing/training-runs';
import { initialState, train } from './trainer';

const runtime = new OnnxRuntime({ threads: 1 });
let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

const config = (changes: Record<string, unknown>): TrainConfig =>
  trainConfigSchema.parse({ architecture: { width: 2 }, side: 32, batch: 2, ...changes });

/** One critic step from a state whose probability and mean r_t are given, both critics alike. */
async function stepFrom(probability: number, mean: number, changes: Record<string, unknown> = {}) {
  const augmentation = { adaptive: true, rampPictures: 100, interval: 1, ...changes };
  const chosen = config({ critics: { loss: 'hinge', penalty: 'none', augmentation } });
  const batch = await new BatchMaker(chosen, await PictureFolder.open(runs.photos, 32, 100)).draw(0, 1);
  const random = new Random(4);
  const critic = Float64Array.from(initialise(criticLayout(chosen), () => random.normal()));
  const { augmentation: drawn, image, hole, windowRows, windowColumns, mix } = batch;
  if (drawn === undefined) throw new Error('the batch has no augmentation');
  expect(criticStateLayout(chosen).size).toBe(6);
  return interpret(criticStepGraph(chosen, chosen.weights), {
    ...{ image, hole, windowRows, windowColumns, mix, critic, augmentation: drawn },
    complete: image.map((value) => 0.3 * value),
    criticState: [probability, mean, 0, probability, mean, 0],
  });
}

describe('adaptive augmentation', () => {
  it('moves the probability by its share of the ramp, up or down as r_t asks, and no further than its limits', async () => {
    const { rtGlobal, criticStateNew, pGlobal } = await stepFrom(0.3, 0);
    expect(pGlobal[0]).toBeCloseTo(0.3, 6);
    expect([-1, 0, 1]).toContain(rtGlobal[0]);
    expect(criticStateNew[0]).toBeCloseTo(0.3 + (rtGlobal[0] > 0.6 ? 0.02 : -0.02), 6);
    expect(criticStateNew[1]).toBeCloseTo(rtGlobal[0], 6);
    const least = await stepFrom(0, 0, { target: 1 });
    expect(least['criticStateNew'][0]).toBe(0);
  });

  it('is part of batches only where it is asked for', () => {
    const names = (changes: Record<string, unknown>) => batchLayout(config(changes)).map(([name]) => name);
    expect(names({})).not.toContain('augmentation');
    expect(names({ critics: { augmentation: { adaptive: true } } })).toContain('augmentation');
  });

  it('trains, logs r_t and p of both critics and r_v, and goes on bit for bit after a stop', async () => {
    const changes = {
      ...{ steps: 3, batch: 2, criticSteps: 2, optimiser: { warmup: 0 } },
      critics: { augmentation: { adaptive: true, rampPictures: 100, target: 0, interval: 1 } },
      validation: { share: 0.6, every: 1, crops: 2 },
    };
    const whole = await runs.start('whole', changes);
    const records: { losses: Record<string, number>; rv: number | undefined }[] = [];
    const end = await train({
      run: whole,
      runtime,
      onRecord: ({ losses, validation }) => records.push({ losses, rv: validation?.rvGlobal }),
    });
    expect(records).toHaveLength(3);
    for (const { losses, rv } of records) {
      for (const name of ['rtGlobal', 'rtLocal', 'pGlobal', 'pLocal'])
        expect(losses[name], name).toEqual(expect.any(Number));
      expect(Number.isFinite(rv)).toBe(true);
    }
    const broken = await runs.start('broken', changes);
    const stop = new AbortController();
    await train({ run: broken, runtime, signal: stop.signal, onRecord: () => stop.abort() });
    expect((await broken.checkpoint())?.step).toBe(1);
    const resumed = await train({ run: broken, runtime });
    expect(resumed.criticState).toEqual(end.criticState);
    expect(resumed.critic).toEqual(end.critic);
    expect(resumed.generator).toEqual(end.generator);
  });
});

it('frozen layers of the critics stay what they are; the others move', async () => {
  const run = await runs.start('frozen', { steps: 1, criticSteps: 1, batch: 2, critics: { frozenLayers: 3 } });
  const before = await run.checkpoint();
  const after = await train({ run, runtime });
  const layout = criticLayout(await run.config());
  const old = layout.split(before?.critic?.values ?? initialOf(await run.config()));
  const now = layout.split(after.critic?.values ?? new Float32Array(layout.size));
  for (const kind of ['global', 'local']) {
    for (const layer of ['conv1', 'conv2', 'conv3']) {
      expect(now[`${kind}.${layer}.weight`]).toEqual(old[`${kind}.${layer}.weight`]);
    }
    expect(now[`${kind}.conv4.weight`]).not.toEqual(old[`${kind}.conv4.weight`]);
  }
});

function initialOf(config: TrainConfig): Float32Array {
  return initialState(config).critic?.values ?? new Float32Array(0);
}
