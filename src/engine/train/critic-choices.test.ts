import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { initialise } from '../network/parameters';
import { ADVERSARIAL_LOSSES } from '../network/critic-losses';
import { criticOptionsSchema, PENALTIES } from '../network/critic-options';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { BatchMaker } from './batches';
import { trainConfigSchema } from './config';
import { criticLayout, criticStateLayout } from './critics';
import { PictureFolder } from './dataset';
import { Random } from '../numeric/random';
import { criticStepGraph } from './critic-steps';
import { generatorStepGraph } from './steps';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const CHOICES = [
  ...ADVERSARIAL_LOSSES.map((loss) => ({ loss, penalty: 'none', spectralNorm: false })),
  ...PENALTIES.filter((penalty) => penalty !== 'none').map((penalty) => ({
    loss: 'minimax',
    penalty,
    spectralNorm: false,
  })),
  { loss: 'hinge', penalty: 'none', spectralNorm: true },
  { loss: 'began', penalty: 'dragan', spectralNorm: true },
  { loss: 'wasserstein', penalty: 'wgan-gp', spectralNorm: false, scales: 2 },
];

const SHORT = { steps: 2, batch: 1, criticSteps: 1, optimiser: { warmup: 0 } };

const runtime = new OnnxRuntime({ threads: 1 });
let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

it.each(CHOICES)('train with $loss, penalty $penalty, spectral normalisation $spectralNorm', async (critics) => {
  const run = await runs.start(Object.values(critics).join('-'), { critics, ...SHORT });
  const records: Readonly<Record<string, number>>[] = [];
  await train({ run, runtime, onRecord: ({ losses }) => records.push(losses) });
  expect(Object.values(records[0]).every(Number.isFinite)).toBe(true);
  expect('penalty' in records[0]).toBe(critics.penalty !== 'none');
});

it('what the critics remember survives a stop', async () => {
  const changes = { critics: { loss: 'began', penalty: 'none', spectralNorm: true }, ...SHORT };
  const whole = await train({ run: await runs.start('whole', changes), runtime });
  const broken = await runs.start('broken', changes);
  const { writeCheckpoint } = broken;
  const stop = new AbortController();
  broken.config = async () => ({ ...(await runs.configOf('whole')), checkpointEvery: 1 });
  broken.writeCheckpoint = async (state) => {
    await writeCheckpoint.call(broken, state);
    if (state.step >= 1) stop.abort();
  };
  await train({ run: broken, runtime, signal: stop.signal });
  expect((await broken.checkpoint())?.step).toBe(1);
  broken.writeCheckpoint = writeCheckpoint;
  const resumed = await train({ run: broken, runtime });
  expect(whole.criticState?.length).toBeGreaterThan(2);
  expect(resumed.criticState).toEqual(whole.criticState);
  expect(resumed.critic?.values).toEqual(whole.critic?.values);
  expect(resumed.generator.values).toEqual(whole.generator.values);
});

describe('the critics’ step', () => {
  it.each([
    { loss: 'hinge', penalty: 'wgan-lp', spectralNorm: false },
    { loss: 'began', penalty: 'dragan', spectralNorm: false },
    { loss: 'non-saturating', penalty: 'r1', spectralNorm: false },
    { loss: 'wasserstein', penalty: 'wgan-gp', spectralNorm: false, scales: 2 },
  ])('has the gradient of finite differences with $loss and $penalty at $scales scales', async (choice) => {
    const critics = criticOptionsSchema.parse(choice);
    const config = trainConfigSchema.parse({ architecture: { width: 2 }, side: 32, batch: 1, critics });
    const pictures = await PictureFolder.open(runs.photos, 32, 100);
    const batch = await new BatchMaker(config, pictures).draw(0, 1);
    const random = new Random(4);
    const normal = () => random.normal();
    const critic = Float64Array.from(initialise(criticLayout(config), normal));
    const complete = batch.image.map((value) => 0.5 * value + 0.1 * random.normal());
    const graph = criticStepGraph(config, config.weights);
    const feeds = { ...only(batch, graph), complete };
    const { size } = criticStateLayout(config);
    const state: Record<string, readonly number[]> =
      size === 0 ? {} : { criticState: new Array<number>(size).fill(0.3) };
    const { gradient } = interpret(graph, { ...feeds, ...state, critic });
    const direction = Float64Array.from(critic, () => random.normal() / Math.sqrt(critic.length));
    const lossAt = (by: number): number =>
      interpret(graph, { ...feeds, ...state, critic: critic.map((value, i) => value + by * direction[i]) })['loss'][0];
    const slope = direction.reduce((sum, value, i) => sum + value * gradient[i], 0);
    expect(slope / ((lossAt(1e-5) - lossAt(-1e-5)) / 2e-5)).toBeCloseTo(1, 4);
  });

  it('asks for nothing new where the critics are the paper’s', () => {
    const config = trainConfigSchema.parse({ architecture: { width: 2 }, side: 32, batch: 1 });
    expect(criticStateLayout(config).size).toBe(0);
    expect([...generatorStepGraph(config, config.weights).inputs.keys()]).not.toContain('criticState');
    expect([...criticStepGraph(config, config.weights).inputs.keys()]).not.toContain('noise');
  });
});

/** The parts of a batch that a graph has as inputs. */
function only<T extends object>(batch: T, graph: Graph): Record<string, ArrayLike<number>> {
  return Object.fromEntries(Object.entries(batch).filter(([name]) => graph.inputs.has(name)));
}
