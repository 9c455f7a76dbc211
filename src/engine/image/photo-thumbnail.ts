/** Small looks at photos that are not open. */
import type { PictureFile } from './picture-file';
import { decodeShrunk, type SmallPicture } from './small-picture';

/**
 * Decodes a photo no larger than it is shown, where its format allows that: of a JPEG, an eighth is read. Upright, in sRGB
 * through the file's profile.
 * @param side the longest side of the result, pixels; a smaller photo is not enlarged
 * @throws StudioError as `decodePicture`
 */
export function decodeThumbnail(file: PictureFile, side: number): Promise<SmallPicture> {
  return decodeShrunk(file, (upright) =>
    upright.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true }),
  );
}
