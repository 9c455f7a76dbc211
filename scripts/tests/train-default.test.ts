import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModelFolder } from '../../src/engine/models/model-folder';
import { generatorLayout } from '../../src/engine/network/inference';
import { trainConfigSchema } from '../../src/engine/train/config';
import { gatherPhotos, listedPhotos, stages, trainArguments } from '../train-default.mjs';

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
    const { architecture } = (await readModelFolder(MODEL)).manifest;
    const { list } = generatorLayout(architecture);
    const configs = await Promise.all(
      stages().map(async ({ run }) => {
        const text = await readFile(path.join(MODEL, 'training', `${run}.json`), 'utf8');
        return trainConfigSchema.parse(JSON.parse(text));
      }),
    );
    for (const config of configs) expect(generatorLayout(config.architecture).list).toEqual(list);
    expect(configs.at(-1)?.architecture).toEqual(architecture);
  });

  it('begins no run with one that comes later', () => {
    const known = new Set<string>();
    for (const { run, ...starts } of stages()) {
      for (const other of Object.values(starts)) expect([...known], run).toContain(other);
      known.add(run);
    }
    expect(known.size).toBeGreaterThan(1);
  });

  it('starts a run from the models before, and goes on with one that was begun', async () => {
    const stage = { run: '6-joined', base: '5', 'coarse-from': '4' };
    const run = { photos: 'photos', out: folder, stage, options: ['--runtime', 'torch'] };
    const begun = path.join(folder, '6-joined');
    expect(trainArguments(run)).toEqual([
      ...['train', 'photos', '--out', begun, '--config', path.join(MODEL, 'training', '6-joined.json')],
      ...['--base', path.join(folder, '5', 'model'), '--coarse-from', path.join(folder, '4', 'model')],
      ...['--runtime', 'torch'],
    ]);
    await mkdir(begun);
    await writeFile(path.join(begun, 'config.json'), '{}');
    expect(trainArguments(run)).toEqual(['train', '--out', begun, '--resume', '--runtime', 'torch']);
  });
});
