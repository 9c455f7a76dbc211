import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { batchLayout } from './batches';
import { RunFolder } from './run-folder';
import { openRunData } from './run-data';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const FIRST_RUN = path.join(import.meta.dirname, '../../../models/default/training/1-side64.json');
/** Enough for the moments of Adam to matter, and few, as each takes seconds. */
const STEPS = 6;
const BATCHES = 20;

let runs: TestRuns;
beforeAll(async () => {
  runs = await TestRuns.make();
});
afterAll(() => runs.remove());

/** The first run of the default model, on the test's pictures. */
async function firstRun(name: string): Promise<RunFolder> {
  return runs.start(name, JSON.parse(await readFile(FIRST_RUN, 'utf8')) as Record<string, unknown>);
}

/** Trains up to a step, as someone does who presses Ctrl-C there. */
async function trainUntil(folder: RunFolder, step: number) {
  const stop = new AbortController();
  const run = new RunFolder(folder.folder);
  run.config = async () => ({ ...(await folder.config()), checkpointEvery: 1 });
  run.writeCheckpoint = async (state) => {
    await folder.writeCheckpoint(state);
    if (state.step >= step) stop.abort();
  };
  const runtime = new OnnxRuntime({ threads: 1 });
  return train({ run, runtime, signal: stop.signal });
}

describe('the training of the default model', () => {
  it('draws the same first batches on every machine, bit for bit', async () => {
    const run = await firstRun('batches');
    const config = await run.config();
    const { training } = await openRunData(run, config);
    const hash = createHash('sha256');
    for (let step = 0; step < BATCHES; step++) {
      const batch = await training.draw(step, 0);
      for (const [name] of batchLayout(config)) {
        const { buffer, byteOffset, byteLength } = batch[name] ?? new Float32Array();
        hash.update(new Uint8Array(buffer, byteOffset, byteLength));
      }
    }
    expect(hash.digest('hex')).toBe('9ce856698eaea463a5ccef1e4c69cc723bcac71ec9929ddaed5adbf83bbedc4c');
  });

  it('takes its first steps alike, bit for bit, at once or with a stop between', async () => {
    const whole = await trainUntil(await firstRun('whole'), STEPS);
    const broken = await firstRun('broken');
    await trainUntil(broken, 2);
    const resumed = await trainUntil(broken, STEPS);
    expect(whole.step).toBe(STEPS);
    expect(resumed.generator).toEqual(whole.generator);
    expect(resumed.average).toEqual(whole.average);
  });
});
