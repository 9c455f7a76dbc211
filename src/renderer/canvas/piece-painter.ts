import type { Point } from '../../shared/geometry';
import type { ShownSource } from '../state/document/picture-view';
import type { Frame } from './frame';
import { FILLED_STYLE, SOURCE_STYLE, strokeTwoTone } from './two-tone';
import { matrixOf, panBy, toScreen } from './viewport';

type ShownPiece = Extract<ShownSource, { readonly kind: 'piece' }>;

/** Of a piece that is only pointed at. */
const FAINT = 0.75;
const SEAM = { width: 1.5, style: 'rgb(0 0 0 / 65%)' };

/** Outlines a piece of a fill and the place that it came from, with a line between. */
export function paintPiece(context: CanvasRenderingContext2D, frame: Frame, piece: ShownPiece): void {
  const { box, outline, shift, held } = piece;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const [from, to] = [toScreen(frame.view, middle), toScreen(frame.view, plus(middle, shift))];
  context.save();
  context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
  context.globalAlpha = held ? 1 : FAINT;
  context.lineCap = 'round';
  strokeTwoTone(context, [
    { path: pathOf(frame, outline, shift), style: SOURCE_STYLE },
    { path: pathOf(frame, outline), style: FILLED_STYLE },
  ]);
  arrow(context, from, to);
  context.restore();
}

/** Lets the picture be drawn inside a piece as it is at the piece's source. */
export function paintInside(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { rects, shift }: ShownPiece,
  paint: (moved: Frame) => void,
): void {
  const { view, pixelRatio } = frame;
  context.save();
  context.setTransform(...matrixOf(view, pixelRatio));
  const inside = new Path2D();
  for (const { x, y, width, height } of rects) inside.rect(x, y, width, height);
  context.clip(inside);
  const [origin, source] = [toScreen(view, { x: 0, y: 0 }), toScreen(view, shift)];
  paint({ ...frame, view: panBy(view, origin.x - source.x, origin.y - source.y) });
  context.restore();
}

/** Draws the borders between pieces. */
export function paintSeams(context: CanvasRenderingContext2D, frame: Frame, seams: Float32Array): void {
  context.save();
  context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
  context.lineCap = 'round';
  context.lineWidth = SEAM.width;
  context.strokeStyle = SEAM.style;
  context.stroke(pathOf(frame, seams));
  context.restore();
}

function arrow(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 1) return;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  // It points at the piece: that is where the pixels went.
  const side = (sign: number) => ({ x: from.x + 10 * dx - 5 * sign * dy, y: from.y + 10 * dy + 5 * sign * dx });
  const [left, right] = [side(1), side(-1)];
  const path = new Path2D();
  path.moveTo(to.x, to.y);
  path.lineTo(from.x, from.y);
  path.moveTo(left.x, left.y);
  path.lineTo(from.x, from.y);
  path.lineTo(right.x, right.y);
  strokeTwoTone(context, [{ path, style: SOURCE_STYLE }]);
}

/** @param segments four numbers a line, picture pixels */
function pathOf({ view }: Frame, segments: Float32Array, shift: Point = { x: 0, y: 0 }): Path2D {
  const path = new Path2D();
  for (let i = 0; i + 3 < segments.length; i += 4) {
    const from = toScreen(view, plus({ x: segments[i] ?? 0, y: segments[i + 1] ?? 0 }, shift));
    const to = toScreen(view, plus({ x: segments[i + 2] ?? 0, y: segments[i + 3] ?? 0 }, shift));
    path.moveTo(from.x, from.y);
    path.lineTo(to.x, to.y);
  }
  return path;
}

function plus(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}
