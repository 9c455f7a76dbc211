import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModelFolder } from '../../src/engine/library/model-folder';
import { writeSmallModel } from '../../src/engine/library/test-models';
import { generatorLayout } from '../../src/engine/network/inference';
import { trainConfigSchema } from '../../src/engine/train/config';
import { exchangePrior, gatherPhotos, listedPhotos, stages, trainArguments } from '../train-default.mjs';

const MODEL = path.join(import.meta.dirname, '..', '..', 'models', 'default');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'train-default-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('training the default model anew', () => {
  it('takes the listed photographs and no others', async () => {
    const from = path.join(folder, 'all');
    await mkdir(from);
    for (const name of ['a.jpg', 'b.jpg', 'unlisted.jpg']) await writeFile(path.join(from, name), name);
    const to = path.join(folder, 'photos');
    gatherPhotos(from, ['a.jpg', 'b.jpg'], to);
    gatherPhotos(from, ['a.jpg', 'b.jpg'], to);
    expect(await readdir(to)).toEqual(['a.jpg', 'b.jpg']);
  });

  it('names what is missing and makes nothing', () => {
    const to = path.join(folder, 'photos');
    expect(() => gatherPhotos(folder, ['gone.jpg'], to)).toThrow(/1 of 1 photographs: gone\.jpg.*PHOTOS\.tsv/);
    expect(existsSync(to)).toBe(false);
  });

  it('lists photographs with a licence that a shipped model may learn from', async () => {
    const list = await readFile(path.join(MODEL, 'PHOTOS.tsv'), 'utf8');
    const names = listedPhotos(list);
    expect(names.length).toBeGreaterThan(600);
    expect(new Set(names).size).toBe(names.length);
    expect(list).not.toMatch(/\bL?GPL/);
  });

  it('knows valid configurations for every run, with the parameters of the architecture that is shipped', async () => {
    const { list } = generatorLayout((await readModelFolder(MODEL)).manifest.architecture);
    expect(stages().length).toBeGreaterThan(0);
    for (const stage of stages()) {
      const text = await readFile(path.join(MODEL, 'training', `${stage}.json`), 'utf8');
      expect(generatorLayout(trainConfigSchema.parse(JSON.parse(text)).architecture).list, stage).toEqual(list);
    }
  });

  it('ends with the weights that were trained under the architecture that is shipped', async () => {
    const trained = await writeSmallModel(folder, 'trained');
    const shipped = { ...trained.manifest.architecture, prior: 'harmonic', residual: 'hole' };
    await mkdir(path.join(folder, 'shipped'));
    await writeFile(path.join(folder, 'shipped', 'model.json'), JSON.stringify({ architecture: shipped }));
    const to = path.join(folder, 'model');
    exchangePrior(trained.folder, path.join(folder, 'shipped'), to);
    const { manifest } = await readModelFolder(to);
    expect(manifest).toEqual({ ...trained.manifest, architecture: shipped });
    expect(await readFile(path.join(to, 'weights.safetensors'))).toEqual(
      await readFile(path.join(trained.folder, 'weights.safetensors')),
    );
  });

  it('starts a run from the model before, and goes on with one that was begun', async () => {
    const run = { photos: 'photos', out: folder, stage: '2', previous: '1', options: ['--runtime', 'torch'] };
    expect(trainArguments(run)).toEqual([
      ...['train', 'photos', '--out', path.join(folder, '2')],
      ...['--config', path.join(MODEL, 'training', '2.json')],
      ...['--base', path.join(folder, '1', 'model'), '--runtime', 'torch'],
    ]);
    await mkdir(path.join(folder, '2'));
    await writeFile(path.join(folder, '2', 'config.json'), '{}');
    expect(trainArguments(run)).toEqual(['train', '--out', path.join(folder, '2'), '--resume', '--runtime', 'torch']);
  });
});
