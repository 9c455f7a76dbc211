import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { applyPatches } from '../image/patches';
import { fillHole } from '../inpaint/fill-hole';
import { InferenceProcess } from '../inference/inference-process';
import { memoryOf } from '../process/process-memory';
import { trialPicture } from './adapter-trial';
import { exportOnnx } from './export-model';
import type { Generator } from '../inpaint/generator';
import { importOnnx, type OnnxImport } from './import-onnx';
import { readAnyModel, readModelFolder } from '../models/model-folder';
import { OnnxGenerator } from './onnx-generator';
import { OwnGenerator } from './own-generator';
import { lamaFile, largeFile, message } from '../testing/imported-files';
import { builtWorker } from '../testing/built-worker';
import { writeSmallModel } from '../testing/small-model';

/** What comes with the program. */
const DEFAULT = path.join(import.meta.dirname, '..', '..', '..', 'models', 'default');

const worker = builtWorker('inference-worker');
let root: string;
let inference: InferenceProcess;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inpaint-imported-'));
  inference = new InferenceProcess(worker.entry, { bytes: 1.5 * 2 ** 30, seconds: 60 });
});
afterAll(async () => {
  inference.stop();
  await rm(root, { recursive: true, force: true });
});

let count = 0;
async function imported(bytes: Uint8Array, change: Partial<OnnxImport> = {}) {
  const id = `model-${++count}`;
  const file = path.join(root, `${id}.onnx`);
  await writeFile(file, bytes);
  return importOnnx({ file, root: path.join(root, 'models'), id, stated: {}, ...change }, inference, 'cpu');
}

describe('an imported model', () => {
  it('says where it comes from, and is usable for commercial work only then', async () => {
    const bytes = lamaFile(128, 255);
    await expect(imported(bytes, { commercialUse: true, licence: 'Apache-2.0' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    const origin = { commercialUse: true, licence: 'Apache-2.0', source: 'https://example.org/lama' };
    const { folder } = await imported(bytes, origin);
    expect((await readAnyModel(folder)).manifest).toMatchObject({
      commercialUse: true,
      source: origin.source,
      licence: { weights: 'Apache-2.0' },
    });
  });

  it('is not run once its file has changed', async () => {
    const model = await imported(lamaFile(64, 255));
    const file = path.join(model.folder, 'model.onnx');
    const bytes = await readFile(file);
    await writeFile(file, Buffer.concat([bytes, message([2, 'changed'])]));
    const fresh = new InferenceProcess(worker.entry);
    const attempt = new OnnxGenerator(model, fresh, 'cpu').refine(
      { ...trialPicture(64, 64), source: new Float32Array(4096) },
      new Float32Array(),
    );
    await expect(attempt).rejects.toThrow(/checksum differs/);
    fresh.stop();
  });

  it('fills a photo through the same pipeline, at its own size', async () => {
    const { manifest, ...rest } = await imported(lamaFile(128, 255));
    const generator = new OnnxGenerator({ manifest, ...rest }, inference, 'cpu');
    const filled = await fill(generator, 300, 200, { x: 120, y: 80, width: 60, height: 40 });
    expect(filled.worst).toBeLessThan(12);
  });
});

it('imports 200 MB without keeping others waiting, and alternates two such models in bounded memory', async () => {
  const own = new InferenceProcess(worker.entry, { bytes: 3 * 2 ** 30, seconds: 120 });
  const files = [path.join(root, 'large-a.onnx'), path.join(root, 'large-b.onnx')];
  await Promise.all(files.map((file) => writeFile(file, largeFile(208))));
  let latest = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - latest);
    latest = performance.now();
  }, 5);
  const models = [];
  for (const file of files)
    models.push(await importOnnx({ file, root: path.join(root, 'models'), stated: {} }, own, 'cpu'));
  clearInterval(beat);
  expect(models[0]?.bytes).toBeGreaterThan(2e8);
  expect(longest).toBeLessThan(800);

  const input = { ...trialPicture(64, 64), source: new Float32Array(4096) };
  const taken: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    for (const model of models) await new OnnxGenerator(model, own, 'cpu').refine(input, new Float32Array());
    taken.push((await memoryOf(own.pid ?? 0)) ?? 0);
  }
  own.stop();
  const megabytes = taken.map((bytes) => Math.round(bytes / 1e6));
  console.log(`longest wait during the imports: ${longest.toFixed(0)} ms; MB after each turn: ${megabytes.join(' ')}`);
  expect((taken[9] ?? 0) - (taken[1] ?? 0)).toBeLessThan(64 * 2 ** 20);
});

describe('the default kind of model, exported and imported again', () => {
  it.each(['small', 'default'])('%s gives the same fill as the native path, to 1e-4', async (id) => {
    const own = id === 'small' ? await writeSmallModel(path.join(root, 'own'), id) : await readModelFolder(DEFAULT);
    const file = path.join(root, `exported-${id}.onnx`);
    await exportOnnx(own, file, 128);
    const model = await importOnnx({ file, root: path.join(root, 'models'), stated: {} }, inference, 'cpu');
    const licence = { weights: own.manifest.licence.weights };
    expect(model.manifest).toMatchObject({ family: 'inpaint-studio', licence });

    const { image, hole, width, height } = trialPicture(128, 128);
    const blank = image.map((value, i) => (hole[i % hole.length] === 1 ? 0 : value));
    const input = { width, height, image: blank, hole, source: hole.map((value) => 1 - value) };
    const native = new OwnGenerator(own, inference, 'cpu');
    const expected = await native.refine(input, await native.coarse(input));
    const found = await new OnnxGenerator(model, inference, 'cpu').refine(input, new Float32Array());
    // The native path makes the hole's pixels and their surroundings alone.
    const off = found.image.map((value, i) => (hole[i % hole.length] === 1 ? Math.abs(value - expected.image[i]) : 0));
    const worst = off.reduce((most, value) => Math.max(most, value));
    expect(worst).toBeLessThan(1e-4);
  });
});

/** Fills a box in a picture of a gentle gradient. @returns the largest difference from the gradient, of 255 */
async function fill(
  generator: Generator,
  width: number,
  height: number,
  box: { x: number; y: number; width: number; height: number },
) {
  const samples = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => 80 + (i % 3) * 30 + Math.floor(((i / 3) % width) / 10),
  );
  const hole = new BitPlane(width, height);
  for (let y = box.y; y < box.y + box.height; y++) for (let x = box.x; x < box.x + box.width; x++) hole.set(x, y, true);
  const picture = { width, height, channels: 3, depth: 8, samples } as const;
  const patches = await fillHole({ picture, hole, source: null, generator, workingSize: 512 });
  const result = applyPatches({ ...picture, origin: { grey: false } } as never, patches);
  const worst = samples.reduce((most, value, i) => Math.max(most, Math.abs(value - (result[i] ?? 0))), 0);
  return { worst };
}
