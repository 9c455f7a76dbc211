import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import { generatorLayout } from '../network/inference';
import { InferenceProcess } from '../inference/inference-process';
import { trialPicture } from './adapter-trial';
import { importOnnx } from './import-onnx';
import { readAnyModel, readModelFolder, readWeights } from '../models/model-folder';
import type { OnnxModel } from '../models/onnx-folder';
import { OnnxGenerator } from './onnx-generator';
import { fileOf, lamaFile, message, nodeOf, type Parts, usual, valueInfo } from '../testing/imported-files';
import { builtWorker } from '../testing/built-worker';
import { writeSmallModel } from '../testing/small-model';

const worker = builtWorker('inference-worker');
let root: string;
/** As in the program, with limits that a test can wait for. */
let inference: InferenceProcess;
let hasty: InferenceProcess;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inpaint-hostile-'));
  inference = new InferenceProcess(worker.entry, { bytes: 1.5 * 2 ** 30, seconds: 60 });
  hasty = new InferenceProcess(worker.entry, { bytes: 1.5 * 2 ** 30, seconds: 4 });
});
afterAll(async () => {
  inference.stop();
  hasty.stop();
  await rm(root, { recursive: true, force: true });
});

const graph = (nodes: readonly Uint8Array[], change: Partial<Parts> = {}) => fileOf({ ...usual, nodes, ...change });
const weights = (dims: readonly number[], ...more: readonly (readonly [number, number | string | Uint8Array])[]) =>
  message(...dims.map((size) => [1, size] as const), [2, 1], [8, 'w'], ...more);
const elsewhere = (location: string) =>
  graph([nodeOf('Relu', ['image'], ['output'])], {
    initializers: [weights([4], [13, message([1, 'location'], [2, location])], [14, 1])],
  });
const numbers = (name: string, values: readonly bigint[]) =>
  message([1, values.length], [2, 7], [8, name], [9, new Uint8Array(BigInt64Array.from(values).buffer)]);
const ints = (name: string, ...values: number[]) =>
  [5, message([1, name], ...values.map((value) => [8, value] as const), [20, 7])] as const;
const branch = (node: Uint8Array) =>
  nodeOf('If', ['x'], ['y'], [5, message([1, 'then_branch'], [6, message([1, node])])]);
const nested = (depth: number): Uint8Array => (depth === 0 ? nodeOf('Relu', ['a'], ['b']) : branch(nested(depth - 1)));
const whole = lamaFile(64, 255);

/** A loop that says it goes on for ever. */
function endless(): Uint8Array {
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
  return graph([nodeOf('Loop', ['turns', 'yes', 'image'], ['output'], [5, message([1, 'body'], [6, body], [20, 5])])], {
    initializers: [
      scalar('turns', 7, new Uint8Array(BigInt64Array.of(2n ** 60n).buffer)),
      scalar('yes', 9, Uint8Array.of(1)),
    ],
  });
}

/** A few bytes that become many gigabytes. */
function bomb(): Uint8Array {
  return graph(
    [
      nodeOf('Expand', ['mask', 'shape'], ['big']),
      nodeOf('Sin', ['big'], ['bigger']),
      nodeOf('ReduceMean', ['bigger'], ['mean'], [5, message([1, 'keepdims'], [3, 1], [20, 2])]),
      nodeOf('Add', ['image', 'mean'], ['output']),
    ],
    { initializers: [numbers('shape', [1n, 400_000n, 64n, 64n])] },
  );
}

type Code = StudioError['code'];

