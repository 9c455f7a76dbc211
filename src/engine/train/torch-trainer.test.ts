import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '../image/sharp';
import { decodeTensors, encodeTensors } from '../library/safetensors';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { clusterFolder, probeTorch } from '../runtime/torch/python';
import { keptCheckpoints } from './checkpoints';
import { prepareBatches } from './prepared-batches';
import type { Sample, StepRecord } from '../../shared/training';
import { criticLayout } from './critic-pair';
import type { SkippedFile } from './dataset';
import type { RunFolder, TrainState } from './run-folder';
import { listSamples, readSample } from './samples';
import { TestRuns } from './test-pictures';
import { trainWithTorch } from './torch-trainer';
import { initialState, train } from './trainer';
import { FRESH_WATCH } from './watch';

const [torch, reason] = await probeTorch().then(
  (probe) => [probe, ''] as const,
  (error: unknown) => [null, error instanceof Error ? error.message : String(error)] as const,
);
if (torch === null) console.log(`Training with PyTorch is not tested. ${reason}`);

const CRITICS = { weights: { hole: 1.2, coarse: 1.2, known: 1.2, adversarial: 0.01, penalty: 10 } };
const NOTHING = new Float32Array();
const ALONE = { weights: { ...CRITICS.weights, adversarial: 0 } };

let runs: TestRuns;
/** The bundled feeder-process.ts. */
let feeder: string;
beforeAll(async () => {
  runs = await TestRuns.make();
  // Below the checkout, so that it finds its packages.
  const outDir = path.resolve(clusterFolder(), '..', '.cache', 'tests', `feeder-${process.pid}`);
  const entryFileNames = 'train-feeder.mjs';
  const ssr = path.resolve(import.meta.dirname, 'feeder-process.ts');
  const rolldown = { output: { entryFileNames } };
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr, outDir, target: 'node20', rolldownOptions: rolldown },
  });
  feeder = path.join(outDir, entryFileNames);
});
afterAll(() => runs.remove());

/** Length of the difference of two vectors by that of the second. */
function difference(a: Float32Array, b: Float32Array): number {
  const length = (values: Float32Array): number => Math.hypot(...values);
  return length(a.map((value, i) => value - b[i])) / length(b);
}

function differences(a: TrainState, b: TrainState): Record<string, number> {
  expect([a.step, a.critic === undefined]).toEqual([b.step, b.critic === undefined]);
  return {
    generator: difference(a.generator.values, b.generator.values),
    average: difference(a.average, b.average),
    critic: a.critic === undefined || b.critic === undefined ? 0 : difference(a.critic.values, b.critic.values),
  };
}

const state = async (run: RunFolder): Promise<TrainState> => {
  const found = await run.checkpoint();
  if (found === null) throw new Error('there is no checkpoint');
  return found;
};

