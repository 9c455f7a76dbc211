import type { Size } from '../../shared/geometry';
import { decodingFailed } from './file-errors';
import { openPictureFile, type ReadOptions } from './read-picture';
import { rawSamples, sharp } from './sharp';

/** A small picture of the whole, to be shown until the full one is decoded. */
export interface Overview extends Size {
  /** width x height x 4 bytes, sRGB through the file's profile, upright, alpha not premultiplied. */
  readonly pixels: Uint8Array;
  /** The full picture's size, upright. */
  readonly full: Size;
}

/**
 * Decodes a picture at a small size; JPEG and WebP do that many times faster than at full size.
 * @param side the longest side of the result, pixels; never larger than the picture
 * @throws StudioError as `readPicture`
 */
export async function readOverview(
  source: string | Uint8Array,
  side = 1024,
  options: ReadOptions = {},
): Promise<Overview> {
  const { bytes, about, path, name } = await openPictureFile(source, options);
  try {
    // In two steps, because the library takes 16-bit samples with a profile to another space than sRGB.
    const small = await sharp(bytes, {
      ignoreIcc: !about.space.includes('cmyk'),
      limitInputPixels: false,
      failOn: 'error',
    })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace(about.channels < 3 ? 'b-w' : 'srgb')
      .keepIccProfile()
      .png({ compressionLevel: 0 })
      .toBuffer();
    const pipeline = sharp(small).toColourspace('srgb').ensureAlpha();
    const { width, height, samples } = await rawSamples(pipeline, 8);
    const pixels = samples instanceof Uint8Array ? samples : new Uint8Array();
    return { width, height, pixels, full: { width: about.autoOrient.width, height: about.autoOrient.height } };
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
}
