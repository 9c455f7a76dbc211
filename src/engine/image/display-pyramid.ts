import { StudioError } from '../../shared/errors';
import { intersect, isEmpty, type Rect, rectOf, type Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol';
import { displayColours, type DisplayColours } from './display-colours';
import { copyBox, halfSize, halve, type RowSource, rowsOf, rowsOfBlock } from './halving';
import type { Picture } from './picture';

/** Pixels for the screen: width x height x 4 bytes, sRGB, alpha not premultiplied. */
export interface DisplayTile {
  readonly width: number;
  readonly height: number;
  /** Counts the calls of `setPatches` that changed something; of the original always 0. */
  readonly version: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

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
  private readonly stack: readonly Level[];

  private constructor(
    readonly picture: Picture,
    private readonly colours: DisplayColours,
  ) {
    this.stack = buildLevels(picture);
    this.levels = this.stack.length;
  }

  /** Builds every level (24 megapixels: about 0.1 s, without a pause). */
  static async of(picture: Picture): Promise<DisplayPyramid> {
    return new DisplayPyramid(picture, await displayColours(picture));
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
    const size = this.stack.at(level);
    const box = { x: x * TILE_SIDE, y: y * TILE_SIDE, width: TILE_SIDE, height: TILE_SIDE };
    const inside = size && level >= 0 ? intersect(box, rectOf(size)) : { ...box, width: 0 };
    if (isEmpty(inside)) {
      const message = `The picture has no tile ${x}, ${y} at level ${level}.`;
      throw new StudioError({ code: 'bad-request', message, remedy: '' });
    }
    return inside;
  }
}

function buildLevels(picture: Picture): Level[] {
  const { width, height, channels } = picture;
  const levels: Level[] = [{ width, height, rows: rowsOf(picture), bytes: 0 }];
  for (let below = levels[0]; Math.max(below.width, below.height) > TILE_SIDE;) {
    const size = halfSize(below);
    const samples = halve(below.rows, below, channels);
    const rows = rowsOfBlock(samples, size.width, channels);
    below = { ...size, rows, bytes: samples.length };
    levels.push(below);
  }
  return levels;
}
