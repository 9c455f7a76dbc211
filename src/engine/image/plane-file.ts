/**
 * A part of a bit plane as a file that every program opens: a grey PNG of one bit a pixel, white where the plane is on,
 * whose `oFFs` chunk (PNG extensions 1.2.0, offset in pixels) says where its box lies.
 */
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import { contains, rectOf, type Size } from '../../shared/geometry';
import type { PlanePatch } from '../../shared/protocol/values';
import { pngChunk, pngChunks } from './containers';
import { pngSize } from './png-size';
import { rawSamples, sharp } from './sharp';

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG: grey, one bit a sample, filter "none" before every row. */
const ONE_BIT = 1;
const GREY = 0;
const HALF = 128;

const compress = promisify(deflate);

/** A BitPlane's first pixel is a byte's lowest bit, a PNG's its highest. */
const MIRRORED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let mirrored = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) mirrored |= 0x80 >> bit;
  return mirrored;
});

/** The plane as PNG bytes; `decodePlane` returns the same. Compressed quickly: a hundred megapixels take 0.1 s. */
export async function encodePlane({ box, bits }: PlanePatch): Promise<Buffer> {
  const stride = (box.width + 7) >> 3;
  const rows = new Uint8Array((stride + 1) * box.height);
  for (let y = 0, from = 0; y < box.height; y++) {
    const to = y * (stride + 1) + 1;
    for (let i = 0; i < stride; i++, from++) rows[to + i] = MIRRORED[bits[from]];
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(box.width, 0);
  header.writeUInt32BE(box.height, 4);
  header.writeUInt8(ONE_BIT, 8);
  header.writeUInt8(GREY, 9);
  const offset = Buffer.alloc(9);
  offset.writeInt32BE(box.x, 0);
  offset.writeInt32BE(box.y, 4);
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('oFFs', offset),
    pngChunk('IDAT', await compress(rows, { level: 1 })),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/**
 * The plane in a file's bytes.
 * @param file where they are from, for messages
 * @throws StudioError file-unreadable when they are no plane, or one that reaches over the picture's edge
 */
export async function decodePlane(bytes: Buffer, picture: Size, file: string): Promise<PlanePatch> {
  try {
    const offset = pngChunks(bytes).find((chunk) => chunk.name === 'oFFs' && chunk.length === 9);
    const size = pngSize(bytes);
    if (!offset || !size) throw new TypeError('not a plane');
    const box = { x: bytes.readInt32BE(offset.start), y: bytes.readInt32BE(offset.start + 4), ...size };
    // Before anything is decoded: a small file can claim to be a huge picture.
    if (!contains(rectOf(picture), box)) throw new TypeError('over the edge');
    const pipeline = sharp(bytes, { limitInputPixels: false, failOn: 'error' }).extractChannel(0).toColourspace('b-w');
    const { samples } = await rawSamples(pipeline, 8);
    return { box, bits: Uint8Array.from(BitPlane.fromBytes(box, samples, HALF).bits) };
  } catch (thrown) {
    throw errorFor('kept-mask-damaged', { name: basename(file) }, { file, cause: thrown });
  }
}
