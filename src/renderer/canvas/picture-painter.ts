import { boxOf, drawOnto, type Frame, levelOf, smooth } from './frame';
import { tileBox, tilesIn } from '../state/document/tile-grid';
import type { TileStore } from '../state/document/tile-store';
import { matrixOf } from './viewport';

const CHECKER = { side: 8, light: '#d9d9d9', dark: '#b8b8b8' };
/** Stands where no tile has arrived yet. */
const WAITING = '#808080';

/** Draws the picture from the tiles at hand: the wanted level where it has arrived, coarser ones elsewhere. */
export class PicturePainter {
  private checker: CanvasPattern | null = null;

  paint(context: CanvasRenderingContext2D, frame: Frame, tiles: TileStore<ImageBitmap>, alpha: boolean): void {
    const level = levelOf(frame);
    const box = boxOf(frame);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.paintGround(context, frame, alpha);
    smooth(context, frame);
    for (const address of tilesIn(box, level, frame.picture)) {
      const best = tiles.best(address);
      if (!best) continue;
      const target = tileBox(address, frame.picture);
      const whole = tileBox(best.tile, frame.picture);
      const { image } = best;
      // Where in the (maybe coarser) tile this one lies: in proportion, because the last pixels of a level may be cut.
      const sx = image.width / whole.width;
      const sy = image.height / whole.height;
      const source = {
        x: (target.x - whole.x) * sx,
        y: (target.y - whole.y) * sy,
        width: target.width * sx,
        height: target.height * sy,
      };
      drawOnto(context, frame, image, source, target);
    }
    context.restore();
  }

  private paintGround(context: CanvasRenderingContext2D, frame: Frame, alpha: boolean): void {
    const { picture, view, pixelRatio } = frame;
    context.save();
    context.setTransform(...matrixOf(view, pixelRatio));
    context.beginPath();
    context.rect(0, 0, picture.width, picture.height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (alpha) this.checker ??= checkerPattern(context);
    if (alpha && this.checker) {
      this.checker.setTransform(
        new DOMMatrix([pixelRatio, 0, 0, pixelRatio, view.x * pixelRatio, view.y * pixelRatio]),
      );
      context.fillStyle = this.checker;
    } else {
      context.fillStyle = WAITING;
    }
    context.fill();
    context.restore();
  }
}

function checkerPattern(context: CanvasRenderingContext2D): CanvasPattern | null {
  const { side, light, dark } = CHECKER;
  const tile = new OffscreenCanvas(2 * side, 2 * side);
  const paint = tile.getContext('2d');
  if (!paint) return null;
  paint.fillStyle = light;
  paint.fillRect(0, 0, 2 * side, 2 * side);
  paint.fillStyle = dark;
  paint.fillRect(0, 0, side, side);
  paint.fillRect(side, side, side, side);
  return context.createPattern(tile, 'repeat');
}
