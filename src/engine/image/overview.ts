import type { Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol/values';
import { type DisplayTile, tileBoxOf } from './display-tile';
import { copyBox, halve, rowsOfBlock } from './display-halving';
import { halfSize } from '../raster/halving';
import type { PictureFile } from './picture-file';
import { decodeShrunk, type SmallPicture } from './small-picture';

/** An eighth: the most that a JPEG is shrunk by while it is decoded, at a third of the time. */
export const OVERVIEW_LEVEL = 3;
/** Pictures with fewer pixels are decoded before anybody waits for them. */
const LEAST_PIXELS = 20_000_000;

/** A picture at an eighth of its size and less, upright: what is shown of it until the whole is decoded. */
export class Overview {
  private constructor(private readonly levels: readonly SmallPicture[]) {}

  /** @param largest the level OVERVIEW_LEVEL of the picture */
  static over(largest: SmallPicture): Overview {
    const levels = [largest];
    for (let level = largest; Math.max(level.width, level.height) > TILE_SIDE; levels.push(level)) {
      level = { ...halfSize(level), pixels: halve(rowsOfBlock(level.pixels, level.width, 4), level, 4) };
    }
    return new Overview(levels);
  }

  /** A tile as the pyramid would have it, but for rounding; null at levels that are finer. Errors: bad-request */
  tile(level: number, x: number, y: number): DisplayTile | null {
    if (level < OVERVIEW_LEVEL) return null;
    const from = this.levels[level - OVERVIEW_LEVEL];
    const box = tileBoxOf(from, level, x, y);
    const pixels = Uint8Array.from(copyBox(rowsOfBlock(from.pixels, from.width, 4), box, 4));
    return { width: box.width, height: box.height, version: 0, pixels };
  }
}

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
