import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPromise } from 'yauzl';
import { sharp } from '../image/sharp';
import { Random } from '../numeric/random';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { clusterFolder } from '../runtime/torch/python';
import { FEATURE_WEIGHTS, FeatureRuns } from '../testing/feature-runs';
import { torch } from '../testing/torch';
import { trainAway } from './away';
import { packRun } from './away-pack';
import { keptCheckpoints } from './checkpoints';
import type { RunFolder } from './run-folder';
import { train } from './trainer';

let runs: FeatureRuns;
beforeAll(async () => void (runs = await FeatureRuns.make()));
afterAll(() => runs.remove());
afterEach(() => vi.unstubAllEnvs());

function create(name: string, changes: Record<string, unknown> = {}): Promise<RunFolder> {
  const validation = { share: 0.5, every: 2, crops: 2 };
  return runs.create(name, { batch: 2, steps: 4, discount: 1, validation, ...changes });
}

async function namesIn(file: string): Promise<string[]> {
  const zip = await openPromise(file);
  const names: string[] = [];
  for await (const { fileName } of zip.eachEntry()) names.push(fileName);
  return names;
}

describe('a pack', () => {
  it('holds code, graphs, plan, weights and crops of what is trained on, within its limit', async () => {
    const run = await create('packed');
    const file = path.join(runs.folder, 'pack.zip');
    const { crops, bytes } = await packRun(run, file, { masks: 4 });
    const names = await namesIn(file);
    expect(names).toEqual(expect.arrayContaining(['cluster/away.py', 'run/graphs/criticStep.json', 'run/pack.plan']));
    expect(names).toEqual(expect.arrayContaining(['run/checkpoint.safetensors', 'run/features.safetensors']));
    expect(names.filter((name) => name.startsWith('run/pictures/'))).toHaveLength(crops);
    expect((await stat(file)).size).toBe(bytes);
    const { crops: fewer } = await packRun(run, file, { masks: 4, megabytes: 0.005 });
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(crops);
  });

  it('is refused for a run that needs what it does not hold', async () => {
    const run = await create('unfit', { discount: 0.99, weights: { ...FEATURE_WEIGHTS, adversarial: 0.001 } });
    const refused: unknown = await packRun(run, path.join(runs.folder, 'none.zip')).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: 'bad-request', reason: { id: 'away-unfit' } });
    expect(String(refused)).toContain('weights.adversarial, discount');
  });
});

describe('a run that is sent where nothing answers', () => {
  it('is as it was, and what was said is told', async () => {
    const run = await create('lost');
    const before = await run.checkpoint();
    const away = trainAway(run, {
      ...{ through: ['sh', '-c', 'echo no route >&2; exit 3 #'], python: 'python3', minutes: 1, masks: 1 },
    });
    await expect(away).rejects.toMatchObject({ reason: { id: 'away-lost' } });
    await expect(away).rejects.toThrow('no route');
    expect(await run.checkpoint()).toEqual(before);
  });
});

describe.skipIf(torch === null)('a run that is trained away', () => {
  const python = torch?.python ?? '';
  const away = (run: RunFolder, minutes: number, lines: string[] = []) =>
    trainAway(run, {
      ...{ through: ['sh', '-c'], python, minutes, masks: 8, settings: ['--device', 'cpu', '--threads', '1'] },
      onLine: (line) => lines.push(line),
    });

  it('comes back with weights and log, measured as here, and goes on anywhere', async () => {
    const run = await create('travels');
    const lines: string[] = [];
    const state = await away(run, 5, lines);
    expect(state.step).toBe(4);
    expect(await run.checkpoint()).toEqual(state);
    expect(lines.join('\n')).toContain('stopped after step 4');
    const records = await run.records();
    expect(records.map(({ step }) => step)).toEqual([2, 4]);
    for (const { losses, validation } of records) {
      expect(Object.values(losses).every(Number.isFinite)).toBe(true);
      expect(losses).toHaveProperty('projectedCriticLoss');
      expect(validation?.perceptual).toBeGreaterThan(0);
    }
    expect((await keptCheckpoints(run.folder)).map(({ name }) => name)).toContain('best');
    const longer = { ...(await run.config()), steps: 5 };
    await writeFile(path.join(run.folder, 'config.json'), JSON.stringify(longer));
    expect((await train({ run, runtime: new OnnxRuntime({ threads: 1 }) })).step).toBe(5);
  });

  it('stops when its time is up, with what was learnt until then', async () => {
    const run = await create('short', { steps: 10_000 });
    const { step } = await away(run, 0.15);
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(10_000);
    expect((await away(run, 1e-9)).step).toBe(step);
  });

  it('sees the pictures that the program has packed', async () => {
    const random = new Random(3);
    const [width, height] = [61, 47];
    const samples = Buffer.from(
      Array.from({ length: 3 * width * height }, (_, i) => 128 + 90 * Math.sin(i / 40) + random.between(-20, 20)),
    );
    const file = path.join(runs.folder, 'seen.jpg');
    await sharp(samples, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85, chromaSubsampling: '4:4:4' })
      .toFile(file);
    const program = [
      'import sys, torch',
      'from jpeg import read_coefficients, to_picture',
      'picture = to_picture(read_coefficients(open(sys.argv[1], "rb").read()), torch.device("cpu"))',
      'sys.stdout.write(" ".join(map(str, picture.permute(1, 2, 0).reshape(-1).tolist())))',
    ].join('\n');
    const options = { cwd: clusterFolder(), maxBuffer: 1e7 };
    const { stdout } = await promisify(execFile)(python, ['-c', program, file], options);
    const found = stdout.split(' ').map(Number);
    const expected = await sharp(await readFile(file))
      .raw()
      .toBuffer();
    const apart = [...expected].map((value, i) => Math.abs(value - found[i]));
    expect(found).toHaveLength(3 * width * height);
    // Decoders may round otherwise, colours three times.
    expect(Math.max(...apart)).toBeLessThanOrEqual(8);
    expect(apart.reduce((sum, value) => sum + value, 0) / apart.length).toBeLessThan(0.7);
  });
});
