/** PNGs of few colours in as few bits as these need: grey levels, or indices into a palette (PNG, third edition, 11.2 and 11.3.2). */
import { deflateSync } from 'node:zlib';
import type { Size } from '../../shared/geometry';
import { pngChunk, pngChunks } from './containers';
import { componentsOf, greyBits, indicesOf } from './few-colours';

const SIGNATURE = 8;
/** Made anew, or meant for samples of another kind. */
const REPLACED = ['IHDR', 'PLTE', 'tRNS', 'bKGD', 'sBIT', 'hIST', 'IDAT'];
const GREY = 0;
const INDEXED = 3;

interface Levels {
  readonly kind: typeof GREY | typeof INDEXED;
  /** Bits of a pixel. */
  readonly bits: 1 | 2 | 4 | 8;
  /** In the order in which they are counted. */
  readonly colours: Uint32Array;
}

/**
 * The file with its samples stored so, and all else as it is.
 * @param samples what it decodes to, 8 bits each
 * @param found all colours that are in them, as of `coloursOf`
 * @param grey whether its profile is one of grey
 */
export function inFewBits(
  file: Buffer,
  { samples, channels, width, height }: Size & { readonly samples: Uint8Array; readonly channels: 3 | 4 },
  found: Uint32Array,
  grey: boolean,
): Buffer {
  const levels = grey ? greyLevels(found) : palette(found);
  if (!levels) return file;
  const { bits, kind, colours } = levels;
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
  header.set([bits, kind], 8);
  const rows = packed(indicesOf(samples, channels, colours), { width, height }, bits);
  return Buffer.concat([
    file.subarray(0, SIGNATURE),
    pngChunk('IHDR', header),
    ...others(0, first),
    ...(kind === INDEXED ? paletteChunks(colours) : []),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    ...others(first, chunks.length),
  ]);
}

/** null: no fewer bits than 8 hold these. */
function greyLevels(found: Uint32Array): Levels | null {
  const bits = greyBits(found);
  if (bits === null) return null;
  const step = 255 / (2 ** bits - 1);
  return { kind: GREY, bits, colours: Uint32Array.from({ length: 2 ** bits }, (_, level) => level * step * 0x010101) };
}

function palette(found: Uint32Array): Levels {
  const bits = ([1, 2, 4] as const).find((few) => found.length <= 2 ** few) ?? 8;
  // What is transparent first: the list of that ends where the rest is opaque.
  return { kind: INDEXED, bits, colours: found.toSorted((one, other) => other - one) };
}

function paletteChunks(colours: Uint32Array): Buffer[] {
  const entries = Array.from(colours, componentsOf);
  const alphas = entries.map(([, , , alpha]) => alpha).filter((alpha) => alpha < 255);
  return [
    pngChunk('PLTE', Uint8Array.from(entries.flatMap((entry) => entry.slice(0, 3)))),
    ...(alphas.length > 0 ? [pngChunk('tRNS', Uint8Array.from(alphas))] : []),
  ];
}

/** Rows of whole bytes, each after a filter that does nothing. */
function packed(indices: Uint8Array, { width, height }: Size, bits: number): Uint8Array {
  const row = 1 + Math.ceil((width * bits) / 8);
  const bytes = new Uint8Array(row * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const bit = x * bits;
      bytes[y * row + 1 + (bit >> 3)] |= indices[at] << (8 - bits - (bit & 7));
    }
  }
  return bytes;
}
