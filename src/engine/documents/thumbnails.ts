import { type EngineResponse } from '../../shared/bridge';
import { errorFor } from '../../shared/error-texts';
import { contains, type Rect, rectOf, type Size } from '../../shared/geometry';
import { displayColours, type DisplayColours } from '../image/display-colours';
import { type LaidPatch, type Picture } from '../image/picture';
import { planesToSamples } from '../image/planes';
import { PictureView } from '../image/picture-view';
import { shrinkRows } from '../raster/resample';

/** Rows read for each one of the thumbnail: the mean of so many is smooth enough, and a huge box costs no more. */
const ROWS_EACH = 4;

/** Small looks at parts of a picture with patches on it. */
export class Thumbnails {
  private constructor(
    private readonly picture: Picture,
    private readonly colours: DisplayColours,
  ) {}

  static async of(picture: Picture): Promise<Thumbnails> {
    return new Thumbnails(picture, await displayColours(picture));
  }

  /**
   * @param patches lowest first
   * @param side the longest side of the result; a smaller box is not enlarged
   * @throws StudioError bad-request when the box reaches over the picture's edge
   */
  make(box: Rect, patches: readonly LaidPatch[], side: number): EngineResponse<'thumbnail'> {
    if (!contains(rectOf(this.picture), box)) throw errorFor('place-outside', {});
    const { width, height } = sizeWithin(box, side);
    const view = new PictureView(this.picture, patches);
    const rows = Math.min(box.height, height * ROWS_EACH);
    const read = (y: number, row: Float32Array) =>
      view.readRow(box.y + Math.floor(((y + 0.5) * box.height) / rows), box.x, box.width, row);
    const planes = shrinkRows(read, { width: box.width, height: rows }, { width, height });
    const samples = planesToSamples(planes, { width, height }, 8);
    const pixels = new Uint8Array(width * height * 4);
    this.colours(Uint8Array.from(samples), 3, pixels, width * height);
    return { width, height, pixels };
  }
}

function sizeWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
