import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '../image/sharp';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { keptCheckpoints } from './checkpoints';
import type { Sample, StepRecord } from '../../shared/training';
import { criticLayout } from './critics';
import type { SkippedFile } from './picture-files';
import type { RunFolder } from './run-folder';
import { listSamples, readSample } from './samples';
import { type BuiltEntries, buildEntries } from '../testing/built-entries';
import { TestRuns } from '../testing/training-runs';
import { ALONE, CRITICS, differences, state, torch } from '../testing/torch';
import { trainWithTorch } from './torch-trainer';
import { initialState, train } from './trainer';
import { FRESH_MONITOR } from './failure-rules';

const NOTHING = new Float32Array();

let runs: TestRuns;
let built: BuiltEntries;
beforeAll(async () => {
  runs = await TestRuns.make();
  built = await buildEntries({ feeder: 'feeder-process.ts' });
});
afterAll(() => Promise.all([runs.remove(), built.remove()]));

describe.skipIf(torch === null)('training with PyTorch', () => {
  const withTorch = (run: RunFolder, more: Partial<Parameters<typeof trainWithTorch>[0]> = {}) => {
    if (torch === null) throw new Error('skipped without PyTorch');
    return trainWithTorch({ run, torch, feeder: built.file('feeder'), precision: 'fp32', threads: 1, ...more });
  };

  it('does what ONNX Runtime does, and either goes on where the other stopped', async () => {
    const [ours, theirs, mixed] = [
      await runs.start('ours', CRITICS),
      await runs.start('theirs', CRITICS),
      await runs.start('mixed', { ...CRITICS, steps: 2 }),
    ];
    const records: StepRecord[] = [];
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs, { onRecord: (record) => records.push(record) });
    // A weight whose gradient is nothing but rounding errors still moves by the learning rate: Adam divides by their size.
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-4);
    // Slow steps may have lines of their own before the last one.
    expect(records.at(-1)?.step).toBe(5);
    expect(await theirs.records()).toEqual(records);
    expect(Object.keys(records[0].losses)).toEqual(expect.arrayContaining(['holeLoss', 'penalty', 'criticNorm']));

    expect((await withTorch(mixed)).step).toBe(2);
    await writeFile(path.join(mixed.folder, 'config.json'), await readFile(path.join(ours.folder, 'config.json')));
    const continued = await train({ run: mixed, runtime: new OnnxRuntime({ threads: 1 }) });
    for (const [name, value] of Object.entries(differences(continued, expected)))
      expect(value, name).toBeLessThan(1e-4);
  });

  it('measures the pictures that are kept back as ONNX Runtime does, and keeps the best weights', async () => {
    const changes = { ...ALONE, steps: 4, validation: { share: 0.5, every: 2, crops: 8 }, keepCheckpoints: 1 };
    const [ours, theirs] = [await runs.start('measured', changes), await runs.start('measured-there', changes)];
    const records: Record<'ours' | 'theirs', StepRecord[]> = { ours: [], theirs: [] };
    const runtime = new OnnxRuntime({ threads: 1 });
    await train({ run: ours, runtime, onRecord: (record) => record.validation && records.ours.push(record) });
    await withTorch(theirs, { onRecord: (record) => record.validation && records.theirs.push(record) });
    expect(records.theirs.map(({ step }) => step)).toEqual(records.ours.map(({ step }) => step));
    expect(records.theirs).toHaveLength(2);
    records.theirs.forEach(({ validation }, i) => {
      const expected = records.ours[i].validation;
      // A number between two bytes may be rounded to either.
      expect(validation?.holeL1).toBeCloseTo(expected?.holeL1 ?? NaN, 2);
      expect(validation?.psnr).toBeCloseTo(expected?.psnr ?? NaN, 2);
      expect(validation?.variety).toBeCloseTo(expected?.variety ?? NaN, 2);
      expect(Object.keys(validation ?? {})).toEqual(Object.keys(expected ?? {}));
    });
    const kept = async (run: RunFolder) => (await keptCheckpoints(run.folder)).map(({ name }) => name);
    expect(await kept(theirs)).toEqual(await kept(ours));
    expect(await kept(theirs)).toContain('best');
    expect((await state(theirs)).monitor?.best).toBeCloseTo((await state(ours)).monitor?.best ?? NaN, 2);
  });

  it('shows the fills that ONNX Runtime shows, and says which pictures cannot be used', async () => {
    const photos = path.join(runs.folder, 'with-a-broken-one');
    await cp(runs.photos, photos, { recursive: true });
    await writeFile(path.join(photos, 'broken.png'), 'no picture');
    for (const share of [0, 0.5]) {
      const changes = { ...ALONE, steps: 4, validation: { share, every: 2, crops: 8 } };
      const [ours, theirs] = [
        await runs.start(`shown-${share}`, changes),
        await runs.start(`shown-there-${share}`, changes),
      ];
      for (const run of [ours, theirs])
        await writeFile(path.join(run.folder, 'pictures.json'), JSON.stringify({ folder: photos }));
      const samples: Sample[] = [];
      const skipped: SkippedFile[] = [];
      await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
      await withTorch(theirs, {
        onSample: (sample) => samples.push(sample),
        onSkipped: (file) => skipped.push(file),
      });
      expect(samples).toEqual([
        { step: 2, name: 'step-2.png' },
        { step: 4, name: 'step-4.png' },
      ]);
      expect(await listSamples(theirs.folder)).toEqual(samples);
      for (const sample of samples) {
        const [a, b] = await Promise.all(
          [ours, theirs].map(async ({ folder }) =>
            sharp(await readSample(folder, sample))
              .raw()
              .toBuffer(),
          ),
        );
        expect(b).toHaveLength(a.length);
        // A number between two bytes may be rounded to either.
        expect(Math.max(...a.map((value, i) => Math.abs(value - b[i])))).toBeLessThanOrEqual(1);
      }
      expect(skipped.map(({ file }) => file)).toEqual(['broken.png']);
    }
  });

  it('heeds a lowered rate, and what the failure monitor remembers', async () => {
    const [ours, theirs] = [await runs.start('lowered', ALONE), await runs.start('lowered-there', ALONE)];
    const monitor = { ...FRESH_MONITOR, best: 12.5, lowered: 2, generatorNorms: [0.1, 0.2] };
    for (const run of [ours, theirs]) {
      await run.writeCheckpoint({ ...initialState(await run.config()), rateFactor: 0.25, monitor });
    }
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs);
    // The line of the last step has been judged, too, on both sides.
    const norm = expected.monitor?.generatorNorms[2] ?? NaN;
    const judged = { best: 12.5, lowered: 2, generatorNorms: [0.1, 0.2, expect.closeTo(norm, 3) as number] };
    expect(found).toMatchObject({ rateFactor: 0.25, monitor: judged });
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-4);
  });

  it.each([
    ['spectral normalisation', { loss: 'hinge', penalty: 'none', spectralNorm: true }],
    ['BEGAN', { loss: 'began', penalty: 'none' }],
  ] as const)('carries what critics with %s remember', async (name, critics) => {
    const [ours, theirs] = [
      await runs.start(`${name} here`, { ...CRITICS, critics }),
      await runs.start(`${name} there`, { ...CRITICS, critics }),
    ];
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs);
    for (const [part, value] of Object.entries(differences(found, expected))) expect(value, part).toBeLessThan(1e-4);
    const remembered = expected.criticState ?? NOTHING;
    expect(remembered.length).toBeGreaterThan(0);
    expect(found.criticState).toHaveLength(remembered.length);
    // Most of it stands still at zero for a while.
    found.criticState?.forEach((value, i) => expect(value).toBeCloseTo(remembered[i], 4));
  });

  it('carries adaptive augmentation, with the parameters that batches bring', async () => {
    const augmentation = { adaptive: true, rampPictures: 100, target: 0, interval: 1 };
    const changes = { ...CRITICS, critics: { loss: 'hinge', penalty: 'none', augmentation } };
    const [ours, theirs] = [await runs.start('augmented', changes), await runs.start('augmented-there', changes)];
    const records: StepRecord[] = [];
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs, { onRecord: (record) => records.push(record) });
    for (const [part, value] of Object.entries(differences(found, expected))) expect(value, part).toBeLessThan(1e-4);
    expect(Object.keys(records[0].losses)).toEqual(
      expect.arrayContaining(['rtGlobal', 'rtLocal', 'pGlobal', 'pLocal']),
    );
    const remembered = expected.criticState ?? NOTHING;
    expect(Math.max(...remembered)).toBeGreaterThan(0);
    expect(found.criticState).toHaveLength(remembered.length);
    found.criticState?.forEach((value, i) => expect(value).toBeCloseTo(remembered[i], 4));
  });

  it('keeps frozen layers of the critics as they are, and moves the others as ONNX Runtime does', async () => {
    const changes = { ...CRITICS, critics: { frozenLayers: 3 } };
    const [ours, theirs] = [await runs.start('frozen', changes), await runs.start('frozen-there', changes)];
    const config = await theirs.config();
    const before = criticLayout(config).split(initialState(config).critic?.values ?? NOTHING);
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs);
    for (const [part, value] of Object.entries(differences(found, expected))) expect(value, part).toBeLessThan(1e-4);
    const after = criticLayout(config).split(found.critic?.values ?? NOTHING);
    for (const kind of ['global', 'local']) {
      expect(after[`${kind}.conv3.weight`]).toEqual(before[`${kind}.conv3.weight`]);
      expect(after[`${kind}.conv4.weight`]).not.toEqual(before[`${kind}.conv4.weight`]);
    }
  });

  it('stops on request with a checkpoint, and goes on as if it never had', async () => {
    const [whole, broken] = [await runs.start('unbroken', ALONE), await runs.start('stopped', ALONE)];
    const expected = await withTorch(whole);
    const stop = new AbortController();
    const { writeCheckpoint } = broken;
    broken.config = async () => ({ ...(await whole.config()), checkpointEvery: 2 });
    broken.writeCheckpoint = async (state) => {
      await writeCheckpoint.call(broken, state);
      if (state.step === 2) stop.abort();
    };
    const first = await withTorch(broken, { signal: stop.signal });
    expect(first.step).toBe(2);
    const second = await withTorch(broken);
    expect(differences(second, expected)).toEqual({ generator: 0, average: 0, critic: 0 });
  });

  it('says what went wrong', async () => {
    const run = await runs.start('without-pictures', ALONE);
    await writeFile(path.join(run.folder, 'pictures.json'), JSON.stringify({ folder: path.join(runs.folder, 'none') }));
    const failure: unknown = await withTorch(run).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'training-data' });
    expect(String(failure)).toContain('cannot be read');
    expect(String(failure)).not.toContain('Traceback');
    expect(await run.checkpoint()).toBeNull();
    const unfed = await runs.start('without-a-feeder', ALONE);
    const stopped: unknown = await withTorch(unfed, { feeder: 'nowhere.js' }).catch((error: unknown) => error);
    expect(stopped).toMatchObject({ code: 'training-data' });
    expect(String(stopped)).toContain('PyTorch stopped training');
    expect((await state(unfed)).step).toBe(0);
  });
});
