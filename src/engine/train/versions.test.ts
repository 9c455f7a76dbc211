import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeTensors, type TensorFile } from '../files/safetensors';
import { RunFolder } from './run-folder';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-versions-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Configurations with which the default model was trained, by the programs of their time. */
const EARLIER = join(import.meta.dirname, '..', '..', '..', 'models', 'default', 'training');

describe('runs of other versions', () => {
  it('opens the configuration of every run that made the default model', async () => {
    const names = (await readdir(EARLIER)).filter((name) => /^\d-.*\.json$/.test(name));
    expect(names.length).toBeGreaterThanOrEqual(8);
    for (const name of names) {
      const text = await readFile(join(EARLIER, name), 'utf8');
      await writeFile(join(folder, 'config.json'), text);
      const { steps } = JSON.parse(text) as { steps: number };
      expect((await new RunFolder(folder).config()).steps, name).toBe(steps);
    }
  });

  it('goes on from the checkpoints of every earlier program', async () => {
    const one = { shape: [2], values: Float32Array.of(1, 2) };
    const network = (name: string) => ({ [name]: one, [`${name}.mean`]: one, [`${name}.variance`]: one });
    const generator = { ...network('generator'), 'generator.average': one };
    const counts = { wonLines: 3, best: 4.5, worse: 0, lowered: 0, rollBacks: 1, failedAt: 7 };
    const watch = JSON.stringify({ generatorNorms: [1], criticNorms: [2], ...counts });
    // The first trainer's; that which watched for failures; that whose critics remember something.
    const earlier: readonly TensorFile[] = [
      { metadata: { step: '12', seconds: '3.5' }, tensors: { ...generator, ...network('critic') } },
      { metadata: { step: '12', seconds: '3.5', rateFactor: '0.5', watch }, tensors: generator },
      {
        metadata: { step: '12', seconds: '3.5', watch },
        tensors: { ...generator, ...network('critic'), 'critic.state': one },
      },
    ];
    for (const checkpoint of earlier) {
      await writeFile(join(folder, 'checkpoint.safetensors'), encodeTensors(checkpoint));
      const state = await new RunFolder(folder).checkpoint();
      expect(state).toMatchObject({ step: 12, seconds: 3.5, average: one.values });
      expect(state?.generator.variance).toEqual(one.values);
      expect(state?.critic === undefined).toBe(!('critic' in checkpoint.tensors));
      if ('watch' in checkpoint.metadata) expect(state?.monitor).toMatchObject(counts);
    }
  });

  it('refuses one that was made by a newer version, and changes nothing', async () => {
    const config = JSON.stringify({ version: 2, steps: 'as many as it takes' });
    await writeFile(join(folder, 'config.json'), config);
    await expect(new RunFolder(folder).config()).rejects.toMatchObject({
      code: 'training-data',
      reason: { id: 'run-newer', parameters: { version: 2, most: 1 } },
      message: expect.stringContaining('made by a newer version'),
    });
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe(config);
    expect(await readdir(folder)).toEqual(['config.json']);
  });
});
