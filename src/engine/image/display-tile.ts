import { errorFor } from '../../shared/error-texts';
import { intersect, isEmpty, type Rect, rectOf, type Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol/values';

/** Pixels for the screen: width x height x 4 bytes, sRGB, alpha not premultiplied. */
export interface DisplayTile {
  readonly width: number;
  readonly height: number;
  /** Counts the calls of `setPatches` that changed something; of the original always 0. */
  readonly version: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * The box of the tile in column x, row y of a level, in the level's pixels.
 * @param size of the level; undefined where the picture has no such level
 * @throws StudioError bad-request when the picture has no such tile
 */
export function tileBoxOf(size: Size | undefined, level: number, x: number, y: number): Rect {
  const box = { x: x * TILE_SIDE, y: y * TILE_SIDE, width: TILE_SIDE, height: TILE_SIDE };
  const inside = size && level >= 0 ? intersect(box, rectOf(size)) : { ...box, width: 0 };
  if (isEmpty(inside)) throw errorFor('refused-message', { what: `tile ${level}: ${x}, ${y}` });
  return inside;
}
