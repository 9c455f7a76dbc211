import { TILE_SIDE } from '../../shared/protocol/values';
import { type DisplayTile, tileBoxOf } from './display-tile';
import { copyBox, halve, rowsOfBlock } from './display-halving';
import { halfSize } from '../raster/halving';
import type { SmallPicture } from './small-picture';

/** An eighth: the most that a JPEG is shrunk by while it is decoded, at a third of the time. */
export const OVERVIEW_LEVEL = 3;

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
