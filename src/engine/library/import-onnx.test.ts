import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { applyPatches } from '../image/patches';
import { fillHole } from '../inpaint/fill-hole';
import { InferenceProcess } from '../runtime/onnx/inference-process';
import { memoryOf } from '../runtime/onnx/process-memory';
import { type Adapter, plainAdapter } from './adapter';
import type { Stated } from './adapter-guess';
import { trialPicture } from './adapter-trial';
import { exportOnnx } from './export-model';
import type { Generator } from './generator';
import { importOnnx, type OnnxImport } from './import-onnx';
import { readAnyModel } from './model-folder';
import { OnnxGenerator } from './onnx-generator';
import { OwnGenerator } from './own-generator';
import { fileOf, lamaFile, meanFillFile, message, nodeOf, usual, valueInfo } from './test-foreign';
import { builtInferenceWorker } from './test-inference';
import { writeSmallModel } from './test-models';

const worker = builtInferenceWorker();
let root: string;
let inference: InferenceProcess;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inpaint-import-'));
  inference = new InferenceProcess(worker.entry, { bytes: 1.5 * 2 ** 30, seconds: 15 });
});
afterAll(async () => {
  inference.stop();
  await rm(root, { recursive: true, force: true });
});

let count = 0;
async function imported(bytes: Uint8Array, stated: Stated = {}, change: Partial<OnnxImport> = {}) {
  const id = `model-${++count}`;
  const file = path.join(root, `${id}.onnx`);
  await writeFile(file, bytes);
  return importOnnx({ file, root: path.join(root, 'models'), id, stated, ...change }, inference, 'cpu');
}

const float = (name: string, holds: Adapter['inputs'][number]['holds']) =>
  ({ name, holds, element: 'float32', layout: 'nchw' }) as const;
const migan: Adapter = {
  ...plainAdapter(256),
  inputs: [float('input', 'mask+image')],
  image: { range: '-1..1', colours: 'rgb', hole: 'zero' },
  mask: { range: '-0.5..0.5', hole: 'low' },
  output: { ...plainAdapter(256).output, range: '-1..1' },
};
const pipeline: Adapter = {
  inputs: [
    { name: 'image', holds: 'image', element: 'uint8', layout: 'nchw' },
    { name: 'mask', holds: 'mask', element: 'uint8', layout: 'nchw' },
  ],
  image: { range: '0..255', colours: 'rgb', hole: 'grey' },
  mask: { range: '0..255', hole: 'low' },
  output: { name: 'result', element: 'uint8', layout: 'nchw', range: '0..255', colours: 'rgb', composited: true },
  size: { kind: 'free', multiple: 32 },
};
const free = { kind: 'free', multiple: 32 } as const;
const lama = plainAdapter(512);
const FREE = ['height', 'width'] as const;

describe('known families need no question', () => {
  it.each([
    ['LaMa, 0-255 out', lamaFile(512, 255), 'lama', { output: { range: '0..255' }, size: { width: 512 } }],
    ['LaMa, 0-1 out', lamaFile(512, 1), 'lama', { output: { range: '0..1' } }],
    [
      'LaMa at 1024',
      meanFillFile({ ...lama, size: { kind: 'fixed', width: 1024, height: 1024 } }, [1024, 1024]),
      'lama',
      { size: { width: 1024 } },
    ],
    [
      'LaMa of any size',
      meanFillFile({ ...lama, size: free, output: { ...lama.output, range: '0..255' } }, FREE),
      'lama',
      { output: { range: '0..255' }, size: free },
    ],
    [
      'LaMa in half precision',
      meanFillFile(
        {
          ...lama,
          inputs: lama.inputs.map((i) => ({ ...i, element: 'float16' as const })),
          output: { ...lama.output, element: 'float16' },
        },
        [256, 256],
      ),
      'lama',
      { image: { range: '0..1' } },
    ],
    [
      'LaMa with one input',
      meanFillFile({ ...lama, inputs: [float('input', 'image+mask')], size: free }, FREE),
      'lama-4',
      { inputs: [{ holds: 'image+mask' }] },
    ],
    [
      'MI-GAN',
      meanFillFile(migan, [256, 256]),
      'migan',
      { mask: { hole: 'low', range: '-0.5..0.5' }, inputs: [{ holds: 'mask+image' }] },
    ],
    [
      'MI-GAN pipeline',
      meanFillFile(pipeline, FREE),
      'migan-pipeline',
      { mask: { hole: 'low' }, output: { element: 'uint8', composited: true } },
    ],
  ] as const)('%s', async (_, bytes, family, adapter) => {
    const { manifest } = await imported(bytes);
    expect(manifest.family).toBe(family);
    expect(manifest.adapter).toMatchObject(adapter);
  });
});

