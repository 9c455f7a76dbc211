import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatorLayout } from '../network/inference';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { BatchMaker } from './batches';
import { type TrainConfig, trainConfigSchema } from './config';
import { PictureFolder } from './dataset';
import { Random } from '../numeric/random';
import { decodeState, encodeState, RunFolder } from './run-folder';
import { train } from './trainer';

let folder: string;
let photos: string;
const runtime = new OnnxRuntime({ threads: 1 });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'train-'));
  photos = path.join(folder, 'photos');
  const random = new Random(1);
  for (let i = 0; i < 4; i++) {
    const [width, height] = [random.integer(70, 120), random.integer(70, 120)];
    const samples = Buffer.alloc(width * height * 3);
    for (let p = 0; p < samples.length; p++) {
      const x = Math.floor(p / 3) % width;
      samples[p] = 60 + 40 * i + 30 * Math.sin(x / (9 + i)) + random.between(-4, 4);
    }
    const file = path.join(photos, i % 2 === 0 ? 'a' : 'b/c', `${i}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await sharp(samples, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file);
  }
  await writeFile(path.join(photos, 'broken.jpg'), 'this is no picture');
  await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
    .png()
    .toFile(path.join(photos, 'small.png'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function config(changes: Record<string, unknown> = {}): TrainConfig {
  return trainConfigSchema.parse({
    architecture: { width: 2, prior: 'pull-push' },
    side: 32,
    batch: 2,
    steps: 4,
    checkpointEvery: 100,
    criticSteps: 2,
    seed: 7,
    ...changes,
  });
}

async function startRun(name: string, changes: Record<string, unknown> = {}): Promise<RunFolder> {
  const run = new RunFolder(path.join(folder, name));
  await run.create(config(changes), photos);
  return run;
}

describe('the folder of pictures', () => {
  it('finds nested pictures, leaves out what it cannot use and says why', async () => {
    const pictures = await PictureFolder.open(photos, 32, 100);
    expect(pictures.files).toHaveLength(6);
    for (let i = 0; i < pictures.files.length; i++) await pictures.picture(i);
    expect(pictures.skipped.map(({ file }) => file)).toEqual(['broken.jpg', 'small.png']);
    expect(pictures.skipped[1].error.message).toContain('20 x 20');
  });

  it('refuses a folder without a usable picture', async () => {
    await expect(PictureFolder.open(path.join(folder, 'nowhere'), 32, 100)).rejects.toMatchObject({
      code: 'training-data',
    });
    const pictures = await PictureFolder.open(photos, 500, 100);
    const maker = new BatchMaker(config(), pictures);
    await expect(maker.draw(0, 0)).rejects.toMatchObject({ code: 'training-data' });
  });

  it('gives the same batch whatever was drawn before', async () => {
    const maker = async () => new BatchMaker(config(), await PictureFolder.open(photos, 32, 100));
    const early = await (await maker()).draw(5, 1);
    const other = await maker();
    await other.draw(3, 0);
    await other.draw(5, 2);
    expect(await other.draw(5, 1)).toEqual(early);
  });
});

describe('training', () => {
  it('lowers the loss on a few pictures', async () => {
    const losses: number[] = [];
    const run = await startRun('learns', {
      architecture: { width: 4, prior: 'none' },
      steps: 100,
      weights: { adversarial: 0 },
      optimiser: { rate: 2e-3, warmup: 5 },
    });
    await train({ run, runtime, onRecord: ({ step, losses: { loss } }) => step % 20 === 0 && losses.push(loss) });
    expect(losses).toHaveLength(5);
    expect(losses[4]).toBeLessThan(0.7 * losses[0]);
  });

  it('resumed twice gives the weights of an unbroken run, bit for bit, critics included', async () => {
    const whole = await train({ run: await startRun('whole'), runtime });
    const broken = await startRun('broken');
    for (const stopAt of [1, 3]) {
      const stop = new AbortController();
      const counted = stopAfter(broken, stopAt, stop);
      await train({ run: counted, runtime, signal: stop.signal });
      expect((await broken.checkpoint())?.step).toBe(stopAt);
    }
    const resumed = await train({ run: broken, runtime });
    expect(resumed.step).toBe(4);
    expect(resumed.generator).toEqual(whole.generator);
    expect(resumed.average).toEqual(whole.average);
    expect(resumed.critic).toEqual(whole.critic);
  });

  it('starts from the values of another model', async () => {
    const layout = generatorLayout(config().architecture);
    const base = new Float32Array(layout.size).fill(0.01);
    const stop = new AbortController();
    stop.abort();
    const state = await train({ run: await startRun('based'), runtime, base, signal: stop.signal });
    expect(state.generator.values).toEqual(base);
  });

  it('writes a log of losses', async () => {
    const run = await startRun('logged', { steps: 1, weights: { adversarial: 0.001 } });
    await train({ run, runtime });
    const [line] = (await readFile(path.join(run.folder, 'log.jsonl'), 'utf8')).trim().split('\n');
    const record = JSON.parse(line) as { step: number; losses: Record<string, number> };
    expect(record.step).toBe(1);
    for (const name of [
      'holeLoss',
      'coarseLoss',
      'knownLoss',
      'adversarialLoss',
      'criticLoss',
      'penalty',
      'gradientNorm',
    ]) {
      expect(record.losses[name], name).toEqual(expect.any(Number));
    }
  });

  it('says which file of a damaged run cannot be used', async () => {
    const run = await startRun('damaged');
    await writeFile(path.join(run.folder, 'checkpoint.safetensors'), Buffer.alloc(30));
    await expect(train({ run, runtime })).rejects.toMatchObject({
      code: 'training-data',
      file: path.join(run.folder, 'checkpoint.safetensors'),
    });
  });
});

/** The run, aborted as soon as the training asks for what follows step `steps`. */
function stopAfter(run: RunFolder, steps: number, stop: AbortController): RunFolder {
  const counted = new RunFolder(run.folder);
  counted.config = async () => ({ ...(await run.config()), checkpointEvery: 1 });
  counted.writeCheckpoint = async (state) => {
    await run.writeCheckpoint(state);
    if (state.step >= steps) stop.abort();
  };
  return counted;
}

describe('a checkpoint', () => {
  it('survives encoding bit for bit', () => {
    const random = new Random(3);
    const vector = () => Float32Array.from({ length: 50 }, () => random.normal() * 1e-5);
    const state = {
      step: 12,
      seconds: 3.5,
      generator: { values: vector(), mean: vector(), variance: vector() },
      average: vector(),
    };
    expect(decodeState(encodeState(state))).toEqual(state);
  });
});
