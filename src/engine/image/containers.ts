/**
 * The little of the file formats' outer structure that the picture library does not offer: which chunks a PNG or WebP
 * has, and replacing one. Sources: PNG specification, section 5; WebP container specification; ITU-T T.81, annex B.
 */
import { crc32 } from 'node:zlib';

/** A part of a file: its four-letter name and where its payload lies. */
export interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/** A chunk to be written. */
export interface NewChunk {
  readonly name: string;
  readonly payload: Uint8Array;
}

const PNG_HEADER = 8;
const EXIF_PREFIX = Buffer.from('Exif\0\0', 'latin1');

export function pngChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = PNG_HEADER; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    if (at + 12 + length > file.length) break;
    chunks.push({ name: file.toString('latin1', at + 4, at + 8), start: at + 8, length });
    at += 12 + length;
  }
  return chunks;
}

export function pngChunk(name: string, payload: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + payload.length);
  chunk.writeUInt32BE(payload.length, 0);
  chunk.write(name, 4, 'latin1');
  chunk.set(payload, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + payload.length)), 8 + payload.length);
  return chunk;
}

/** The file with a chunk put in before its first sample data. */
export function insertPngChunk(file: Buffer, name: string, payload: Uint8Array): Buffer {
  const data = pngChunks(file).find((chunk) => chunk.name === 'IDAT');
  if (!data) return file;
  const at = data.start - 8;
  return Buffer.concat([file.subarray(0, at), pngChunk(name, payload), file.subarray(at)]);
}

/** The file without its chunks of the names `gone`, and with those `added` right after its header: before palette and samples. */
export function withPngChunks(file: Buffer, gone: readonly string[], added: readonly NewChunk[]): Buffer {
  const kept = pngChunks(file).filter(({ name }) => !gone.includes(name));
  const [header, ...rest] = kept.map(({ start, length }) => file.subarray(start - 8, start + length + 4));
  const chunks = added.map(({ name, payload }) => pngChunk(name, payload));
  return Buffer.concat([file.subarray(0, PNG_HEADER), header, ...chunks, ...rest]);
}

/** The chunks of a RIFF file, those inside the frames of an animation too. */
export function webpChunks(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    chunks.push({ name, start: at + 8, length });
    // A frame begins with 16 bytes of its own, then has chunks.
    at += name === 'ANMF' ? 24 : 8 + length + (length & 1);
  }
  return chunks;
}

/** Whether a WebP file's samples are stored exactly. */
export function isLosslessWebp(file: Buffer): boolean {
  const names = webpChunks(file).map((chunk) => chunk.name);
  return names.includes('VP8L') && !names.includes('VP8 ');
}

/**
 * The file with the EXIF block it has replaced; unchanged when it has none, or when the format is not JPEG, PNG or
 * WebP. `exif` is a TIFF structure without prefix.
 */
export function replaceExif(file: Buffer, format: string, exif: Uint8Array): Buffer {
  if (format === 'jpeg') return replaceJpegExif(file, exif);
  if (format === 'png') {
    const old = pngChunks(file).find((chunk) => chunk.name === 'eXIf');
    return old ? splice(file, old.start - 8, old.length + 12, pngChunk('eXIf', exif)) : file;
  }
  return format === 'webp' ? replaceWebpExif(file, exif) : file;
}

function replaceWebpExif(file: Buffer, exif: Uint8Array): Buffer {
  const old = webpChunks(file).find((chunk) => chunk.name === 'EXIF');
  if (!old) return file;
  const chunk = Buffer.alloc(8 + exif.length + (exif.length & 1));
  chunk.write('EXIF', 0, 'latin1');
  chunk.writeUInt32LE(exif.length, 4);
  chunk.set(exif, 8);
  const result = splice(file, old.start - 8, 8 + old.length + (old.length & 1), chunk);
  result.writeUInt32LE(result.length - 8, 4);
  return result;
}

function replaceJpegExif(file: Buffer, exif: Uint8Array): Buffer {
  const length = 2 + EXIF_PREFIX.length + exif.length;
  if (length > 0xffff) return file;
  const header = Buffer.from([0xff, 0xe1, length >> 8, length & 0xff, ...EXIF_PREFIX]);
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda;) {
    const old = 2 + file.readUInt16BE(at + 2);
    if (file[at + 1] === 0xe1 && EXIF_PREFIX.equals(file.subarray(at + 4, at + 10))) {
      return splice(file, at, old, Buffer.concat([header, exif]));
    }
    at += old;
  }
  return file;
}

function splice(file: Buffer, start: number, length: number, replacement: Uint8Array): Buffer {
  return Buffer.concat([file.subarray(0, start), replacement, file.subarray(start + length)]);
}