describe('an unknown model', () => {
  const odd: Adapter = {
    inputs: [
      { name: 'x', holds: 'image', element: 'float32', layout: 'nhwc' },
      { name: 'm', holds: 'mask', element: 'float32', layout: 'nhwc' },
    ],
    image: { range: '-1..1', colours: 'bgr', hole: 'zero' },
    mask: { range: '0..1', hole: 'low' },
    output: { name: 'y', element: 'float32', layout: 'nhwc', range: '0..255', colours: 'bgr', composited: true },
    size: { kind: 'fixed', width: 96, height: 64 },
  };

  it('is asked for what no test tells, and then taken', async () => {
    const bytes = meanFillFile(odd, [64, 96]);
    await expect(imported(bytes)).rejects.toMatchObject({
      code: 'model-question',
      remedy: expect.stringContaining('--colours rgb|bgr'),
    });
    const { manifest } = await imported(bytes, { colours: 'bgr' });
    expect(manifest).toMatchObject({ family: 'other', adapter: odd });
  });

  it('with LaMa’s names but another range is not taken for LaMa', async () => {
    const wide = {
      ...lama,
      image: { ...lama.image, range: '-1..1' },
      output: { ...lama.output, range: '-1..1' },
    } as const;
    const stated = { colours: 'rgb', rangeIn: '-1..1' } as const;
    const { manifest } = await imported(meanFillFile(wide, [128, 128]), stated);
    expect(manifest.adapter).toMatchObject({ image: { range: '-1..1' }, output: { range: '-1..1' } });
  });
});

describe('what only running tells is refused with its reason', () => {
  const add = (nodes: readonly Uint8Array[], change = {}) => fileOf({ ...usual, nodes, ...change });
  it.each([
    [
      'an operator that does not exist',
      add([nodeOf('Inpaint', ['image', 'mask'], ['output'])]),
      /cannot load it .*Inpaint/,
    ],
    ['a value that nothing makes', add([nodeOf('Relu', ['ghost'], ['output'])]), /cannot load it .*ghost/],
    [
      'numbers that are none',
      add([nodeOf('Sub', ['image', 'image'], ['zero']), nodeOf('Div', ['zero', 'zero'], ['output'])]),
      /are not numbers/,
    ],
    [
      'an output of another size',
      add(
        [
          nodeOf(
            'AveragePool',
            ['image'],
            ['output'],
            [5, message([1, 'kernel_shape'], [8, 2], [8, 2], [20, 7])],
            [5, message([1, 'strides'], [8, 2], [8, 2], [20, 7])],
          ),
        ],
        { outputs: [valueInfo('output', [1, 3, 32, 32])] },
      ),
      /shape 1 x 3 x 32 x 32/,
    ],
    ['a network that does nothing', add([nodeOf('Identity', ['image'], ['output'])]), /colour that is not around it/],
    ['a network that ignores the picture', add([nodeOf('Sub', ['image', 'image'], ['output'])]), /came back wrong/],
  ])('%s', async (_, bytes, reason) => {
    await expect(imported(bytes)).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringMatching(reason),
    });
  });

  it('absurd memory: stopped at the limit', async () => {
    const tensor = (name: string, values: readonly bigint[]) =>
      message([1, values.length], [2, 7], [8, name], [9, new Uint8Array(BigInt64Array.from(values).buffer)]);
    const greedy = add(
      [
        nodeOf('Expand', ['mask', 'shape'], ['big']),
        nodeOf('Sin', ['big'], ['bigger']),
        nodeOf('ReduceMean', ['bigger'], ['mean'], [5, message([1, 'keepdims'], [3, 1], [20, 2])]),
        nodeOf('Add', ['image', 'mean'], ['output']),
      ],
      {
        initializers: [tensor('shape', [1n, 400_000n, 64n, 64n])],
      },
    );
    await expect(imported(greedy)).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('leaves nothing behind', async () => {
    expect((await readdir(path.join(root, 'models'))).filter((name) => !/^model-\d+$/.test(name))).toEqual([]);
  });
});

