/**
 * Reads Windows bitmaps: 1, 4, 8, 16, 24 and 32 bits, run lengths, bit fields, top down and bottom up (Microsoft, "Bitmap Storage"
 * and the headers that it names; OS/2's first one too). No library does: bmp-ts misreads run lengths, fast-bmp knows the fifth
 * header alone.
 */
import type { Size } from '../../../shared/geometry';
import type { PlainPicture } from './plain-picture';

const FILE_HEADER = 14;
const CORE_HEADER = 12;
const COMPRESSION = { none: 0, runs8: 1, runs4: 2, fields: 3, alphaFields: 6 } as const;

interface BmpHeader extends Size {
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Where the samples begin. */
  readonly data: number;
  /** Bytes of each colour of the palette, 3 or 4. */
  readonly entry: number;
  readonly palette: { readonly at: number; readonly count: number };
  /** Red, green, blue and alpha. */
  readonly masks: readonly [number, number, number, number];
  readonly density: number | undefined;
}

/** What a file claims, before anything is decoded; null: it is no bitmap that is read. */
export function bmpHeader(file: Buffer): BmpHeader | null {
  if (file.length < FILE_HEADER + CORE_HEADER) return null;
  const length = file.readUInt32LE(FILE_HEADER);
  const data = file.readUInt32LE(10);
  if (length === CORE_HEADER) {
    const [width, height, bits] = [4, 6, 10].map((at) => file.readUInt16LE(FILE_HEADER + at));
    const palette = { at: FILE_HEADER + length, count: bits <= 8 ? 2 ** bits : 0 };
    const shape = { width, height, bits, topDown: false, compression: COMPRESSION.none, density: undefined };
    return known({ ...shape, data, entry: 3, palette, masks: [0, 0, 0, 0] });
  }
  if (length < 40 || file.length < FILE_HEADER + length) return null;
  const at = (offset: number) => file.readUInt32LE(FILE_HEADER + offset);
  const height = file.readInt32LE(FILE_HEADER + 8);
  const bits = file.readUInt16LE(FILE_HEADER + 14);
  const compression = at(16);
  const fields = compression === COMPRESSION.fields || compression === COMPRESSION.alphaFields;
  const behind = length === 40 && fields ? (compression === COMPRESSION.alphaFields ? 16 : 12) : 0;
  if (file.length < FILE_HEADER + length + behind) return null;
  const alpha = length >= 56 || compression === COMPRESSION.alphaFields ? at(52) : 0;
  const usual = bits === 16 ? ([0x7c00, 0x3e0, 0x1f, 0] as const) : ([0xff0000, 0xff00, 0xff, 0] as const);
  const perMetre = at(24);
  return known({
    width: file.readInt32LE(FILE_HEADER + 4),
    height: Math.abs(height),
    topDown: height < 0,
    bits,
    compression,
    data,
    entry: 4,
    palette: { at: FILE_HEADER + length + behind, count: bits <= 8 ? at(32) || 2 ** bits : 0 },
    masks: fields ? [at(40), at(44), at(48), alpha] : usual,
    density: perMetre > 0 ? perMetre * 0.0254 : undefined,
  });
}

function known(header: BmpHeader): BmpHeader | null {
  const { width, height, bits, compression } = header;
  const plain = compression === COMPRESSION.none && [1, 4, 8, 16, 24, 32].includes(bits);
  const runs = (compression === COMPRESSION.runs8 && bits === 8) || (compression === COMPRESSION.runs4 && bits === 4);
  const fields =
    (compression === COMPRESSION.fields || compression === COMPRESSION.alphaFields) && (bits === 16 || bits === 32);
  return width > 0 && height > 0 && (plain || runs || fields) ? header : null;
}

/** null: samples are missing. */
export function readBmp(file: Buffer, header: BmpHeader): PlainPicture | null {
  const { width, height, masks, density, compression, bits } = header;
  const alpha = masks[3] !== 0;
  const runs = compression === COMPRESSION.runs8 || compression === COMPRESSION.runs4;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (header.palette.at + header.palette.count * header.entry > file.length) return null;
  // A run of 255 pixels takes two bytes, and of what is skipped nothing is known to be missing.
  const least = runs ? Math.min(2, file.length) : stride * height;
  if (header.data + least > file.length) return null;
  const channels = alpha ? 4 : 3;
  const samples = new Uint8Array(width * height * channels);
  const notes: string[] = [];
  const about = { fewColours: bits <= 8, ...(density === undefined ? {} : { density }) };
  const picture: PlainPicture = { width, height, channels, samples, notes, ...about };
  if (bits <= 8) {
    const indices = runs ? unpackRuns(file, header) : unpackBits(file, header, stride);
    paint(samples, indices, file, header);
  } else readColours(samples, file, header, stride);
  return picture;
}

/** Bytes that stand for colours, upright, a byte a pixel. */
function unpackBits(file: Buffer, { width, height, bits, data, topDown }: BmpHeader, stride: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  const each = 8 / bits;
  for (let y = 0; y < height; y++) {
    const row = data + (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * ((x % each) + 1);
      indices[y * width + x] = (file[row + Math.floor(x / each)] >> shift) & mask;
    }
  }
  return indices;
}

function unpackRuns(file: Buffer, { width, height, bits, data }: BmpHeader): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, data];
  const put = (value: number) => {
    if (x < width && y < height) indices[(height - 1 - y) * width + x] = value;
    x++;
  };
  const nibble = (byte: number, odd: number) => (bits === 8 ? byte : odd ? byte & 15 : byte >> 4);
  while (at + 1 < file.length && y < height) {
    const [count, value] = [file[at], file[at + 1]];
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(nibble(value, i & 1));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) break;
    else if (value === 2) {
      x += file[at] ?? 0;
      y += file[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(nibble(file[at + (bits === 8 ? i : i >> 1)] ?? 0, i & 1));
      const bytes = bits === 8 ? value : (value + 1) >> 1;
      at += bytes + (bytes & 1);
    }
  }
  return indices;
}

function paint(samples: Uint8Array, indices: Uint8Array, file: Buffer, { palette, entry }: BmpHeader): void {
  for (let index = 0; index < indices.length; index++) {
    const value = indices[index];
    // A colour that the palette has not is black.
    const from = palette.at + value * entry;
    for (let channel = 0; channel < 3; channel++)
      samples[index * 3 + channel] = value < palette.count ? file[from + 2 - channel] : 0;
  }
}

function readColours(samples: Uint8Array, file: Buffer, header: BmpHeader, stride: number): void {
  const { width, height, bits, data, topDown, masks } = header;
  const fields = masks.slice(0, masks[3] === 0 ? 3 : 4).map(field);
  for (let y = 0, to = 0; y < height; y++) {
    let from = data + (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++, from += bits / 8) {
      if (bits === 24) {
        for (let channel = 0; channel < 3; channel++) samples[to++] = file[from + 2 - channel];
        continue;
      }
      const value = bits === 16 ? file.readUInt16LE(from) : file.readUInt32LE(from);
      for (const { shift, most } of fields) samples[to++] = Math.round((((value >>> shift) & most) * 255) / most);
    }
  }
}

/** A mask as how far its bits are to be shifted, and the largest number in them. */
function field(mask: number): { readonly shift: number; readonly most: number } {
  if (mask === 0) return { shift: 0, most: 1 };
  const shift = 31 - Math.clz32(mask & -mask);
  return { shift, most: mask >>> shift };
}
