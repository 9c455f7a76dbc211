import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import { guessAdapters } from '../library/adapter-guess';
import { fileOf, lamaFile, message, nodeOf, usual, valueInfo } from '../testing/imported-files';
import { inspectImported, summarise } from './imported-model';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'inpaint-imported-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tensor = (
  name: string,
  dims: readonly number[],
  ...more: readonly (readonly [number, number | string | Uint8Array])[]
) => message(...dims.map((size) => [1, size] as const), [2, 1], [8, name], ...more);
const outside = [13, message([1, 'location'], [2, '/etc/passwd'])] as const;
const constant = (value: Uint8Array) => nodeOf('Constant', [], ['c'], [5, message([1, 'value'], [5, value])]);
const branch = (node: Uint8Array) =>
  nodeOf('If', ['x'], ['y'], [5, message([1, 'then_branch'], [6, message([1, node])])]);
const nested = (depth: number): Uint8Array => (depth === 0 ? nodeOf('Relu', ['a'], ['b']) : branch(nested(depth - 1)));
const image = usual.inputs[0];
const mask = usual.inputs[1];
const whole = lamaFile(64, 255);

/** What is in the file, the file, and what the refusal says. */
const HOSTILE: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
  ['nothing', '', /it is empty/],
  ['a web page', '<!DOCTYPE html><html>Not found</html>', /text or web page/],
  ['JSON', ' {"error": "sign in"}', /text or web page/],
  ['a PyTorch archive', 'PK\x03\x04 rest of a zip', /PyTorch/],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', /Git LFS/],
  ['plain words', 'once upon a time there was a network', /no ONNX file, or it is damaged/],
  ['half a model', whole.subarray(0, Math.floor(whole.length / 2)), /damaged or cut off/],
  ['a length beyond the end', Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f]), /damaged or cut off/],
  ['a model without a network', message([1, 8], [8, message([2, 17])]), /no network/],
  ['a network without operations', fileOf({ ...usual, nodes: [] }), /no network/],
  ['graphs in graphs in graphs', fileOf({ ...usual, nodes: [nested(120)] }), /nested absurdly deep/],
  ['no opset', fileOf({ ...usual, opset: null }), /which version of ONNX/],
  ['an opset of the far future', fileOf({ ...usual, opset: 999 }), /version 999/],
  ['an opset of the distant past', fileOf({ ...usual, opset: 1 }), /version 1;/],
  [
    'a custom operator',
    fileOf({ ...usual, nodes: [nodeOf('Fill', ['image'], ['output'], [7, 'acme.ops'])] }),
    /"Fill" of "acme\.ops"/,
  ],
  [
    'a custom operator in a branch',
    fileOf({ ...usual, nodes: [branch(nodeOf('Evil', ['a'], ['b'], [7, 'acme']))] }),
    /"Evil" of "acme"/,
  ],
  [
    'an operator that loads code',
    fileOf({ ...usual, nodes: [nodeOf('EPContext', ['image'], ['output'], [7, 'com.microsoft'])] }),
    /load code or files/,
  ],
  [
    'weights in another file',
    fileOf({ ...usual, initializers: [tensor('w', [4], outside, [14, 1])] }),
    /"w" are in another file/,
  ],
  [
    'a constant in another file',
    fileOf({ ...usual, nodes: [constant(tensor('', [4], outside))] }),
    /the values of "\?" are in another file/,
  ],
  [
    'a constant in another file, in a branch',
    fileOf({ ...usual, nodes: [branch(constant(tensor('k', [4], outside)))] }),
    /"k" are in another file/,
  ],
  ['weights of negative size', fileOf({ ...usual, initializers: [tensor('w', [-4, 4])] }), /absurd shape -4 x 4/],
  [
    'weights larger than any memory',
    fileOf({ ...usual, initializers: [tensor('w', [2 ** 31, 2 ** 31])] }),
    /absurd shape 2147483648/,
  ],
  [
    'weights that are cut short',
    fileOf({ ...usual, initializers: [tensor('w', [100], [9, new Uint8Array(16)])] }),
    /16 bytes where its shape wants 400/,
  ],
  [
    'many large weights',
    fileOf({ ...usual, initializers: [tensor('a', [6e8]), tensor('b', [6e8])] }),
    /more than a billion/,
  ],
  ['nine inputs', fileOf({ ...usual, inputs: new Array<Uint8Array>(9).fill(image) }), /9 inputs/],
  [
    'three inputs',
    fileOf({ ...usual, inputs: [image, mask, valueInfo('noise', [1, 512])] }),
    /3 inputs \(image, mask, noise\)/,
  ],
  ['no input', fileOf({ ...usual, inputs: [] }), /has no input/],
  ['no output', fileOf({ ...usual, outputs: [] }), /has no output/],
  [
    'a classifier',
    fileOf({ ...usual, inputs: [valueInfo('x', [1, 3, 224, 224])], outputs: [valueInfo('y', [1, 1000])] }),
    /only input has 3 channels/,
  ],
  ['text as input', fileOf({ ...usual, inputs: [image, valueInfo('mask', [1, 1, 64, 64], 8)] }), /"mask" takes text/],
  ['64-bit masks', fileOf({ ...usual, inputs: [image, valueInfo('mask', [1, 1, 64, 64], 7)] }), /takes int64/],
  [
    'a batch of eight',
    fileOf({ ...usual, inputs: [valueInfo('image', [8, 3, 64, 64]), mask] }),
    /shape 8 x 3 x 64 x 64/,
  ],
  ['an input without axes', fileOf({ ...usual, inputs: [valueInfo('image', []), mask] }), /has the shape \(\)/],
  [
    'an impossible shape',
    fileOf({ ...usual, inputs: [valueInfo('image', [1, 3, -1, 64]), mask] }),
    /impossible shape 1 x 3 x -1/,
  ],
  [
    'a size without end',
    fileOf({ ...usual, inputs: [valueInfo('image', [1, 3, 1e6, 1e6]), valueInfo('mask', [1, 1, 1e6, 1e6])] }),
    /1000000 x 1000000/,
  ],
  [
    'a tiny size',
    fileOf({ ...usual, inputs: [valueInfo('image', [1, 3, 4, 4]), valueInfo('mask', [1, 1, 4, 4])] }),
    /4 x 4; sides of 32/,
  ],
  ['two sizes', fileOf({ ...usual, inputs: [image, valueInfo('mask', [1, 1, 32, 32])] }), /different sizes/],
  ['two images', fileOf({ ...usual, inputs: [image, valueInfo('other', [1, 3, 64, 64])] }), /not an image and a mask/],
  [
    'a grey output',
    fileOf({ ...usual, outputs: [valueInfo('output', [1, 1, 64, 64])] }),
    /none of its outputs is a picture/,
  ],
  [
    'a sequence as output',
    fileOf({ ...usual, outputs: [message([1, 'seq'], [2, message([4, message()])])] }),
    /"seq" is not a tensor/,
  ],
];

