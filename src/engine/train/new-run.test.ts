import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSmallModel } from '../testing/small-model';
import { readWeights } from '../models/model-folder';
import { generatorLayout } from '../network/inference';
import { criticLayout } from './critics';
import { createRun, holdsRun } from './new-run';
import { RunFolder } from './run-folder';
import { TestRuns } from '../testing/training-runs';

let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

const request = (name: string, changes: Record<string, unknown>, criticsFrom: string | null = null) => ({
  ...{ folder: path.join(runs.folder, name), name, pictures: runs.photos, preset: null, base: null, modelRoots: [] },
  ...{ changes: { architecture: { width: 2 }, side: 32, batch: 1, ...changes }, criticsFrom },
});

it('lays changes on a preset, object by object', async () => {
  const run = await createRun({ ...request('preset', { optimiser: { rate: 0.01 } }), preset: 'quick-fine-tune' });
  expect((await run.config()).optimiser).toMatchObject({ rate: 0.01, schedule: 'cosine' });
  expect((await run.config()).weights.adversarial).toBe(0);
});

it('takes the architecture of a base model, but for what leaves its parameters as they are', async () => {
  const { folder: base } = await writeSmallModel(path.join(runs.folder, 'models'), 'small');
  const changes = { architecture: { width: 2, residual: 'hole' }, weights: { adversarial: 0 } };
  const run = await createRun({ ...request('based', changes), base });
  expect((await run.config()).architecture).toMatchObject({ width: 4, prior: 'pull-push', residual: 'hole' });
});

it('makes a run anew whose making was broken off, with the model that it was to start from', async () => {
  const { folder: base } = await writeSmallModel(path.join(runs.folder, 'models'), 'start');
  const about = { ...request('broken-off', { weights: { adversarial: 0 } }), base };
  const begun = await createRun({ ...about, folder: path.join(runs.folder, 'another') });
  // As a kill before the last file leaves it.
  const broken = new RunFolder(about.folder);
  const end = () => Promise.reject(new Error('killed'));
  await expect(broken.create(await begun.config(), runs.photos, null, end)).rejects.toThrow('killed');
  expect(await holdsRun(about.folder)).toBe(false);
  const run = await createRun(about);
  expect((await run.checkpoint())?.generator.values).toEqual((await begun.checkpoint())?.generator.values);
});

it('takes over the critics of another run, but for the last layer where the side is another', async () => {
  const first = await createRun(request('first', { seed: 5 }));
  const frozen = { critics: { frozenLayers: 2 }, side: 64 };
  const second = await createRun(request('second', frozen, first.folder));
  const partsOf = async (run: typeof first) => {
    const state = await run.checkpoint();
    return criticLayout(await run.config()).split(state?.critic?.values ?? new Float32Array(0));
  };
  const [old, taken] = [await partsOf(first), await partsOf(second)];
  expect(taken['global.conv4.weight']).toEqual(old['global.conv4.weight']);
  expect(taken['global.score.weight'].length).not.toBe(old['global.score.weight'].length);
});

it('refuses to freeze critics that have learned nothing, and critics that do not fit', async () => {
  const frozen = { critics: { frozenLayers: 2 } };
  await expect(createRun(request('fresh', frozen))).rejects.toMatchObject({ code: 'bad-request' });
  const wide = await createRun(request('wide', { architecture: { width: 4 } }));
  await expect(createRun(request('narrow', frozen, wide.folder))).rejects.toMatchObject({ code: 'training-data' });
});

it('takes the coarse stage of another model, and its filters for the refine stage', async () => {
  const models = path.join(runs.folder, 'stages');
  const [base, other] = [await writeSmallModel(models, 'base', 1), await writeSmallModel(models, 'other', 2)];
  const about = { ...request('stages', { weights: { adversarial: 0 } }), base: base.folder };
  const run = await createRun({ ...about, coarseFrom: other.folder, refineFrom: base.folder });
  const layout = generatorLayout((await run.config()).architecture);
  const parts = layout.split((await run.checkpoint())?.generator.values ?? new Float32Array(layout.size));
  const [first, second] = [await readWeights(base, layout), await readWeights(other, layout)];
  expect(parts['coarse.conv3.weight']).toEqual(second['coarse.conv3.weight']);
  expect(parts['merged.conv12.weight']).toEqual(first['coarse.conv12.weight']);
});

it('refuses a stage of a model of another width, and a stage without a model for both', async () => {
  const { folder: small } = await writeSmallModel(path.join(runs.folder, 'stages'), 'small');
  const alone = createRun({ ...request('alone', {}), coarseFrom: small });
  await expect(alone).rejects.toMatchObject({ code: 'bad-request' });
});

it('names a setting that cannot be used, and its limit', async () => {
  const refused = (changes: Record<string, unknown>) =>
    createRun(request('wrong', changes)).catch((thrown: unknown) => thrown);
  expect(await refused({ batch: 0 })).toMatchObject({
    code: 'bad-request',
    reason: { id: 'setting-too-small', parameters: { setting: 'batch', least: 1 } },
  });
  expect(await refused({ baatch: 2 })).toMatchObject({
    reason: { id: 'setting-wrong', parameters: { setting: 'baatch' } },
  });
});
