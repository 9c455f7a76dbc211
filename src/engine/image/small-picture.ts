import type { Sharp } from 'sharp';
import type { Size } from '../../shared/geometry';
import { decodingFailed } from './picture-errors';
import type { PictureFile } from './picture-file';
import { rawSamples, sharp } from './sharp';

/** What is seen of a picture at a smaller size: RGBA, sRGB through the file's profile, alpha not premultiplied. */
export interface SmallPicture extends Size {
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * Decodes a picture no larger than it is wanted, where its format allows that, upright.
 * @param shrink what makes the upright picture smaller
 * @throws StudioError as `decodePicture`
 */
export async function decodeShrunk(file: PictureFile, shrink: (upright: Sharp) => Sharp): Promise<SmallPicture> {
  const { bytes, about, path, name, ended } = file;
  try {
    const upright = sharp(bytes, {
      ignoreIcc: !about.space.includes('cmyk'),
      limitInputPixels: false,
      failOn: ended ? 'warning' : 'error',
    }).autoOrient();
    // In two steps, because the colours are converted only where a file with a profile is read or written.
    const small = await shrink(upright)
      .toColourspace(about.channels < 3 ? 'b-w' : 'srgb')
      .keepIccProfile()
      .png({ compressionLevel: 0 })
      .toBuffer();
    const { samples, width, height } = await rawSamples(sharp(small).toColourspace('srgb').ensureAlpha(), 8);
    return { width, height, pixels: Uint8Array.from(samples) };
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
}
