/**
 * Looks at an ONNX file made elsewhere before anything loads it: what it wants, and whether it is safe. Runs in the
 * inference process, whose memory and time are limited, since parsing a hostile file is itself a risk.
 */
import { open, readFile } from 'node:fs/promises';
import { StudioError } from '../../shared/errors';
import { checkSafety } from './imported-safety';
import { decodeModel, type RawModel, type RawValue } from '../runtime/onnx/decode-model';

/** Protobuf itself ends at 2 GiB; the largest inpainting generators known as ONNX have 0.4. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;
const MAX_VALUES = 8;
const MAX_METADATA = 200;

/** An input or output as the file declares it. */
export interface ImportedValue {
  readonly name: string;
  readonly element: 'float32' | 'float16' | 'uint8' | 'other';
  /** As ONNX calls it, for messages. */
  readonly elementName: string;
  /** Sizes; null for one that the caller chooses. */
  readonly dims: readonly (number | null)[];
}

export interface ImportedModel {
  readonly bytes: number;
  readonly producer: string;
  readonly opset: number;
  readonly nodes: number;
  /** Numbers in its weights. */
  readonly parameters: number;
  readonly inputs: readonly ImportedValue[];
  readonly outputs: readonly ImportedValue[];
  readonly metadata: Readonly<Record<string, string>>;
}

const ELEMENTS: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'text',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
};

/** What files that people take for ONNX begin with, from which byte on, and what they are. */
const OTHER_FORMATS: readonly (readonly [number, string, string])[] = [
  [0, 'PK\x03\x04', 'it is a zip archive or a PyTorch file, not an ONNX file; convert it with torch.onnx.export first'],
  [0, '\x80\x02', 'it is a Python pickle, not an ONNX file; convert it with torch.onnx.export first'],
  [0, '\x80\x04', 'it is a Python pickle, not an ONNX file; convert it with torch.onnx.export first'],
  [0, '\x89HDF', 'it is a Keras or HDF5 file, not an ONNX file; convert it with tf2onnx first'],
  [4, 'TFL3', 'it is a TensorFlow Lite file, not an ONNX file'],
  [4, 'ORTM', 'it is an ORT format file; use the ONNX file that it was made from'],
  [8, '{', 'it is a safetensors file: weights without a network; look for an ONNX export'],
  [0, 'version https://git-lfs', 'it is only the pointer to a Git LFS file; download the file itself'],
  [0, '<', 'it is a text or web page, not an ONNX file; download the file itself'],
  [0, '{', 'it is a text or web page, not an ONNX file; download the file itself'],
];

/** @throws StudioError `file-missing`, `file-unreadable`, and `model-broken` with the reason it is refused for */
export async function inspectImported(file: string): Promise<ImportedModel> {
  return summarise(file, await readImported(file));
}

/** The bytes of a file that is not absurdly large. @throws StudioError as `inspectImported` */
export async function readImported(file: string): Promise<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refused(file, 'it is not a file');
    if (found.size > MAX_FILE_BYTES)
      throw refused(file, `it is too large (${(found.size / 2 ** 30).toFixed(1)} GiB; at most 1 GiB is loaded)`);
    return await readFile(handle);
  } finally {
    await handle.close();
  }
}

/** What `inspectImported` says of bytes that are there already. */
export function summarise(file: string, bytes: Uint8Array): ImportedModel {
  const model = parse(file, bytes);
  const { graph } = model;
  if (graph === null || graph.node.length === 0) throw refused(file, 'there is no network in it');
  const weights = checkSafety(model, (why) => refused(file, why));
  // Old exporters list weights among the inputs.
  const given = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !given.has(name));
  if (inputs.length > MAX_VALUES || graph.output.length > MAX_VALUES)
    throw refused(
      file,
      `it has ${inputs.length} inputs and ${graph.output.length} outputs; that is no inpainting generator`,
    );
  return {
    bytes: bytes.length,
    producer: model.producer_name.slice(0, 200),
    opset: model.opset_import.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0,
    nodes: graph.node.length,
    parameters: weights,
    inputs: inputs.map((value) => valueOf(file, value)),
    outputs: graph.output.map((value) => valueOf(file, value)),
    metadata: Object.fromEntries(model.metadata_props.slice(0, MAX_METADATA).map(({ key, value }) => [key, value])),
  };
}

function parse(file: string, bytes: Uint8Array): RawModel {
  if (bytes.length === 0) throw refused(file, 'it is empty');
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart();
  const other = OTHER_FORMATS.find(([at, text]) => start.startsWith(text, at));
  if (other !== undefined) throw refused(file, other[2]);
  try {
    return decodeModel(bytes);
  } catch (cause) {
    const deep = cause instanceof Error && /depth|recursion|call stack/i.test(cause.message);
    throw refused(
      file,
      deep
        ? 'its parts are nested absurdly deep'
        : 'it is no ONNX file, or it is damaged or cut off; download it again',
      cause,
    );
  }
}

function valueOf(file: string, { name, type }: RawValue): ImportedValue {
  const tensor = type?.tensor_type ?? null;
  if (tensor === null) throw refused(file, `"${name}" is not a tensor`);
  const elementName = ELEMENTS[tensor.elem_type] ?? `type ${tensor.elem_type}`;
  const element =
    elementName === 'float32' || elementName === 'float16' || elementName === 'uint8' ? elementName : 'other';
  const dims = (tensor.shape?.dim ?? []).map(({ value, dim_value }) => (value === 'dim_value' ? dim_value : null));
  if (dims.some((size) => size !== null && !(Number.isSafeInteger(size) && size > 0)))
    throw refused(file, `"${name}" has the impossible shape ${shapeText(dims)}`);
  return { name, element, elementName, dims };
}

/** "1 x 3 x ? x ?" */
export function shapeText(dims: readonly (number | null)[]): string {
  return dims.length === 0 ? 'none' : dims.map((size) => size ?? '?').join(' x ');
}

/** @param why goes on after "The file ... cannot be used:" */
export function refused(file: string, why: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'model-broken',
      message: `The file ${file} cannot be used: ${why}.`,
      remedy: 'Choose another ONNX file.',
      file,
    },
    cause === undefined ? {} : { cause },
  );
}

function unreadable(file: string, cause: unknown): StudioError {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  return new StudioError(
    {
      code: missing ? 'file-missing' : 'file-unreadable',
      message: missing ? `There is no file ${file}.` : `The file ${file} cannot be read.`,
      remedy: 'Choose another file.',
      file,
    },
    { cause },
  );
}
