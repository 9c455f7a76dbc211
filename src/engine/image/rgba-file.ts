import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import { pngSize } from './png-size';
import { rawInput, rawSamples, sharp } from './sharp';

/** Painted colours as a PNG: RGBA, 8 bit, not premultiplied; `decodeRgba` returns the same bytes. */
export async function encodeRgba({ width, height }: Size, samples: Uint8Array): Promise<Buffer> {
  const image = { width, height, channels: 4, samples };
  return sharp(...rawInput(image))
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/**
 * The colours in a file's bytes.
 * @param size what it must be
 * @param file where they are from, for messages
 * @throws StudioError file-unreadable when they are anything else
 */
export async function decodeRgba(bytes: Buffer, size: Size, file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const actual = pngSize(bytes);
    // Before anything is decoded: a small file can claim to be a huge picture.
    if (actual?.width !== size.width || actual.height !== size.height) throw new TypeError('of another size');
    const pipeline = sharp(bytes, { limitInputPixels: false, failOn: 'error' }).toColourspace('srgb');
    const { channels, samples } = await rawSamples(pipeline, 8);
    if (channels !== 4) throw new TypeError('without transparency');
    return Uint8Array.from(samples);
  } catch (thrown) {
    throw errorFor('kept-hint-damaged', { name: basename(file) }, { file, cause: thrown });
  }
}
