import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EngineEventPayload } from '../../shared/bridge';
import { Library } from '../library/library';
import { lamaFile, meanFillFile, oddAdapter } from '../testing/imported-files';
import { builtWorker } from '../testing/built-worker';
import { writeSmallModel } from '../testing/small-model';
import { ModelService } from './model-service';
import { SamplePicture } from '../documents/sample-picture';

const worker = builtWorker('inference-worker');
const WIDTH = 300;
const HEIGHT = 200;
let folder: string;
let library: Library;
let service: ModelService;
let filling = false;
let progress: EngineEventPayload<'library:progress'>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'));
  await mkdir(join(folder, 'own'));
  await writeSmallModel(join(folder, 'shipped'), 'small');
  const sample = join(folder, 'sample.png');
  await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: { r: 90, g: 140, b: 60 } } })
    .png()
    .toFile(sample);
  filling = false;
  progress = [];
  library = new Library({
    roots: [join(folder, 'shipped'), join(folder, 'own')],
    inferenceEntry: worker.entry,
    provider: 'cpu',
  });
  service = serving(sample);
});
afterEach(async () => {
  library.stop();
  await rm(folder, { recursive: true, force: true });
});

function serving(sample: string): ModelService {
  const picture = new SamplePicture(sample);
  return new ModelService({
    library,
    pictures: { whole: () => picture.whole(), patches: () => Promise.resolve([]) },
    busy: () => filling,
    onProgress: (report) => progress.push(report),
    dataFolder: join(folder, 'data'),
  });
}

async function importing(bytes: Uint8Array, name = 'lama.onnx', jobId = 'import', stated = {}) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return service.hostHandlers.importModel({ jobId, path, stated });
}

const names = async () => (await library.models()).map(({ modelId }) => modelId);

describe('importing', () => {
  it('of a known family asks nothing, says how far it is, and finds an id that is free', async () => {
    expect(await importing(lamaFile(64, 255))).toEqual({ kind: 'imported', modelId: 'lama' });
    expect(await importing(lamaFile(64, 255))).toEqual({ kind: 'imported', modelId: 'lama-2' });
    expect(await importing(lamaFile(64, 255), 'small.onnx')).toEqual({ kind: 'imported', modelId: 'small-2' });
    const stages = progress.filter(({ jobId }) => jobId === 'import').map(({ stage }) => stage);
    expect(stages.slice(0, 3)).toEqual(['copying', 'reading', 'trying']);
    const [lama] = (await library.models()).filter(({ modelId }) => modelId === 'lama');
    expect(lama).toMatchObject({
      name: 'lama',
      changeable: true,
      capabilities: { sourceRegion: 'detail', coarse: false },
      imported: { family: 'LaMa', size: '64 x 64' },
    });
  });

  it('asks for what no test tells, with the choices, and goes on with the answer', async () => {
    const odd = oddAdapter('bgr', 64, 64);
    const bytes = meanFillFile(odd, [64, 64]);
    const outcome = await importing(bytes, 'odd.onnx');
    expect(outcome).toEqual({ kind: 'question', asked: [{ property: 'colours', choices: ['rgb', 'bgr'] }] });
    expect(await names()).toEqual(['small']);
    expect(await importing(bytes, 'odd.onnx', 'again', { colours: 'bgr' })).toMatchObject({ kind: 'imported' });
  });

  it('can be stopped, and leaves nothing behind', async () => {
    const end = importing(lamaFile(256, 255));
    await new Promise((resolve) => setTimeout(resolve, 30));
    void service.windowHandlers.cancelModelJob({ jobId: 'import' });
    await expect(end).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(join(folder, 'own'))).toEqual([]);
  });

  it('can be stopped before the order to begin has come', async () => {
    void service.windowHandlers.cancelModelJob({ jobId: 'early' });
    await expect(importing(lamaFile(64, 255), 'lama.onnx', 'early')).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('names the file and the remedy when it refuses', async () => {
    await expect(importing(new TextEncoder().encode('<html>'), 'page.onnx')).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('page.onnx'),
      remedy: expect.stringMatching(/./),
    });
  });
});

