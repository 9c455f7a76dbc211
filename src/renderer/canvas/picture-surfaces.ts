import { type Rect, rectOf } from '../../shared/geometry';
import type { Comparison } from '../state/document/picture-view';
import { paintComparison } from './comparison';
import { boxOf, type Frame, partOf } from './frame';
import { PicturePainter } from './picture-painter';
import { meets } from '../state/document/tile-grid';
import type { SurfaceContents } from './tiled-surface';

/** Which look of the picture is to be seen, and whether it has transparent pixels. */
export interface SeenPicture {
  readonly look: Comparison;
  readonly alpha: boolean;
}

/**
 * The two surfaces that show the picture: one look of it in tiles, which need not be drawn again when it is dragged; two
 * against each other as a whole, since their line stands still on the stage meanwhile.
 */
export class PictureSurfaces {
  private readonly painter = new PicturePainter();
  private readonly seen: () => SeenPicture | null;

  /** `seen`: null while there is no picture. */
  constructor(seen: () => SeenPicture | null) {
    this.seen = seen;
  }

  get isCompared(): boolean {
    const seen = this.seen();
    return seen !== null && seen.look.kind !== 'single';
  }

  readonly contents: SurfaceContents = {
    isEmpty: (frame) => this.seen()?.look.kind !== 'single' || !meets(boxOf(frame), rectOf(frame.picture)),
    paint: (context, frame) => this.paint(context, frame),
  };

  paintCompared(context: CanvasRenderingContext2D, frame: Frame): void {
    if (this.isCompared) this.paint(context, frame);
  }

  /** Draws the look onto a canvas that shows something else, such as a part of it in another place. */
  paintOnto(context: CanvasRenderingContext2D, frame: Frame): void {
    this.paint(context, frame);
  }

  /** The pixels in a box of the stage, device pixels; `compared` is the surface of comparisons as it is now. */
  pixelsIn(box: Rect, frame: Frame, compared: CanvasRenderingContext2D): ImageData | null {
    if (this.isCompared) return compared.getImageData(box.x, box.y, box.width, box.height);
    const canvas = document.createElement('canvas');
    canvas.width = box.width;
    canvas.height = box.height;
    const context = canvas.getContext('2d');
    if (!context) return null;
    this.paint(context, partOf(frame, box));
    return context.getImageData(0, 0, box.width, box.height);
  }

  private paint(context: CanvasRenderingContext2D, frame: Frame): void {
    const seen = this.seen();
    if (seen) paintComparison(context, frame, this.painter, seen.look, seen.alpha);
  }
}
