import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { architectureSchema } from '../network/architecture';
import { generatorLayout } from '../network/inference';
import { initialise } from '../network/parameters';
import { readAnyModel, readWeights, writeModelFolder } from './model-folder';
import { Random } from '../numeric/random';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'model-versions-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('models of other versions', () => {
  it('opens the one that the first program wrote, whose architecture named but its width', async () => {
    const folder = join(home, 'first');
    const architecture = architectureSchema.parse({ width: 4 });
    const layout = generatorLayout(architecture);
    const random = new Random(1);
    const weights = layout.split(initialise(layout, () => random.normal()));
    const about = { name: 'First', description: '', licence: { weights: 'CC0', data: [] }, training: {} };
    await writeModelFolder(folder, { ...about, architecture }, layout, weights);
    const file = join(folder, 'model.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...manifest, architecture: { width: 4 } }));
    const model = await readAnyModel(folder);
    if ('kind' in model) throw new Error('it was taken for an imported one');
    expect(model.manifest.architecture).toEqual(architecture);
    expect(Object.keys(await readWeights(model, layout))).toEqual(Object.keys(weights));
  });

  it('opens the default model as it was published', async () => {
    const model = await readAnyModel(join(import.meta.dirname, '..', '..', '..', 'models', 'default'));
    expect(model.manifest.version).toBe(1);
  });

  it.each([3, 99])('refuses format %i as made by a newer version, and changes nothing', async (version) => {
    const folder = join(home, 'newer');
    await mkdir(folder);
    const manifest = JSON.stringify({ format: 'inpaint-studio-model', version, kind: 'hologram', weights: ['a', 'b'] });
    await writeFile(join(folder, 'model.json'), manifest);
    await expect(readAnyModel(folder)).rejects.toMatchObject({
      code: 'model-broken',
      reason: { id: 'model-newer', parameters: { name: 'newer', version, most: 2 } },
      message: expect.stringContaining('made by a newer version'),
    });
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe(manifest);
    expect(await readdir(folder)).toEqual(['model.json']);
  });
});
