import { expand, type Point, type Rect } from '../../shared/geometry';
import type { SourcePlace } from '../../shared/source-map';
import type { Frame } from './frame';
import { FILLED_STYLE, SOURCE_STYLE, strokeTwoTone } from './two-tone';
import { toScreen } from './viewport';

/** However far the picture is zoomed out, the two places can be seen: half a side, CSS pixels. */
const LEAST = 5;

/** Outlines a cell of a fill and the place that it came from, with a line between. */
export function paintSourceLink(context: CanvasRenderingContext2D, frame: Frame, { cell, source }: SourcePlace): void {
  const margin = Math.max(2, LEAST / frame.view.scale - cell.width / 2);
  const here = cornersOf(frame, expand(cell, margin));
  const there = cornersOf(frame, expand(source, margin));
  const line = new Path2D();
  const [from, to] = [middleOf(here), middleOf(there)];
  line.moveTo(from.x, from.y);
  line.lineTo(to.x, to.y);
  context.save();
  context.setTransform(frame.pixelRatio, 0, 0, frame.pixelRatio, 0, 0);
  strokeTwoTone(context, [
    { path: line, style: SOURCE_STYLE },
    { path: closed(there), style: SOURCE_STYLE },
    { path: closed(here), style: FILLED_STYLE },
  ]);
  context.restore();
}

function cornersOf({ view }: Frame, { x, y, width, height }: Rect): readonly Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ].map((corner) => toScreen(view, corner));
}

function middleOf(corners: readonly Point[]): Point {
  const mean = (along: (corner: Point) => number) => corners.reduce((sum, c) => sum + along(c), 0) / corners.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

function closed(corners: readonly Point[]): Path2D {
  const path = new Path2D();
  for (const { x, y } of corners) path.lineTo(x, y);
  path.closePath();
  return path;
}
