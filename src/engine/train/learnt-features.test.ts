import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeTensors } from '../files/safetensors';
import type { Graph } from '../graph/graph';
import { readModelFolder } from '../models/model-folder';
import { initialise, type ParameterLayout } from '../network/parameters';
import { generatorLayout } from '../network/inference';
import { Random } from '../numeric/random';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { madeUpFeatures, valuesOf } from '../testing/feature-weights';
import { interpret } from '../testing/interpreter';
import { differences, torch } from '../testing/torch';
import { type BuiltEntries, buildEntries } from '../testing/built-entries';
import { FEATURE_WEIGHTS, FeatureRuns } from '../testing/feature-runs';
import { BatchMaker } from './batches';
import { trainConfigSchema } from './config';
import { criticStepGraph } from './critic-steps';
import { criticLayout, criticStateLayout } from './critics';
import { PictureFolder } from './dataset';
import { exportRun } from './export';
import { usesFeatures } from './generator-losses';
import { PRESET_CONFIGS } from './presets';
import type { RunFolder } from './run-folder';
import { generatorStepGraph } from './steps';
import { trainWithTorch } from './torch-trainer';
import { rowsGraph, totalGraph } from './measure-graphs';
import { openRunData, VALIDATION_STREAM } from './run-data';
import { comparisonsOf } from './validation';
import { PerceptualDistance } from '../measure/perceptual-distance';
import { PRESETS, PRESETS_ON_FEATURES, type ValidationScore } from '../../shared/training';
import { initialState, train } from './trainer';

const AUGMENTED = { projected: { mixing: true }, augmentation: { adaptive: true, rampPictures: 100, target: 0 } };
const features = madeUpFeatures();
const runtime = new OnnxRuntime({ threads: 1 });

let runs: FeatureRuns;
let built: BuiltEntries;
beforeAll(async () => {
  runs = await FeatureRuns.make();
  built = await buildEntries({ feeder: 'feeder-process.ts' });
});
afterAll(() => Promise.all([runs.remove(), built.remove()]));
afterEach(() => vi.unstubAllEnvs());

function create(name: string, changes: Record<string, unknown> = {}, there = true): Promise<RunFolder> {
  return runs.create(name, { batch: 1, steps: 3, optimiser: { warmup: 0 }, ...changes }, there);
}

it('a run that needs features that were not fetched says so and how to get them, and writes nothing', async () => {
  const refused: unknown = await create('without', {}, false).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ code: 'runtime-unavailable', reason: { id: 'features-not-fetched' } });
  expect(String((refused as { remedy: string }).remedy)).toContain('inpaint-studio features');
  const other = await create('without', { weights: { adversarial: 0 } }, false);
  expect((await train({ run: other, runtime })).step).toBe(3);
});

it.each(PRESETS)('the preset %s needs the feature network only if it is said to', (preset) => {
  const { weights } = trainConfigSchema.parse(PRESET_CONFIGS[preset]);
  expect(usesFeatures(weights)).toBe(PRESETS_ON_FEATURES.includes(preset));
});

it('feature matching needs the critics whose features it matches', async () => {
  const weights = { ...FEATURE_WEIGHTS, projected: 0, matching: 0.1 };
  await expect(create('unmatched', { weights })).rejects.toMatchObject({ code: 'bad-request' });
});

it('a run trains on learnt features without the cache, and says what each loss is', async () => {
  const run = await create('logged', {
    weights: { ...FEATURE_WEIGHTS, adversarial: 0.001, matching: 0.1, structure: 0.1 },
  });
  vi.stubEnv('INPAINT_STUDIO_FEATURES', path.join(runs.folder, 'nowhere'));
  const records: Readonly<Record<string, number>>[] = [];
  await train({ run, runtime, onRecord: ({ losses }) => records.push(losses) });
  const names = ['perceptualLoss', 'projectedLoss', 'matchingLoss', 'adversarialLoss', 'structureLoss'];
  expect(Object.keys(records[0])).toEqual(expect.arrayContaining([...names, 'projectedCriticLoss', 'criticLoss']));
  expect(Object.values(records[0]).every(Number.isFinite)).toBe(true);
});

