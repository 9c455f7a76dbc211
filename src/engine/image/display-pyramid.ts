import type { Rect, Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol/values';
import { displayColours, type DisplayColours } from './display-colours';
import { type DisplayTile, tileBoxOf } from './display-tile';
import { copyBox, halveInTurns, type RowSource, rowsOf, rowsOfBlock } from './display-halving';
import { halfSize } from '../raster/halving';
import type { Picture } from './picture';

/** A level of the pyramid: 8-bit samples in the picture's own colours. */
interface Level extends Size {
  readonly rows: RowSource;
  /** Bytes that the level holds itself. */
  readonly bytes: number;
}

/**
 * A document's picture for the screen at every zoom: level n is 2^-n of full size, box-averaged, in tiles of TILE_SIDE.
 * Level 0 reads the picture's own samples, so the pyramid holds a third of them (8 bit: 1 byte a pixel and channel x
 * 1/3; 24 megapixels: 24 MB, 100 megapixels: 100 MB). It never changes; what edits look like is a DisplayView's.
 */
export class DisplayPyramid {
  /** Number of levels; the last fits into one tile. */
  readonly levels: number;

  private constructor(
    readonly picture: Picture,
    private readonly colours: DisplayColours,
    private readonly stack: readonly Level[],
  ) {
    this.levels = stack.length;
  }

  /** Builds every level (24 megapixels: about 0.1 s, in turns of some milliseconds). */
  static async of(picture: Picture): Promise<DisplayPyramid> {
    return new DisplayPyramid(picture, await displayColours(picture), await buildLevels(picture));
  }

  /** Bytes held beside the picture's samples. */
  get bytes(): number {
    return this.stack.reduce((sum, level) => sum + level.bytes, 0);
  }

  /** The original's samples of a box of a level, in the picture's own colours and channels. */
  samples(level: number, box: Rect): Uint8Array {
    return copyBox(this.stack[level].rows, box, this.picture.channels);
  }

  /** Such samples in the screen's colours. */
  render(samples: Uint8Array, box: Rect, version: number): DisplayTile {
    const pixels = new Uint8Array(box.width * box.height * 4);
    this.colours(samples, this.picture.channels, pixels, box.width * box.height);
    return { width: box.width, height: box.height, version, pixels };
  }

  /**
   * The box of the tile in column x, row y, in pixels of its level.
   * @throws StudioError bad-request when the picture has no such tile
   */
  tileBox(level: number, x: number, y: number): Rect {
    return tileBoxOf(this.stack.at(level), level, x, y);
  }
}

async function buildLevels(picture: Picture): Promise<Level[]> {
  const { width, height, channels } = picture;
  const levels: Level[] = [{ width, height, rows: rowsOf(picture), bytes: 0 }];
  for (let below = levels[0]; Math.max(below.width, below.height) > TILE_SIDE;) {
    const size = halfSize(below);
    const samples = await halveInTurns(below.rows, below, channels);
    const rows = rowsOfBlock(samples, size.width, channels);
    below = { ...size, rows, bytes: samples.length };
    levels.push(below);
  }
  return levels;
}