describe('a broken or hostile file is refused with its own reason', () => {
  it.each(HOSTILE)('%s', async (name, content, reason) => {
    const file = path.join(folder, `${name.replaceAll(/\W+/g, '-')}.onnx`);
    await writeFile(file, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
    const refusal = inspectImported(file).then((model) => guessAdapters(file, model, {}));
    await expect(refusal).rejects.toMatchObject({ code: 'model-broken', message: expect.stringMatching(reason) });
  });

  it('each in words of its own, more than twenty', () => {
    expect(new Set(HOSTILE.map(([, , reason]) => reason.source)).size).toBeGreaterThan(20);
  });

  it('three gigabytes, without reading them', async () => {
    const file = path.join(folder, 'huge.onnx');
    const handle = await open(file, 'w');
    await handle.truncate(3 * 2 ** 30);
    await handle.close();
    await expect(inspectImported(file)).rejects.toThrow(/too large \(3\.0 GiB/);
  });

  it('a folder, and a file that is not there', async () => {
    await expect(inspectImported(folder)).rejects.toThrow(/not a file/);
    await expect(inspectImported(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('whatever bytes it holds: never another error', () => {
    const garbled = fc.tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
      fc.nat(whole.length),
    );
    fc.assert(
      fc.property(garbled, ([changes, length]) => {
        const bytes = Uint8Array.from(whole.subarray(0, length));
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          guessAdapters('x', summarise('x', bytes), {});
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(StudioError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('reads what a sound file wants', () => {
  expect(summarise('x', whole)).toMatchObject({
    opset: 17,
    inputs: [
      { name: 'image', element: 'float32', dims: [1, 3, 64, 64] },
      { name: 'mask', element: 'float32', dims: [1, 1, 64, 64] },
    ],
    outputs: [{ name: 'output', dims: [1, 3, 64, 64] }],
  });
});
