/** PNGs of few colours in as few bits as these need: grey levels, or indices into a palette (PNG, third edition, 11.2). */
import { deflateSync } from 'node:zlib';
import type { Size } from '../../shared/geometry';
import { pngChunk, pngChunks } from './containers';

const SIGNATURE = 8;
/** Made anew, or meant for samples of another kind. */
const REPLACED = ['IHDR', 'PLTE', 'tRNS', 'bKGD', 'sBIT', 'hIST', 'IDAT'];
const GREY = 0;
const INDEXED = 3;

interface Levels {
  readonly kind: typeof GREY | typeof INDEXED;
  /** Bits of a pixel. */
  readonly bits: 1 | 2 | 4 | 8;
  readonly indices: ReadonlyMap<number, number>;
}

/**
 * The file with its samples stored so, and all else as it is.
 * @param samples what it decodes to, three of 8 bits a pixel
 * @param colours all that are in them, as of `coloursOf`
 * @param grey whether its profile is one of grey
 */
export function inFewBits(
  file: Buffer,
  samples: Uint8Array,
  { width, height }: Size,
  colours: Uint32Array,
  grey: boolean,
): Buffer {
  const levels = grey ? greyLevels(colours) : palette(colours);
  if (!levels) return file;
  const chunks = pngChunks(file);
  const first = chunks.findIndex(({ name }) => name === 'IDAT');
  const others = (from: number, to: number) =>
    chunks
      .slice(from, to)
      .filter(({ name }) => !REPLACED.includes(name))
      .map(({ start, length }) => file.subarray(start - 8, start + length + 4));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([levels.bits, levels.kind], 8);
  const entries = Uint8Array.from([...colours].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    file.subarray(0, SIGNATURE),
    pngChunk('IHDR', header),
    ...others(0, first),
    ...(levels.kind === INDEXED ? [pngChunk('PLTE', entries)] : []),
    pngChunk('IDAT', deflateSync(packed(samples, { width, height }, levels), { level: 9 })),
    ...others(first, chunks.length),
  ]);
}

/** null: no fewer bits than 8 hold these. */
function greyLevels(colours: Uint32Array): Levels | null {
  const values = [...colours].map((colour) => colour & 255);
  for (const bits of [1, 2, 4] as const) {
    const step = 255 / (2 ** bits - 1);
    if (values.some((value) => value % step !== 0)) continue;
    return { kind: GREY, bits, indices: new Map([...colours].map((colour, i) => [colour, values[i] / step])) };
  }
  return null;
}

function palette(colours: Uint32Array): Levels {
  const bits = ([1, 2, 4] as const).find((few) => colours.length <= 2 ** few) ?? 8;
  return { kind: INDEXED, bits, indices: new Map([...colours].map((colour, i) => [colour, i])) };
}

/** Rows of whole bytes, each after a filter that does nothing. */
function packed(samples: Uint8Array, { width, height }: Size, { bits, indices }: Levels): Uint8Array {
  const row = 1 + Math.ceil((width * bits) / 8);
  const bytes = new Uint8Array(row * height);
  let [last, index] = [-1, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const colour = (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2];
      if (colour !== last) [last, index] = [colour, indices.get(colour) ?? 0];
      const bit = x * bits;
      bytes[y * row + 1 + (bit >> 3)] |= index << (8 - bits - (bit & 7));
    }
  }
  return bytes;
}