/** What is in the file, its content, what the refusal says, and under which code. */
const FILES: readonly (readonly [string, Uint8Array | string, RegExp, Code?])[] = [
  ['nothing', '', /it is empty/],
  ['a web page', '<!DOCTYPE html><html>Not found</html>', /a text or web page/],
  ['a PyTorch checkpoint', 'PK\x03\x04archive/data.pkl', /a PyTorch file/],
  ['half a model', whole.subarray(0, Math.floor(whole.length / 2)), /damaged or cut off/],
  ['graphs in graphs in graphs', graph([nested(120)]), /nested absurdly deep/],
  ['weights in a file above the folder', elsewhere('../../../etc/passwd'), /"w" are in another file/],
  ['weights in a file by its whole path', elsewhere('/etc/shadow'), /"w" are in another file/],
  [
    'an operator of its author’s',
    graph([nodeOf('Fill', ['image'], ['output'], [7, 'acme.ops'])]),
    /"Fill" of "acme\.ops", which is not part of ONNX Runtime/,
  ],
  [
    'an operator that loads code',
    graph([nodeOf('EPContext', ['image'], ['output'], [7, 'com.microsoft'])]),
    /"EPContext" would load code or files/,
  ],
  [
    'an operator that there is not',
    graph([nodeOf('Inpaint', ['image', 'mask'], ['output'])]),
    /cannot load it .*Inpaint/,
  ],
  [
    'weights larger than any memory',
    graph([nodeOf('Relu', ['image'], ['output'])], { initializers: [weights([2 ** 31, 2 ** 31])] }),
    /"w" has the absurd shape/,
  ],
  [
    'weights with fewer bytes than they claim',
    graph([nodeOf('Relu', ['image'], ['output'])], { initializers: [weights([1000], [9, new Uint8Array(16)])] }),
    /16 bytes where its shape wants 4000/,
  ],
  [
    'pictures of a trillion pixels',
    fileOf({ ...usual, inputs: [valueInfo('image', [1, 3, 1e6, 1e6]), valueInfo('mask', [1, 1, 1e6, 1e6])] }),
    /works on pictures of 1000000 x 1000000/,
  ],
  [
    'a mask of another kind of numbers',
    fileOf({ ...usual, inputs: [usual.inputs[0], valueInfo('mask', [1, 1, 64, 64], 7)] }),
    /"mask" takes int64/,
  ],
  [
    'no input for a mask',
    fileOf({ ...usual, inputs: [valueInfo('x', [1, 3, 224, 224])], outputs: [valueInfo('y', [1, 1000])] }),
    /only input has 3 channels/,
  ],
  [
    'a circle of operations',
    graph([nodeOf('Add', ['image', 'b'], ['a']), nodeOf('Relu', ['a'], ['b']), nodeOf('Relu', ['b'], ['output'])]),
    /cannot load it .*not acyclic/,
  ],
  [
    'numbers that are none',
    graph([nodeOf('Sub', ['image', 'image'], ['zero']), nodeOf('Div', ['zero', 'zero'], ['output'])]),
    /are not numbers/,
  ],
  [
    'an output of another size',
    graph([nodeOf('AveragePool', ['image'], ['output'], ints('kernel_shape', 2, 2), ints('strides', 2, 2))], {
      outputs: [valueInfo('output', [1, 3, 32, 32])],
    }),
    /its output has the shape 1 x 3 x 32 x 32/,
  ],
  [
    'a network that does nothing',
    graph([nodeOf('Identity', ['image'], ['output'])]),
    /comes back unfilled|colour that is not around it/,
  ],
  ['a network that ignores the picture', graph([nodeOf('Sub', ['image', 'image'], ['output'])]), /came back wrong/],
  ['a few bytes that become many gigabytes', bomb(), /more than 1\.5 GiB of memory/, 'out-of-memory'],
];

/** Every failure must be one of these, with a remedy, and name the file. */
async function refusal(work: Promise<unknown>): Promise<StudioError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(StudioError);
  return thrown as StudioError;
}

const models = () => path.join(root, 'models');

