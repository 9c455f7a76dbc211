import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '../image/sharp';
import { forkProcess } from '../process/started-process';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { SkippedFile } from './picture-files';
import { Prefetcher } from './prefetcher';
import { openRunData } from './run-data';
import type { RunFolder } from './run-folder';
import { type BuiltEntries, buildEntries } from '../testing/built-entries';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const runtime = new OnnxRuntime({ threads: 1 });
let runs: TestRuns;
let built: BuiltEntries;
const startBatches = () => forkProcess(built.file('train-batches'));
beforeAll(async () => {
  runs = await TestRuns.make();
  built = await buildEntries({ 'train-batches': 'batch-worker.ts' });
});
afterAll(() => Promise.all([runs.remove(), built.remove()]));

async function ahead(run: RunFolder, skipped: SkippedFile[] = []): Promise<Prefetcher> {
  return new Prefetcher(startBatches, run.folder, await run.config(), (file) => skipped.push(file));
}

describe('batches drawn ahead in a process of their own', () => {
  it('are those drawn in turn, also when the run goes back and when it skips', async () => {
    const run = await runs.start('same', { steps: 9 });
    const { training } = await openRunData(run, await run.config());
    const batches = await ahead(run);
    const places = [[0, 1], [0, 2], [0, 0], [1, 1], [0, 0], [0, 1], [8, 2], [8, 0], [7, 0]] as const; // prettier-ignore
    try {
      for (const [step, substep] of places)
        expect(await batches.take(step, substep), `${step}/${substep}`).toEqual(await training.draw(step, substep));
    } finally {
      await batches.close();
    }
  });

  it('are ready when a step asks after a while', async () => {
    const run = await runs.start('ready', { steps: 50 });
    const batches = await ahead(run);
    try {
      await batches.take(0, 1);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      batches.takeWaiting();
      const start = performance.now();
      for (const substep of [2, 0]) await batches.take(0, substep);
      const waited = performance.now() - start;
      expect(batches.takeWaiting()).toBeLessThanOrEqual(1);
      expect(waited).toBeLessThan(100);
    } finally {
      await batches.close();
    }
  });

  it('give the training of batches drawn in turn bit for bit, stopped and resumed', async () => {
    const whole = await train({ run: await runs.start('in-turn'), runtime });
    const run = await runs.start('ahead', { checkpointEvery: 1 });
    const stop = new AbortController();
    const writeCheckpoint = run.writeCheckpoint.bind(run);
    run.writeCheckpoint = async (state) => {
      await writeCheckpoint(state);
      if (state.step === 2) stop.abort();
    };
    await train({ run, runtime, startBatches, signal: stop.signal });
    expect((await run.checkpoint())?.step).toBe(2);
    const resumed = await train({ run, runtime, startBatches });
    expect(resumed.generator).toEqual(whole.generator);
    expect(resumed.critic).toEqual(whole.critic);
  });

  it('say what is wrong with the pictures: one by its name, all of them by an error', async () => {
    const pictures = await TestRuns.make();
    try {
      const run = await pictures.start('pictures');
      await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
        .png()
        .toFile(path.join(pictures.photos, 'small.png'));
      const skipped: SkippedFile[] = [];
      await train({ run, runtime, startBatches, onSkipped: (file) => skipped.push(file) });
      expect(skipped.map(({ file }) => file)).toEqual(['small.png']);

      for (const name of ['0', '1', '2', '3']) await rm(path.join(pictures.photos, `${name}.png`));
      const batches = await ahead(run);
      await expect(batches.take(0, 1)).rejects.toMatchObject({ code: 'training-data' });
      await batches.close();
      await expect(batches.take(0, 1)).rejects.toThrow('ended');
    } finally {
      await pictures.remove();
    }
  });
});
