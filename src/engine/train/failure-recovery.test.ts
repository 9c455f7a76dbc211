import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import type { StepRecord } from '../../shared/training';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { Runtime } from '../runtime/runtime';
import { keepBest, keptCheckpoints, rollBack } from './checkpoints';
import type { RunFolder } from './run-folder';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const onnx = new OnnxRuntime({ threads: 1 });
const ALONE = { weights: { adversarial: 0 }, batch: 1, optimiser: { warmup: 0 } };

let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

/** A runtime whose generator steps give no numbers at some calls, counted from 1. */
function breaking(broken: (call: number) => boolean): Runtime {
  let calls = 0;
  return {
    ...onnx,
    name: 'breaking',
    label: 'breaking',
    compile: async (graph, options) => {
      const compiled = await onnx.compile(graph, options);
      if (!graph.outputs.has('holeLoss')) return compiled;
      const run: typeof compiled.run = async (feeds) => {
        const results = await compiled.run(feeds);
        return broken(++calls) ? { ...results, gradient: results['gradient'].map(() => NaN) } : results;
      };
      return { run, dispose: () => compiled.dispose() };
    },
  };
}

async function logOf(run: RunFolder): Promise<StepRecord[]> {
  const text = await readFile(path.join(run.folder, 'log.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as StepRecord);
}

describe('a run that breaks', () => {
  it('goes back to its last good checkpoint, at half the rate, and says so', async () => {
    const run = await runs.start('breaks-once', { ...ALONE, steps: 4, checkpointEvery: 2 });
    const state = await train({ run, runtime: breaking((call) => call === 4) });
    expect(state).toMatchObject({ step: 4, rateFactor: 0.5 });
    expect(state.generator.values.every(Number.isFinite)).toBe(true);
    const advice = (await logOf(run)).flatMap((record) => record.advice ?? []);
    expect(advice).toMatchObject([{ kind: 'not-finite', action: 'roll-back' }]);
    expect(advice[0].sentence).toContain('went back to the last good checkpoint');
    expect((await run.checkpoint())?.monitor?.rollBacks).toBe(1);
  });

  it('is stopped when that does not help, with its checkpoint kept', async () => {
    const run = await runs.start('breaks-always', { ...ALONE, steps: 4, checkpointEvery: 2 });
    await expect(train({ run, runtime: breaking((call) => call > 2) })).rejects.toMatchObject({
      code: 'training-data',
      reason: { id: 'gave-up-not-finite' },
    });
    const kept = await run.checkpoint();
    expect(kept?.step).toBe(2);
    expect(kept?.generator.values.every(Number.isFinite)).toBe(true);
  });
});

it('a full disk is survived while training goes on', async () => {
  const run = await runs.start('full', { ...ALONE, steps: 3, checkpointEvery: 1 });
  const { writeCheckpoint } = run;
  run.writeCheckpoint = async (state) => {
    if (state.step === 1) throw new StudioError({ code: 'disk-full', message: 'full', remedy: '' });
    await writeCheckpoint.call(run, state);
  };
  expect((await train({ run, runtime: onnx })).step).toBe(3);
  expect((await logOf(run)).flatMap(({ advice }) => advice?.kind ?? [])).toEqual(['disk-full']);
});

it('keeps the best checkpoint and the latest few, and goes back to one', async () => {
  const validation = { share: 0.6, every: 1, crops: 2 };
  const run = await runs.start('kept', { ...ALONE, steps: 4, checkpointEvery: 1, keepCheckpoints: 2, validation });
  await train({ run, runtime: onnx });
  expect((await keptCheckpoints(run.folder)).map(({ name }) => name)).toEqual(['3', '4', 'best']);
  await rollBack(run.folder, '3');
  expect((await run.checkpoint())?.step).toBe(3);
  const measured = (await logOf(run)).map(({ validation: score }) => score?.holeL1 ?? Infinity);
  await rollBack(run.folder, 'best');
  expect((await run.checkpoint())?.step).toBe(measured.indexOf(Math.min(...measured)) + 1);
  await keepBest(run.folder);
  await keepBest(run.folder);
  expect((await readdir(run.folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  await expect(rollBack(run.folder, '77')).rejects.toMatchObject({ code: 'training-data' });
});
