import { intersect, isEmpty, rectOf, roundOut } from '../../shared/geometry';
import { boxOf, type Frame } from './frame';
import { matrixOf } from './viewport';

/** From this zoom on (display pixels for a pixel of the picture) the grid is drawn. */
const GRID_ZOOM = 8;
/** A dark line with a light one beside it, so that the grid can be seen on every colour. Device pixels. */
const LINES = [
  { shift: 0, style: 'rgb(0 0 0 / 28%)' },
  { shift: 1, style: 'rgb(255 255 255 / 20%)' },
] as const;

/** Whether pixels are large enough for it. */
export function hasPixelGrid({ view, pixelRatio }: Frame): boolean {
  return view.scale * pixelRatio >= GRID_ZOOM;
}

/** Draws the borders between the pixels of the picture, once they are large enough. */
export function paintPixelGrid(context: CanvasRenderingContext2D, frame: Frame): void {
  const zoom = frame.view.scale * frame.pixelRatio;
  if (!hasPixelGrid(frame)) return;
  const box = intersect(roundOut(boxOf(frame)), rectOf(frame.picture));
  if (isEmpty(box)) return;
  const path = new Path2D();
  for (let x = box.x; x <= box.x + box.width; x++) {
    path.moveTo(x, box.y);
    path.lineTo(x, box.y + box.height);
  }
  for (let y = box.y; y <= box.y + box.height; y++) {
    path.moveTo(box.x, y);
    path.lineTo(box.x + box.width, y);
  }
  context.save();
  context.lineWidth = 1 / zoom;
  for (const { shift, style } of LINES) {
    const [a, b, c, d, e, f] = matrixOf(frame.view, frame.pixelRatio);
    context.setTransform(a, b, c, d, e + shift, f + shift);
    context.strokeStyle = style;
    context.stroke(path);
  }
  context.restore();
}