it('the perceptual distance of kept-back pictures is measured where the feature network is, whatever the losses', async () => {
  const validation = { share: 0.5, every: 3, crops: 2 };
  const measured = async (run: RunFolder): Promise<ValidationScore | undefined> => {
    await train({ run, runtime });
    return (await run.records()).at(-1)?.validation;
  };
  const own = await create('judged', { validation });
  const plain = await create('plain', { validation, weights: { adversarial: 0 } });
  expect((await measured(plain))?.perceptual).toBeGreaterThan(0);
  vi.stubEnv('INPAINT_STUDIO_FEATURES', path.join(runs.folder, 'nowhere'));
  const score = await measured(own);
  expect(score?.perceptual).toBeGreaterThan(0);
  expect(score?.rvProjected).not.toBeNaN();
  expect(score).not.toHaveProperty('rvGlobal');
  const blind = await create('blind', { validation, weights: { adversarial: 0 } }, false);
  expect((await measured(blind))?.perceptual).toBeNull();
});

it('a plan without Node measures the perceptual distance that the loop measures', async () => {
  const run = await create('planned', { batch: 2, validation: { share: 0.5, every: 3, crops: 2 } });
  const config = await run.config();
  const { validation } = await openRunData(run, config);
  if (validation === null) throw new Error('no picture is kept back');
  const batch = await validation.draw(VALIDATION_STREAM, 0);
  const complete = batch.image.map((value, i) => (i % 7 < 3 ? value : -value));
  const weights = (await run.judge()) ?? {};
  const compiled = async (graph: Graph) => {
    const named = Object.entries(valuesOf(weights)).filter(([name]) => graph.inputs.has(name));
    return runtime.compile(graph, { fixed: Object.fromEntries(named) });
  };
  const { image, hole } = batch;
  const { rows } = await (await compiled(rowsGraph(config, true))).run({ image, hole, complete });
  const found = await (await compiled(totalGraph(2, true))).run({ rows });
  const distance = new PerceptualDistance(runtime, weights);
  const expected = await Promise.all(comparisonsOf(batch, complete, config.side).map((each) => distance.of(each)));
  // There of fills with 8 bits a channel, here of fills as they are.
  expect(found['perceptual'][0] / ((expected[0] + expected[1]) / 2)).toBeCloseTo(1, 2);
  expect(expected[0]).toBeGreaterThan(0.1);
});

it('the model of a run says which network judged, and holds nothing of it', async () => {
  const said = async (run: RunFolder) => {
    const folder = path.join(run.folder, 'model');
    await exportRun(run, folder, { name: 'M', description: '', licence: 'CC0 1.0' });
    const { manifest } = await readModelFolder(folder);
    const { tensors } = decodeTensors(await readFile(path.join(folder, 'weights.safetensors')));
    expect(Object.keys(tensors).filter((name) => name.startsWith('block') || name.startsWith('projected'))).toEqual([]);
    return manifest.training;
  };
  const judged = await said(await create('judged-model'));
  expect(judged).toMatchObject({ perceptual: 2, projected: 0.15 });
  expect(judged['judge']).toMatch(/ImageNet .*Apache-2\.0.* no part of the model/);
  expect(await said(await create('plain-model', { weights: { adversarial: 0 } }))).not.toHaveProperty('judge');
});

it('a run whose features were taken away says which file is missing', async () => {
  const run = await create('robbed');
  await rm(path.join(run.folder, 'features.safetensors'));
  await expect(train({ run, runtime })).rejects.toMatchObject({ code: 'training-data' });
});

it('a run on learnt features that stops goes on bit for bit', async () => {
  const changes = { critics: AUGMENTED, checkpointEvery: 1 };
  const whole = await train({ run: await create('whole', changes), runtime });
  const broken = await create('broken', changes);
  const stop = new AbortController();
  const { writeCheckpoint } = broken;
  broken.writeCheckpoint = async (state) => {
    await writeCheckpoint.call(broken, state);
    if (state.step >= 1) stop.abort();
  };
  expect((await train({ run: broken, runtime, signal: stop.signal })).step).toBe(1);
  broken.writeCheckpoint = writeCheckpoint;
  const resumed = await train({ run: broken, runtime });
  for (const part of ['generator', 'average', 'critic', 'criticState'] as const)
    expect(resumed[part], part).toEqual(whole[part]);
  expect(whole.criticState?.length).toBeGreaterThan(0);
});