describe.skipIf(torch === null)('training with PyTorch', () => {
  const withTorch = (run: RunFolder, more: Partial<Parameters<typeof trainWithTorch>[0]> = {}) => {
    if (torch === null) throw new Error('skipped without PyTorch');
    return trainWithTorch({ run, torch, feeder, precision: 'fp32', threads: 1, ...more });
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
    expect(records.map(({ step }) => step)).toEqual([5]);
    const log = await readFile(path.join(theirs.folder, 'log.jsonl'), 'utf8');
    expect(JSON.parse(log)).toEqual(records[0]);
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
    await train({ run: ours, runtime, onRecord: (record) => records.ours.push(record) });
    await withTorch(theirs, { onRecord: (record) => records.theirs.push(record) });
    expect(records.theirs.map(({ step }) => step)).toEqual(records.ours.map(({ step }) => step));
    expect(records.theirs.filter(({ validation }) => validation !== undefined)).toHaveLength(2);
    records.theirs.forEach(({ validation }, i) => {
      const expected = records.ours[i].validation;
      // A number between two bytes may be rounded to either.
      expect(validation?.holeL1).toBeCloseTo(expected?.holeL1 ?? NaN, 2);
      expect(validation?.psnr).toBeCloseTo(expected?.psnr ?? NaN, 2);
      expect(validation?.variety).toBeCloseTo(expected?.variety ?? NaN, 2);
    });
    const kept = async (run: RunFolder) => (await keptCheckpoints(run.folder)).map(({ name }) => name);
    expect(await kept(theirs)).toEqual(await kept(ours));
    expect(await kept(theirs)).toContain('best');
    expect((await state(theirs)).watch?.best).toBeCloseTo((await state(ours)).watch?.best ?? NaN, 2);
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

  it('heeds a lowered rate, and hands on what it does not know', async () => {
    const [ours, theirs] = [await runs.start('lowered', ALONE), await runs.start('lowered-there', ALONE)];
    const watch = { ...FRESH_WATCH, best: 12.5, lowered: 2, generatorNorms: [0.1, 0.2] };
    for (const run of [ours, theirs]) {
      await run.writeCheckpoint({ ...initialState(await run.config()), rateFactor: 0.25, watch });
    }
    const file = path.join(theirs.folder, 'checkpoint.safetensors');
    const { tensors, metadata } = decodeTensors(await readFile(file));
    const more = { tensors: { ...tensors, later: { shape: [2], values: Float32Array.of(1, 2) } } };
    await writeFile(file, encodeTensors({ ...more, metadata: { ...metadata, era: 'next' } }));
    const expected = await train({ run: ours, runtime: new OnnxRuntime({ threads: 1 }) });
    const found = await withTorch(theirs);
    // The line of the last step has been watched, too, on both sides.
    const norm = expected.watch?.generatorNorms[2] ?? NaN;
    const watched = { best: 12.5, lowered: 2, generatorNorms: [0.1, 0.2, expect.closeTo(norm, 3) as number] };
    expect(found).toMatchObject({ rateFactor: 0.25, watch: watched });
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-4);
    const after = decodeTensors(await readFile(file));
    expect(after.metadata['era']).toBe('next');
    expect([...after.tensors['later'].values]).toEqual([1, 2]);
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
    const first = await withTorch(broken, { signal: AbortSignal.abort() });
    expect(first.step).toBeGreaterThan(0);
    expect(first.step).toBeLessThan(5);
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
    expect((await state(run)).step).toBe(0);
  });
});

describe.skipIf(torch === null)('a recorded program', () => {
  it('gives what the program gives, run after run', async () => {
    const run = await runs.start('recorded', ALONE);
    const check = path.join(runs.folder, 'check.py');
    // What a GPU does by replaying a recording, done by running the same work on the same places.
    await writeFile(
      check,
      `import sys
from pathlib import Path
import torch
from captured import Captured
from compiler import compile_graph
from graph import load_graph

program = compile_graph(load_graph(Path(sys.argv[1])), torch.device("cpu"))
def record(work):
    work()
    return work
captured = Captured(program, record)
results = []
for seed in range(3):
    torch.manual_seed(seed)
    feeds = {name: torch.rand(shape) for name, (_, shape) in program.inputs.items()}
    results.append((program.run(feeds), captured.run(feeds)))
for expected, found in results:
    assert expected.keys() == found.keys()
    assert all(torch.equal(expected[name], found[name]) for name in expected)
assert not torch.equal(results[0][1]["complete"], results[1][1]["complete"])
`,
    );
    const graph = path.join(run.folder, 'graphs', 'generatorStep.json');
    await promisify(execFile)(torch?.python ?? '', [check, graph], {
      env: { ...process.env, PYTHONPATH: clusterFolder() },
    });
  });
});

