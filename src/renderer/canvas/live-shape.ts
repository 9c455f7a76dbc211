import { outlineOfShape, type Shape } from '../../shared/shape';
import type { Frame } from './frame';
import { toScreen } from './viewport';

/** Device-independent widths of the two lines, so that the outline stands out on any picture. */
const LINES = [
  { width: 3.5, style: 'rgb(0 0 0 / 65%)', dash: [] },
  { width: 1.5, style: '#ffffff', dash: [6, 4] },
] as const;
const SHADE = 'rgb(255 255 255 / 18%)';

/** Draws the area under the hand: a dashed closed line, lightly filled. */
export function paintShape(context: CanvasRenderingContext2D, frame: Frame, shape: Shape): void {
  const points = outlineOfShape(shape);
  const path = new Path2D();
  for (const point of points) {
    const at = toScreen(frame.view, point);
    path.lineTo(at.x, at.y);
  }
  path.closePath();
  context.save();
  context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
  context.fillStyle = SHADE;
  context.fill(path, 'nonzero');
  for (const { width, style, dash } of LINES) {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.setLineDash([...dash]);
    context.stroke(path);
  }
  context.restore();
}