it('the features that are mixed at random stay what they are', async () => {
  const run = await create('mixed', { critics: AUGMENTED });
  const before = criticStateLayout(await run.config()).split(initialState(await run.config()).criticState ?? none);
  const after = criticStateLayout(await run.config()).split((await train({ run, runtime })).criticState ?? none);
  const names = Object.keys(after).filter((name) => name.startsWith('mixing.'));
  expect(names).toHaveLength(7);
  for (const name of names) expect(after[name], name).toEqual(before[name]);
  expect(after['spectral.projected.block0.first.weight']).not.toEqual(before['spectral.projected.block0.first.weight']);
  expect(after['projected.augmentation'][0]).toBeGreaterThan(0);
});

const none = new Float32Array();

/**
 * Where the power iterations of spectral normalisation arrive: gradients take singular vectors for constants, which they are to
 * first order only there.
 */
function settle(state: Float32Array, layout: ParameterLayout, weights: Readonly<Record<string, Float32Array>>): void {
  const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  const unit = (vector: readonly number[]): number[] => vector.map((value) => value / Math.hypot(...vector));
  for (const [name, left] of Object.entries(layout.split(state))) {
    const matrix = weights[name.replace('spectral.', '')];
    if (matrix === undefined) continue;
    const [rows, columns] = [left.length, matrix.length / left.length];
    let u = unit([...left]);
    for (let i = 0; i < 200; i++) {
      const v = unit(
        indices(columns).map((c) => u.reduce((sum, value, r) => sum + value * matrix[r * columns + c], 0)),
      );
      u = unit(indices(rows).map((r) => v.reduce((sum, value, c) => sum + value * matrix[r * columns + c], 0)));
    }
    left.set(u);
  }
}

describe('with augmentation and mixing', () => {
  const config = trainConfigSchema.parse({
    ...{
      architecture: { width: 2, prior: 'pull-push' },
      side: 32,
      batch: 1,
      weights: FEATURE_WEIGHTS,
      critics: AUGMENTED,
    },
  });

  it.each(['generator', 'critic'] as const)(
    'the step of the %s has the gradient of finite differences',
    async (who) => {
      const random = new Random(4);
      const normal = () => random.normal();
      const pictures = await PictureFolder.open(runs.photos, 32, 100);
      const batch = await new BatchMaker(config, pictures).draw(0, 1);
      const graph: Graph =
        who === 'critic' ? criticStepGraph(config, config.weights) : generatorStepGraph(config, config.weights);
      const state = initialise(criticStateLayout(config), normal);
      const critic = initialise(criticLayout(config), normal);
      settle(state, criticStateLayout(config), criticLayout(config).split(critic));
      const vectors = {
        generator: Float64Array.from(initialise(generatorLayout(config.architecture), normal)),
        critic: Float64Array.from(critic),
      };
      const complete = batch.image.map((value) => 0.5 * value + 0.1 * random.normal());
      // Half of the augmentations happen.
      criticStateLayout(config).split(state)['projected.augmentation'].set([0.5, 0, 0]);
      const all = { ...batch, ...valuesOf(features), ...vectors, complete, criticState: state };
      const at = (moved: Float64Array) =>
        interpret(
          graph,
          Object.fromEntries(Object.entries({ ...all, [who]: moved }).filter(([name]) => graph.inputs.has(name))),
        );
      const values = vectors[who];
      const { gradient } = at(values);
      const direction = Float64Array.from(values, () => random.normal() / Math.sqrt(values.length));
      const lossAt = (by: number): number => at(values.map((value, i) => value + by * direction[i]))['loss'][0];
      const slope = direction.reduce((sum, value, i) => sum + value * gradient[i], 0);
      expect(slope / ((lossAt(1e-6) - lossAt(-1e-6)) / 2e-6)).toBeCloseTo(1, 3);
    },
  );
});

describe.skipIf(torch === null)('with PyTorch', () => {
  it('a run on learnt features does what it does on ONNX Runtime', async () => {
    const [ours, theirs] = [
      await create('ours', { critics: AUGMENTED }),
      await create('theirs', { critics: AUGMENTED }),
    ];
    const expected = await train({ run: ours, runtime });
    if (torch === null) throw new Error('skipped without PyTorch');
    const options = { torch, feeder: built.file('feeder'), precision: 'fp32', threads: 1 } as const;
    const found = await trainWithTorch({ run: theirs, ...options });
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-3);
    found.criticState?.forEach((value, i) => expect(value).toBeCloseTo(expected.criticState?.[i] ?? NaN, 3));
  });
});
