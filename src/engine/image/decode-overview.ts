import type { Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol/values';
import { halfSize } from '../raster/halving';
import { OVERVIEW_LEVEL } from './overview';
import type { PictureFile } from './picture-file';
import { decodeShrunk, type SmallPicture } from './small-picture';

/** Pictures with fewer pixels are decoded before anybody waits for them. */
const LEAST_PIXELS = 20_000_000;

/**
 * Decodes a large JPEG at an eighth of its size; null for other pictures, whose decoders have to do the whole work.
 * @throws StudioError as `decodePicture`
 */
export async function decodeOverview(file: PictureFile, leastPixels = LEAST_PIXELS): Promise<SmallPicture | null> {
  const { width, height } = file.about.autoOrient;
  const part = 2 ** OVERVIEW_LEVEL;
  const small = Math.min(width, height) < part || Math.max(width, height) <= TILE_SIDE;
  if (file.format !== 'jpeg' || small || width * height < leastPixels) return null;
  return decodeSmall(file, { width, height });
}

/** The picture at OVERVIEW_LEVEL, in exactly the size that the pyramid has there. */
function decodeSmall(file: PictureFile, full: Size): Promise<SmallPicture> {
  // Rounded down: by anything less than eight the decoder would shrink by four only, at twice the time.
  const inside = { width: full.width >> OVERVIEW_LEVEL, height: full.height >> OVERVIEW_LEVEL };
  let size = full;
  for (let level = 0; level < OVERVIEW_LEVEL; level++) size = halfSize(size);
  return decodeShrunk(file, (upright) =>
    upright
      .resize({ ...inside, fit: 'fill' })
      .extend({ right: size.width - inside.width, bottom: size.height - inside.height, extendWith: 'copy' }),
  );
}