describe('a model', () => {
  const trying = (jobId: string, again = false) =>
    Promise.resolve(service.windowHandlers.tryModel({ jobId, documentId: null, modelId: 'small', again }));

  it('is tried on the picture: a look, and how long it takes, which is remembered', async () => {
    const filled = await trying('try');
    expect([filled.width, filled.height, filled.pixels.length]).toEqual([HEIGHT, HEIGHT, HEIGHT * HEIGHT * 4]);
    expect([...filled.pixels.subarray(0, 4)], 'outside the hole it is the picture').toEqual([90, 140, 60, 255]);
    expect(filled.provider).toBe('cpu');
    expect(filled.seconds).toBeGreaterThan(0);
    const kept = JSON.parse(await readFile(join(folder, 'data', 'model-speeds.json'), 'utf8')) as object;
    expect(Object.keys(kept)).toHaveLength(1);

    service = serving(join(folder, 'sample.png'));
    expect((await trying('later')).measuredAt).toBe(filled.measuredAt);
    expect((await trying('again', true)).measuredAt).toBeGreaterThan(filled.measuredAt);
  });

  it('waits while a fill runs, and can be stopped then', async () => {
    filling = true;
    const end = trying('try');
    await expect.poll(() => progress.map(({ stage }) => stage), { timeout: 60_000 }).toEqual(['waiting']);
    void service.windowHandlers.cancelModelJob({ jobId: 'try' });
    await expect(end).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('that comes with the program stays as it is; a copy is named, described and removed', async () => {
    const { renameModel, describeModel, duplicateModel, removeModel } = service.windowHandlers;
    await expect(renameModel({ modelId: 'small', name: 'Mine' })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(removeModel({ modelId: 'small' })).rejects.toMatchObject({ code: 'bad-request' });
    const { modelId } = await duplicateModel({ modelId: 'small', name: 'Copy' });
    await renameModel({ modelId, name: 'Walls' });
    await describeModel({ modelId, speciality: 'texture', origin: null });
    const copy = (await library.models()).find((model) => model.modelId === modelId);
    expect(copy).toMatchObject({ name: 'Walls', speciality: 'texture', changeable: true });
    await expect(library.generator(modelId)).resolves.toMatchObject({ id: modelId });
    await removeModel({ modelId });
    expect(await names()).toEqual(['small']);
  });

  it('made elsewhere counts as usable for commercial work only with licence and source', async () => {
    await importing(lamaFile(64, 255));
    const describeIt = (licence: string, source: string) =>
      service.windowHandlers.describeModel({
        modelId: 'lama',
        speciality: 'structure',
        origin: { licence, source, commercialUse: true },
      });
    await expect(describeIt('Apache-2.0', '')).rejects.toMatchObject({ code: 'bad-request' });
    await describeIt('Apache-2.0', 'https://example.org');
    const [lama] = (await library.models()).filter(({ modelId }) => modelId === 'lama');
    expect(lama).toMatchObject({ speciality: 'structure', imported: { commercialUse: true } });
  });

  it('is exported as a folder and as one file that comes back as a model', async () => {
    const { exportModel } = service.hostHandlers;
    await exportModel({ what: { as: 'folder', modelId: 'small' }, path: join(folder, 'taken') });
    expect(await readdir(join(folder, 'taken'))).toEqual(['model.json', 'weights.safetensors']);
    const path = join(folder, 'taken.onnx');
    await exportModel({ what: { as: 'onnx', modelId: 'small', side: 64 }, path });
    expect(await service.hostHandlers.importModel({ jobId: 'back', path, stated: {} })).toMatchObject({
      kind: 'imported',
    });
  });
});

it('proposes models for a place by what surrounds it and by what was chosen there', async () => {
  await importing(lamaFile(64, 255));
  const hole = { box: { x: 100, y: 60, width: 40, height: 40 }, bits: new Uint8Array(5 * 40).fill(255) };
  const propose = () => Promise.resolve(service.windowHandlers.proposeModels({ documentId: 'd', layers: [], hole }));
  const { measured, proposals } = await propose();
  expect(measured).toMatchObject({ green: 1, edges: 0, grain: 0 });
  expect(proposals.map(({ modelId }) => modelId).sort()).toEqual(['lama', 'small']);
  await service.windowHandlers.modelChosen({ placeId: 'place', measured, modelId: 'small' });
  await service.windowHandlers.modelChosen({ placeId: 'place', measured, modelId: 'lama' });
  service = serving(join(folder, 'sample.png'));
  expect((await propose()).proposals[0]).toMatchObject({ modelId: 'lama', chosen: 1 });
});