describe.skipIf(torch === null)('training on several ranks', () => {
  const python = torch?.python ?? '';
  const script = path.join(clusterFolder(), 'rank.py');

  /** cluster/rank.py, or another script that is given the same options, on prepared batches. */
  async function ranks(run: RunFolder, count: number, restarts = 0, program = script): Promise<void> {
    const batches = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, batches, { ranks: count });
    const launcher = [
      '-m',
      'torch.distributed.run',
      '--nproc-per-node',
      String(count),
      '--max-restarts',
      String(restarts),
    ];
    const options = [
      '--config',
      run.folder,
      '--batches',
      batches,
      '--precision',
      'fp32',
      '--threads',
      '1',
      '--device',
      'cpu',
    ];
    await promisify(execFile)(python, [...(count === 1 ? [] : launcher), program, ...options], {
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONPATH: clusterFolder() },
    });
  }

  it('two ranks with half a batch each do what one does with a whole batch', async () => {
    const [one, two] = [await runs.start('one-rank', CRITICS), await runs.start('two-ranks', CRITICS)];
    await ranks(one, 1);
    await ranks(two, 2);
    for (const [name, value] of Object.entries(differences(await state(two), await state(one)))) {
      expect(value, name).toBeLessThan(1e-5);
    }
  });

  it('a run goes from a laptop to two ranks and back', async () => {
    const steps = async (run: RunFolder, count: number): Promise<void> => {
      const file = path.join(run.folder, 'config.json');
      const config: unknown = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...(config as object), steps: count }));
    };
    const runtime = new OnnxRuntime({ threads: 1 });
    const [whole, travelling] = [
      await runs.start('stays', { ...CRITICS, steps: 6 }),
      await runs.start('travels', { ...CRITICS, steps: 2 }),
    ];
    const expected = await train({ run: whole, runtime });
    await train({ run: travelling, runtime });
    await steps(travelling, 3);
    await ranks(travelling, 2);
    await steps(travelling, 4);
    await ranks(travelling, 1);
    await steps(travelling, 6);
    const found = await train({ run: travelling, runtime });
    for (const [name, value] of Object.entries(differences(found, expected))) expect(value, name).toBeLessThan(1e-4);
    const lines = (await readFile(path.join(travelling.folder, 'log.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as StepRecord).step)).toEqual([2, 3, 4, 6]);
  });

  it('two ranks measure what one does', async () => {
    const changes = { ...ALONE, steps: 2, validation: { share: 0.5, every: 1, crops: 8 } };
    const [one, two] = [await runs.start('one-measures', changes), await runs.start('two-measure', changes)];
    await ranks(one, 1);
    await ranks(two, 2);
    const [a, b] = [(await state(one)).watch?.best, (await state(two)).watch?.best];
    expect(a).toBeGreaterThan(0);
    expect(b).toBeCloseTo(a ?? NaN, 3);
  });

  it('go back to the last good checkpoint when numbers break, and on at half the rate', async () => {
    const run = await runs.start('breaks', { ...ALONE, steps: 6, checkpointEvery: 2 });
    const breaking = path.join(runs.folder, 'breaking.py');
    await writeFile(
      breaking,
      `import rank, trainer

average = trainer.update_average
broken = []

def update_average(state, config):
    average(state, config)
    if state.step == 2 and not broken:
        broken.append(True)
        state.generator.values.fill_(float("nan"))

trainer.update_average = update_average
rank.main()
`,
    );
    await ranks(run, 2, 0, breaking);
    const ended = await state(run);
    expect(ended).toMatchObject({ step: 6, rateFactor: 0.5, watch: { rollBacks: 1, failedAt: 4 } });
    expect(ended.generator.values.every(Number.isFinite)).toBe(true);
    expect(await readFile(path.join(run.folder, 'log.jsonl'), 'utf8')).toContain('"action":"roll-back"');
  });

  it('a rank that is killed costs no more than the steps since the checkpoint', async () => {
    const shape = { ...ALONE, steps: 8, checkpointEvery: 3 };
    const [whole, killed] = [await runs.start('not-killed', shape), await runs.start('killed', shape)];
    const victim = path.join(runs.folder, 'victim.py');
    await writeFile(
      victim,
      `import os, signal
import rank, trainer

steps = trainer.update_average

def update_average(state, config):
    if (os.environ["RANK"], os.environ["TORCHELASTIC_RESTART_COUNT"], state.step) == ("1", "0", 4):
        os.kill(os.getpid(), signal.SIGKILL)
    steps(state, config)

trainer.update_average = update_average
rank.main()
`,
    );
    await ranks(whole, 1);
    await ranks(killed, 2, 1, victim);
    for (const [name, value] of Object.entries(differences(await state(killed), await state(whole)))) {
      expect(value, name).toBeLessThan(1e-5);
    }
    expect((await state(killed)).step).toBe(8);
  });
});
