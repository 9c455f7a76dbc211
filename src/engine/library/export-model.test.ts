import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { stageGraph } from '../network/inference';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { Random } from '../numeric/random';
import { exportFolder, exportOnnx } from './export-model';
import { type ModelFolder, readModelFolder, readWeights } from '../models/model-folder';
import { writeSmallModel } from '../testing/small-model';

const SIDE = 64;
let root: string;
let model: ModelFolder;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inpaint-export-'));
  const made = root;
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  model = await writeSmallModel(root, 'small');
});

/** Both stages as the program itself runs them. */
async function native(image: Float32Array, hole: Float32Array): Promise<Float32Array> {
  const runtime = new OnnxRuntime({ threads: 2 });
  const run = async (stage: 'coarse' | 'refine', feeds: Record<string, Float32Array>) => {
    const { graph, layout } = stageGraph(model.manifest.architecture, stage, SIDE, SIDE);
    const session = await runtime.compile(graph, { fixed: await readWeights(model, layout) });
    return session.run(feeds);
  };
  const { coarse } = await run('coarse', { image, hole });
  return (await run('refine', { image, hole, source: hole.map((value) => 1 - value), coarse })).refined;
}

it('exports one file that a plain ONNX Runtime session runs, with the numbers of the program itself', async () => {
  const file = path.join(root, 'small.onnx');
  await exportOnnx(model, file, SIDE);
  const session = await InferenceSession.create(file);
  expect(session.inputNames).toEqual(['image', 'mask']);
  expect(session.outputNames).toEqual(['output']);

  const random = new Random(5);
  const image = Float32Array.from({ length: 3 * SIDE * SIDE }, () => random.between(-1, 1));
  const hole = new Float32Array(SIDE * SIDE);
  for (let y = 20; y < 44; y++) hole.fill(1, y * SIDE + 20, y * SIDE + 40);
  const { output } = await session.run({
    image: new Tensor(
      'float32',
      image.map((value) => (value + 1) / 2),
      [1, 3, SIDE, SIDE],
    ),
    mask: new Tensor('float32', hole, [1, 1, SIDE, SIDE]),
  });
  expect(output?.dims).toEqual([1, 3, SIDE, SIDE]);
  const expected = await native(image, hole);
  const got = (output?.data as Float32Array).map((value) => value * 2 - 1);
  const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(worst).toBeLessThan(1e-4);
});

it('names ranges, opset and licence in the file itself', async () => {
  const file = path.join(root, 'small.onnx');
  await exportOnnx(model, file, SIDE);
  const text = (await readFile(file)).toString('latin1');
  for (const words of ['inpaint-studio.adapter', 'RGB, 0 to 1', '1 = hole, 0 = known', 'opset', 'CC0'])
    expect(text).toContain(words);
});

it('refuses a side that the network cannot take', async () => {
  for (const side of [63, 16, 5000])
    await expect(exportOnnx(model, path.join(root, 'x.onnx'), side)).rejects.toMatchObject({ code: 'bad-request' });
});

it('copies a folder whole, and never over another', async () => {
  await exportFolder(model.folder, path.join(root, 'deep', 'copy'));
  expect((await readModelFolder(path.join(root, 'deep', 'copy'))).manifest).toEqual(model.manifest);
  expect(await readdir(path.join(root, 'deep'))).toEqual(['copy']);
  await expect(exportFolder(model.folder, path.join(root, 'deep', 'copy'))).rejects.toThrow('is there already');
  await expect(exportFolder(model.folder, path.join(root, 'no spaces'))).rejects.toThrow('cannot be the name');
});
