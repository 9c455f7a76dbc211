import { errorFor } from '../../shared/error-texts';
import { boundsWhere, type Size } from '../../shared/geometry';
import type { Hint } from './hint';
import { sampleTo8 } from '../image/planes';
import { readPicture } from '../image/read-picture';

/**
 * A colour hint from a picture file with transparency: what is opaque in it is the hint. Its colours are taken as the
 * photo's own: a profile is not applied.
 * @returns null when it is transparent everywhere
 * @throws StudioError mask-size-mismatch when it has not the size of the picture, bad-request when it has no transparency;
 * and as `readPicture`
 */
export async function readHint(file: string, size: Size): Promise<Hint | null> {
  const check = ({ width, height }: Size): void => {
    if (width === size.width && height === size.height) return;
    const sizes = { width, height, pictureWidth: size.width, pictureHeight: size.height };
    throw errorFor('hint-of-other-size', sizes, { file });
  };
  // By what it claims, lying as it is shown or as it is stored, before any of it is decoded.
  const onClaims = (claims: Size): void => {
    if (claims.width !== size.height || claims.height !== size.width) check(claims);
  };
  const picture = await readPicture(file, { onClaims });
  check(picture);
  const { width, height, channels, depth, samples } = picture;
  if (channels !== 4) throw errorFor('hint-opaque', {}, { file });
  const to8 = depth === 16 ? sampleTo8 : (sample: number) => sample;
  const box = boundsWhere({ width, height }, (at) => to8(samples[4 * at + 3]) > 0);
  if (!box) return null;
  const pixels = new Uint8Array(box.width * box.height * 4);
  for (let y = 0, to = 0; y < box.height; y++) {
    let from = ((box.y + y) * width + box.x) * 4;
    for (let i = 0; i < box.width * 4; i++) pixels[to++] = to8(samples[from++]);
  }
  return { box, step: 1, pixels };
}
