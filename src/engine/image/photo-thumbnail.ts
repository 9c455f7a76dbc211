/** Small looks at photos that are not open. */
import type { SmallPicture } from './overview';
import { decodingFailed } from './picture-errors';
import type { PictureFile } from './picture-file';
import { rawSamples, sharp } from './sharp';

/**
 * Decodes a photo no larger than it is shown, where its format allows that: of a JPEG, an eighth is read. Upright, in sRGB
 * through the file's profile.
 * @param side the longest side of the result, pixels; a smaller photo is not enlarged
 * @throws StudioError as `decodePicture`
 */
export async function decodeThumbnail(file: PictureFile, side: number): Promise<SmallPicture> {
  const { bytes, about, path, name, ended } = file;
  try {
    // In two steps, because the colours are converted only where a file with a profile is read or written.
    const small = await sharp(bytes, {
      ignoreIcc: !about.space.includes('cmyk'),
      limitInputPixels: false,
      failOn: ended ? 'warning' : 'error',
      sequentialRead: true,
    })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
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