describe('a broken or hostile file is refused in plain words when it is imported', () => {
  for (const [name, content, reason, code = 'model-broken'] of FILES) {
    it(name, async () => {
      const file = path.join(root, `${name.replaceAll(/\W+/g, '-')}.onnx`);
      await writeFile(file, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
      const error = await refusal(importOnnx({ file, root: models(), stated: {} }, inference, 'cpu'));
      expect([error.code, error.message]).toEqual([code, expect.stringMatching(reason)]);
      expect(error.remedy).not.toBe('');
      expect(error.file).toBe(file);
    });
  }

  it('a loop without end, after the time it is given', async () => {
    const file = path.join(root, 'endless.onnx');
    await writeFile(file, endless());
    const error = await refusal(importOnnx({ file, root: models(), stated: {} }, hasty, 'cpu'));
    expect([error.code, error.message]).toEqual(['model-broken', expect.stringContaining('longer than 4 seconds')]);
    expect(error.remedy).not.toBe('');
  });

  it('a folder in place of a file', async () => {
    const error = await refusal(importOnnx({ file: root, root: models(), stated: {} }, inference, 'cpu'));
    expect(error.message).toContain('is a folder');
  });

  it('in more than twenty different words, and nothing of them is left', async () => {
    expect(new Set(FILES.map(([, , reason]) => reason.source)).size).toBeGreaterThanOrEqual(20);
    expect(await readdir(models())).toEqual([]);
  });
});

describe('a model folder that was tampered with is refused in plain words', () => {
  let count = 0;
  async function lama(): Promise<OnnxModel> {
    const id = `lama-${++count}`;
    const file = path.join(root, `${id}.onnx`);
    await writeFile(file, whole);
    return importOnnx({ file, root: path.join(root, 'kept'), id, stated: {} }, inference, 'cpu');
  }
  const input = { ...trialPicture(64, 64), source: new Float32Array(4096) };

  it('a file that is not the one that was imported', async () => {
    const model = await lama();
    await writeFile(path.join(model.folder, 'model.onnx'), lamaFile(64, 1));
    const error = await refusal(new OnnxGenerator(model, inference, 'cpu').refine(input, new Float32Array()));
    expect(error.message).toMatch(/not the file that was imported: its checksum differs/);
  });

  it('own weights with another checksum', async () => {
    const { folder } = await writeSmallModel(root, 'small');
    const file = path.join(folder, 'weights.safetensors');
    const bytes = await readFile(file);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(file, bytes);
    const model = await readModelFolder(folder);
    const error = await refusal(readWeights(model, generatorLayout(model.manifest.architecture)));
    expect(error.message).toMatch(/the checksum of weights\.safetensors is not the one in model\.json/);
  });

  it.each(['model.onnx', 'model.json'])('a %s that is a link to elsewhere', async (name) => {
    const { folder } = await lama();
    const outside = path.join(root, `outside-${count}`);
    await writeFile(outside, await readFile(path.join(folder, name)));
    await rm(path.join(folder, name));
    await symlink(outside, path.join(folder, name));
    const error = await refusal(readAnyModel(folder));
    expect(error.message).toMatch(new RegExp(`${name.replace('.', '\\.')} is a link out of its folder`));
  });

  it.each([
    ['no JSON', () => 'exec("rm")', /model\.json is no JSON/],
    ['another version', (json: object) => ({ ...json, version: 99 }), /version/],
    ['a side of a billion', (json: object) => withSize(json, 1e9), /adapter\.size\.width/],
    ['inputs without an image', (json: object) => withInputs(json), /at "adapter\.inputs"/],
    ['a checksum that is none', (json: object) => ({ ...json, file: { sha256: '../..', bytes: 1 } }), /file\.sha256/],
    ['commercial use without a licence', (json: object) => ({ ...json, commercialUse: true }), /at "commercialUse"/],
    ['a name of a million letters', (json: object) => ({ ...json, name: 'a'.repeat(1e5) }), /at "name"/],
  ] as const)('a model.json with %s', async (_, change, reason) => {
    const { folder } = await lama();
    const file = path.join(folder, 'model.json');
    const changed = change(JSON.parse(await readFile(file, 'utf8')) as object);
    await writeFile(file, typeof changed === 'string' ? changed : JSON.stringify(changed));
    const error = await refusal(readAnyModel(folder));
    expect([error.code, error.message]).toEqual(['model-broken', expect.stringMatching(reason)]);
    expect(error.remedy).not.toBe('');
  });

  it('a folder whose name leads elsewhere', async () => {
    const folder = path.join(root, 'kept', 'a b');
    await mkdir(folder, { recursive: true });
    expect((await refusal(readAnyModel(folder))).message).toMatch(/letters, digits/);
  });
});

function withSize(json: object, side: number): object {
  const { adapter } = json as { adapter: object };
  return { ...json, adapter: { ...adapter, size: { kind: 'fixed', width: side, height: side } } };
}

function withInputs(json: object): object {
  const { adapter } = json as { adapter: { inputs: readonly object[] } };
  return { ...json, adapter: { ...adapter, inputs: [adapter.inputs[1], adapter.inputs[1]] } };
}
