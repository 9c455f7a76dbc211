/**
 * A patch as a file: a PNG of its box, of the patch's depth, whose alpha channel is its opacity in the hole - at least 1, so
 * that what is fully see-through is not in the hole - and whose standard `oFFs` chunk (PNG extensions 1.2.0, offset in pixels) says where the box lies. Samples outside the hole don't count and are
 * stored as 0.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import { insertPngChunk, pngChunks } from './containers';
import { readingFailed } from '../files/file-errors';
import type { Patch } from './picture';
import { largestSample, newSamples } from './planes';
import { pngSize } from './png-size';
import { colourSpace, rawInput, rawSamples, sharp } from './sharp';
import { writeAside } from '../files/write-aside';

/** In pixels, as opposed to micrometres. */
const OFFSET_UNIT = 0;

/** The patch as PNG bytes; `decodePatch` returns the same box, hole, and samples inside the hole. */
export async function encodePatch(patch: Patch): Promise<Buffer> {
  const { width, height } = patch.box;
  const samples = newSamples(width * height * 4, patch.depth);
  const opaque = largestSample(patch.depth);
  const hole = patch.hole.toBytes();
  for (let i = 0; i < hole.length; i++) {
    if (hole[i] === 0) continue;
    for (let channel = 0; channel < 3; channel++) samples[i * 4 + channel] = patch.samples[i * 3 + channel];
    samples[i * 4 + 3] = patch.alpha ? Math.max(1, patch.alpha[i] * (opaque / 255)) : opaque;
  }
  const image = { width, height, channels: 4, samples };
  const png = await sharp(...rawInput(image))
    .toColourspace(colourSpace(4, patch.depth))
    .png({ compressionLevel: 1 })
    .toBuffer();
  const offset = Buffer.alloc(9);
  offset.writeInt32BE(patch.box.x, 0);
  offset.writeInt32BE(patch.box.y, 4);
  offset.writeUInt8(OFFSET_UNIT, 8);
  return insertPngChunk(png, 'oFFs', offset);
}

/**
 * The patch in a file's bytes.
 * @param file where they are from, for messages
 * @throws StudioError file-unreadable when they are not what `encodePatch` makes
 */
export async function decodePatch(bytes: Buffer, file: string): Promise<Patch> {
  try {
    const offset = pngSize(bytes) && pngChunks(bytes).find((chunk) => chunk.name === 'oFFs' && chunk.length === 9);
    const about = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!offset || about.format !== 'png' || about.channels !== 4) throw new TypeError('not a patch');
    const depth = about.depth === 'ushort' ? 16 : 8;
    const space = colourSpace(4, depth);
    const pipeline = sharp(bytes, { limitInputPixels: false, failOn: 'error' }).pipelineColourspace(space);
    const { width, height, samples } = await rawSamples(pipeline.toColourspace(space), depth);
    const colours = newSamples(width * height * 3, depth);
    const opaque = largestSample(depth);
    const alpha = new Uint8Array(width * height);
    let seeThrough = false;
    for (let i = 0; i < alpha.length; i++) {
      for (let channel = 0; channel < 3; channel++) colours[i * 3 + channel] = samples[i * 4 + channel];
      const opacity = samples[i * 4 + 3];
      alpha[i] = opacity === 0 ? 0 : 255;
      if (opacity > 0 && opacity < opaque) seeThrough = true;
    }
    const box = { x: bytes.readInt32BE(offset.start), y: bytes.readInt32BE(offset.start + 4), width, height };
    const patch = { box, depth, samples: colours, hole: BitPlane.fromBytes(box, alpha) } as const;
    if (!seeThrough) return patch;
    return {
      ...patch,
      alpha: alpha.map((_, i) => (samples[i * 4 + 3] === 1 ? 0 : samples[i * 4 + 3] / (opaque / 255))),
    };
  } catch (thrown) {
    throw errorFor('kept-edit-damaged', { name: basename(file) }, { file, cause: thrown });
  }
}

/** @throws StudioError disk-full, file-not-writable */
export async function writePatch(patch: Patch, path: string): Promise<void> {
  await writeAside(path, await encodePatch(patch));
}

/** @throws StudioError file-missing, file-unreadable */
export async function readPatch(path: string): Promise<Patch> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readingFailed(path, thrown);
  });
  return decodePatch(bytes, path);
}
