/**
 * Looks at an ONNX file made elsewhere before anything loads it: what it wants, and whether it is safe. Runs in the
 * inference process, whose memory and time are limited, since parsing a hostile file is itself a risk.
 */
import { open, readFile } from 'node:fs/promises';
import { readingFailed } from '../files/file-errors';
import { checkSafety } from './imported-safety';
import { type PlainRefusal, refused } from './onnx-refusals';
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
const OTHER_FORMATS: readonly (readonly [number, string, PlainRefusal])[] = [
  [0, 'PK\x03\x04', 'onnx-is-zip'],
  [0, '\x80\x02', 'onnx-is-pickle'],
  [0, '\x80\x04', 'onnx-is-pickle'],
  [0, '\x89HDF', 'onnx-is-keras'],
  [4, 'TFL3', 'onnx-is-tflite'],
  [4, 'ORTM', 'onnx-is-ort'],
  [8, '{', 'onnx-is-safetensors'],
  [0, 'version https://git-lfs', 'onnx-is-pointer'],
  [0, '<', 'onnx-is-page'],
  [0, '{', 'onnx-is-page'],
];

/** @throws StudioError `file-missing`, `file-unreadable`, and `model-broken` with the reason it is refused for */
export async function inspectImported(file: string): Promise<ImportedModel> {
  return summarise(file, await readImported(file));
}

/** The bytes of a file that is not absurdly large. @throws StudioError as `inspectImported` */
export async function readImported(file: string): Promise<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw readingFailed(file, cause);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refused(file, 'onnx-no-file', {});
    if (found.size > MAX_FILE_BYTES)
      throw refused(file, 'onnx-too-large', { gigabytes: (found.size / 2 ** 30).toFixed(1) });
    return await readFile(handle);
  } finally {
    await handle.close();
  }
}

/** What `inspectImported` says of bytes that are there already. */
export function summarise(file: string, bytes: Uint8Array): ImportedModel {
  const model = parse(file, bytes);
  const { graph } = model;
  if (graph === null || graph.node.length === 0) throw refused(file, 'onnx-no-network', {});
  const weights = checkSafety(model, file);
  // Old exporters list weights among the inputs.
  const given = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !given.has(name));
  if (inputs.length > MAX_VALUES || graph.output.length > MAX_VALUES)
    throw refused(file, 'onnx-too-many-values', { inputs: inputs.length, outputs: graph.output.length });
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
  if (bytes.length === 0) throw refused(file, 'onnx-empty', {});
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart();
  const other = OTHER_FORMATS.find(([at, text]) => start.startsWith(text, at));
  if (other !== undefined) throw refused(file, other[2], {});
  try {
    return decodeModel(bytes);
  } catch (cause) {
    const deep = cause instanceof Error && /depth|recursion|call stack/i.test(cause.message);
    throw refused(file, deep ? 'onnx-nested' : 'onnx-damaged', {}, cause);
  }
}

function valueOf(file: string, { name, type }: RawValue): ImportedValue {
  const tensor = type?.tensor_type ?? null;
  if (tensor === null) throw refused(file, 'onnx-not-a-tensor', { value: name });
  const elementName = ELEMENTS[tensor.elem_type] ?? `type ${tensor.elem_type}`;
  const element =
    elementName === 'float32' || elementName === 'float16' || elementName === 'uint8' ? elementName : 'other';
  const dims = (tensor.shape?.dim ?? []).map(({ value, dim_value }) => (value === 'dim_value' ? dim_value : null));
  if (dims.some((size) => size !== null && !(Number.isSafeInteger(size) && size > 0)))
    throw refused(file, 'onnx-impossible-shape', { value: name, shape: shapeText(dims) });
  return { name, element, elementName, dims };
}

/** "1 x 3 x ? x ?" */
export function shapeText(dims: readonly (number | null)[]): string {
  return dims.length === 0 ? '()' : dims.map((size) => size ?? '?').join(' x ');
}
