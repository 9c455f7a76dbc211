import { endsOf } from '../../shared/structure-line';
import type { ShownLine } from '../state/document/picture-view';
import type { Frame } from './frame';
import { toScreen } from './viewport';

/** Device-independent widths, so that a line stands out on any picture; found ones are dashed. */
const DARK = { width: 4, style: 'rgb(0 0 0 / 60%)' };
const STYLES = {
  drawn: { style: '#ffd23f', dash: [] },
  kept: { style: '#ffd23f', dash: [] },
  found: { style: '#7fe3ff', dash: [7, 5] },
} as const;
const WIDTH = 2;
/** Radius of the ends, which can be taken hold of. */
const END = 4;

/** Draws the lines that fills continue, with ends to take hold of. */
export function paintLines(context: CanvasRenderingContext2D, frame: Frame, lines: readonly ShownLine[]): void {
  context.save();
  context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
  context.lineJoin = 'round';
  for (const { points, kind } of lines) {
    const places = points.map((point) => toScreen(frame.view, point));
    const path = new Path2D();
    for (const { x, y } of places) path.lineTo(x, y);
    const ends = new Path2D();
    for (const { x, y } of endsOf(places)) {
      ends.moveTo(x + END, y);
      ends.arc(x, y, END, 0, 2 * Math.PI);
    }
    const { style, dash } = STYLES[kind];
    context.setLineDash([]);
    context.lineWidth = DARK.width;
    context.strokeStyle = DARK.style;
    context.stroke(path);
    context.stroke(ends);
    context.lineWidth = WIDTH;
    context.strokeStyle = style;
    context.fillStyle = style;
    context.setLineDash([...dash]);
    context.stroke(path);
    context.fill(ends);
  }
  context.restore();
}
