/**
 * Files of named tensors in the safetensors format (https://github.com/huggingface/safetensors): 8 bytes of header length,
 * a JSON header, then the values. Read and written whole; float32, and float16 for storage.
 */
import { z } from 'zod';
import { elementCount, type Shape } from '../graph/shape';

export interface NamedTensor {
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface TensorFile {
  readonly tensors: Readonly<Record<string, NamedTensor>>;
  /** Free text about the file. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A header longer than this is not one of ours. */
const MAX_HEADER_BYTES = 1 << 20;

const entrySchema = z.object({
  dtype: z.enum(['F32', 'F16']),
  shape: z.array(z.number().int().min(1)).max(8),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

const BYTES = { F32: 4, F16: 2 } as const;

/** @param storage F16 halves the file; values are rounded to the nearest half-precision number */
export function encodeTensors(file: TensorFile, storage: keyof typeof BYTES = 'F32'): Uint8Array {
  let end = 0;
  const header: Record<string, unknown> = { __metadata__: file.metadata };
  for (const [name, { shape, values }] of Object.entries(file.tensors)) {
    if (values.length !== elementCount(shape))
      throw new RangeError(`"${name}" has ${values.length} values for shape [${shape.join()}]`);
    header[name] = { dtype: storage, shape, data_offsets: [end, (end += values.length * BYTES[storage])] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / 8) * 8; // padded with spaces, so that the values start aligned
  const bytes = new Uint8Array(8 + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(text, 8);
  let at = 8 + headerLength;
  for (const { values } of Object.values(file.tensors)) {
    for (const value of values) {
      if (storage === 'F32') view.setFloat32(at, value, true);
      else view.setUint16(at, toHalf(value), true);
      at += BYTES[storage];
    }
  }
  return bytes;
}

/** @throws Error in plain words when the bytes are no such file */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw new Error('it is too short for a safetensors file');
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MAX_HEADER_BYTES || 8 + headerLength > bytes.length)
    throw new Error('its header is cut off or is not that of a safetensors file');
  const { __metadata__, ...entries } = headerSchema.parse(
    JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))),
  );
  const start = 8 + headerLength;
  const claims = Object.entries(entries).map(([name, raw]) => {
    const { dtype, shape, data_offsets: offsets } = entrySchema.parse(raw);
    const [from, to] = offsets;
    const count = elementCount(shape);
    if (to - from !== count * BYTES[dtype] || start + to > bytes.length)
      throw new Error(`the values of "${name}" are cut off`);
    return { name, dtype, shape, from, count };
  });
  // Before any of it is decoded: a short file whose tensors lie over each other can claim any amount of memory.
  const claimed = claims.reduce((sum, { dtype, count }) => sum + count * BYTES[dtype], 0);
  if (claimed > bytes.length - start) throw new Error('its tensors claim more values than it holds');
  const tensors = claims.map(({ name, dtype, shape, from, count }) => {
    const values = new Float32Array(count);
    for (let i = 0, at = start + from; i < count; i++, at += BYTES[dtype]) {
      values[i] = dtype === 'F32' ? view.getFloat32(at, true) : fromHalf(view.getUint16(at, true));
    }
    return [name, { shape, values }] as const;
  });
  return {
    tensors: Object.fromEntries(tensors),
    metadata: __metadata__ === undefined ? {} : metadataSchema.parse(__metadata__),
  };
}

const scratch = new DataView(new ArrayBuffer(4));

/** The nearest IEEE 754 half-precision number's bits, ties to even; too large becomes infinity. */
export function toHalf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | (Number.isNaN(value) ? 0x7e00 : 0x7c00);
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    return sign | roundShift(mantissa | 0x800000, 14 - exponent);
  }
  return sign | roundShift((exponent << 23) | mantissa, 13);
}

function roundShift(value: number, by: number): number {
  const kept = value >>> by;
  const rest = value & ((1 << by) - 1);
  const half = 1 << (by - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}

export function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}
