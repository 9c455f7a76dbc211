import { intersect, isEmpty, type Rect } from '../../shared/geometry';
import type { LaidPatch, Picture } from './picture';
import { largestSample } from './planes';

/** What the view reads: a picture without its history. */
export type Pixels = Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'samples'>;

/** Position `at` of a row of `length` pixels that goes on for ever by mirroring, its edge pixels repeated. */
export function mirrored(at: number, length: number): number {
  const period = 2 * length;
  const phase = ((at % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/**
 * A picture with patches laid over it, read by rows as colours in [-1, 1]. Nothing is copied or changed, so that a later
 * crop sees the fills of earlier ones while the picture's own samples stay as they are.
 */
export class PictureView {
  private readonly patches: LaidPatch[];

  constructor(
    readonly picture: Pixels,
    patches: readonly LaidPatch[] = [],
  ) {
    this.patches = [...patches];
  }

  /** The same picture and patches; what is laid on one later, the other does not see. */
  copy(): PictureView {
    return new PictureView(this.picture, this.patches);
  }

  /** Adds a patch on top. */
  lay(patch: LaidPatch): void {
    this.patches.push(patch);
  }

  /**
   * Writes row `y`, columns `x` .. `x + count - 1`, as interleaved RGB. Outside the picture it goes on by mirroring.
   * @param row at least 3 x count
   */
  readRow(y: number, x: number, count: number, row: Float32Array): void {
    const { width, height, channels, depth, samples } = this.picture;
    const scale = 2 / largestSample(depth);
    const line = mirrored(y, height) * width;
    for (let i = 0; i < count; i++) {
      const column = x + i;
      const inside = column >= 0 && column < width ? column : mirrored(column, width);
      const at = (line + inside) * channels;
      row[i * 3] = samples[at] * scale - 1;
      row[i * 3 + 1] = samples[at + 1] * scale - 1;
      row[i * 3 + 2] = samples[at + 2] * scale - 1;
    }
    for (const patch of this.patches) this.readPatch(patch, mirrored(y, height), x, count, row);
  }

  private readPatch(patch: LaidPatch, y: number, x: number, count: number, row: Float32Array): void {
    const { box, hole, samples, opacity = 1 } = patch;
    const line = y - box.y;
    if (line < 0 || line >= box.height) return;
    const { width } = this.picture;
    if (x >= 0 && x + count <= width && isEmpty(intersect(box, { x, y, width: count, height: 1 }))) return;
    const scale = 2 / largestSample(patch.depth);
    for (let i = 0; i < count; i++) {
      const column = mirrored(x + i, width) - box.x;
      if (!hole.get(column, line)) continue;
      const at = (line * box.width + column) * 3;
      for (let c = 0; c < 3; c++) {
        const colour = samples[at + c] * scale - 1;
        row[i * 3 + c] = opacity === 1 ? colour : row[i * 3 + c] + (colour - row[i * 3 + c]) * opacity;
      }
    }
  }

  /** Colours of a box as planes. @returns 3 x box.height x box.width, [-1, 1] */
  readPlanes(box: Rect): Float32Array {
    const area = box.width * box.height;
    const planes = new Float32Array(3 * area);
    const row = new Float32Array(box.width * 3);
    for (let y = 0; y < box.height; y++) {
      this.readRow(box.y + y, box.x, box.width, row);
      for (let x = 0, at = y * box.width; x < box.width; x++, at++) {
        planes[at] = row[x * 3];
        planes[area + at] = row[x * 3 + 1];
        planes[2 * area + at] = row[x * 3 + 2];
      }
    }
    return planes;
  }
}