describe('time', () => {
  it('is limited: an endless loop is stopped', async () => {
    const hasty = new InferenceProcess(worker.entry, { bytes: 2 ** 31, seconds: 2 });
    const scalar = (name: string, type: number, raw: Uint8Array) => message([2, type], [8, name], [9, raw]);
    const body = message(
      [1, nodeOf('Identity', ['go'], ['on'])],
      [1, nodeOf('Identity', ['state'], ['next'])],
      [2, 'body'],
      [11, valueInfo('turn', [], 7)],
      [11, valueInfo('go', [], 9)],
      [11, valueInfo('state', [1, 3, 64, 64])],
      [12, valueInfo('on', [], 9)],
      [12, valueInfo('next', [1, 3, 64, 64])],
    );
    const endless = fileOf({
      ...usual,
      initializers: [
        scalar('turns', 7, new Uint8Array(BigInt64Array.of(2n ** 60n).buffer)),
        scalar('yes', 9, Uint8Array.of(1)),
      ],
      nodes: [nodeOf('Loop', ['turns', 'yes', 'image'], ['output'], [5, message([1, 'body'], [6, body], [20, 5])])],
    });
    const file = path.join(root, 'endless.onnx');
    await writeFile(file, endless);
    try {
      const attempt = importOnnx({ file, root: path.join(root, 'models'), stated: {} }, hasty, 'cpu');
      await expect(attempt).rejects.toThrow(/longer than 2 seconds/);
    } finally {
      hasty.stop();
    }
  });
});

describe('an imported model', () => {
  it('says where it comes from, and is usable for commercial work only then', async () => {
    const bytes = lamaFile(128, 255);
    await expect(imported(bytes, {}, { commercialUse: true, licence: 'Apache-2.0' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    const origin = { commercialUse: true, licence: 'Apache-2.0', source: 'https://example.org/lama' };
    const { folder } = await imported(bytes, {}, origin);
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

it('imports 200 MB without keeping others waiting, and alternates two large models in bounded memory', async () => {
  const own = new InferenceProcess(worker.entry, { bytes: 2 ** 31, seconds: 60 });
  const weights = message([1, 52_000_000], [2, 1], [8, 'unused'], [9, new Uint8Array(208_000_000)]);
  const large = Buffer.concat([lamaFile(64, 255), message([7, message([5, weights])])]);
  let latest = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - latest);
    latest = performance.now();
  }, 5);
  const files = [path.join(root, 'large-a.onnx'), path.join(root, 'large-b.onnx')];
  await Promise.all(files.map((file) => writeFile(file, large)));
  latest = performance.now();
  longest = 0;
  const models = [];
  for (const file of files)
    models.push(await importOnnx({ file, root: path.join(root, 'models'), stated: {} }, own, 'cpu'));
  clearInterval(beat);
  expect(models[0]?.bytes).toBeGreaterThan(2e8);
  expect(longest).toBeLessThan(400);

  const input = { ...trialPicture(64, 64), source: new Float32Array(4096) };
  const taken: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    for (const model of models) await new OnnxGenerator(model, own, 'cpu').refine(input, new Float32Array());
    taken.push((await memoryOf(own.pid ?? 0)) ?? 0);
  }
  own.stop();
  expect((taken[3] ?? 0) - (taken[1] ?? 0)).toBeLessThan(64 * 2 ** 20);
});

describe('the default kind of model, exported and imported as foreign', () => {
  it('gives the same fill as the native path, to 1e-4', async () => {
    const own = await writeSmallModel(path.join(root, 'own'), 'small');
    const file = path.join(root, 'exported.onnx');
    await exportOnnx(own, file, 128);
    const model = await importOnnx({ file, root: path.join(root, 'models'), stated: {} }, inference, 'cpu');
    expect(model.manifest).toMatchObject({ family: 'inpaint-studio', licence: { weights: 'CC0' } });

    const { image, hole, width, height } = trialPicture(128, 128);
    const blank = image.map((value, i) => (hole[i % hole.length] === 1 ? 0 : value));
    const input = { width, height, image: blank, hole, source: hole.map((value) => 1 - value) };
    const native = new OwnGenerator(own, inference, 'cpu');
    const expected = await native.refine(input, await native.coarse(input));
    const found = await new OnnxGenerator(model, inference, 'cpu').refine(input, new Float32Array());
    const worst = found.image.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.image[i])), 0);
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
