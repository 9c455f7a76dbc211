import type { BitPlane } from './bit-plane';
import { intersect, isEmpty, type Point, type Rect, rectOf, roundOut } from './geometry';

/** An area that is drawn as a whole, in picture pixels. A polygon closes by itself; crossing itself leaves no gap. */
export type Shape =
  | { readonly kind: 'polygon'; readonly points: readonly Point[] }
  | { readonly kind: 'rectangle'; readonly box: Rect }
  | { readonly kind: 'ellipse'; readonly box: Rect };

/** Corners of the line that stands for an ellipse on the screen. */
const ELLIPSE_CORNERS = 96;

/**
 * The box between two corners of a drag, its edges on whole pixels; with `square`, both sides as long as the longer, from
 * `from` towards `to`.
 */
export function boxBetween(from: Point, to: Point, square: boolean): Rect {
  const side = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  const end = square ? { x: from.x + (to.x < from.x ? -side : side), y: from.y + (to.y < from.y ? -side : side) } : to;
  const x = Math.round(Math.min(from.x, end.x));
  const y = Math.round(Math.min(from.y, end.y));
  const right = Math.round(Math.max(from.x, end.x));
  const bottom = Math.round(Math.max(from.y, end.y));
  return { x, y, width: right - x, height: bottom - y };
}

/** The box that holds every pixel of the shape, inside the plane's bounds; empty when it misses them. */
export function shapeBounds(shape: Shape, bounds: Rect): Rect {
  if (shape.kind !== 'polygon') return intersect(shape.box, bounds);
  const [first, ...rest] = shape.points;
  if (!first) return { x: bounds.x, y: bounds.y, width: 0, height: 0 };
  let { x: left, y: top, x: right, y: bottom } = first;
  for (const { x, y } of rest) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return intersect(roundOut({ x: left, y: top, width: right - left, height: bottom - top }), bounds);
}

/** Sets (or clears) every pixel whose centre lies in the shape. */
export function rasteriseShape(plane: BitPlane, shape: Shape, on: boolean): void {
  const bounds = shapeBounds(shape, rectOf(plane));
  if (isEmpty(bounds)) return;
  if (shape.kind === 'rectangle') plane.fillRect(bounds, on);
  else if (shape.kind === 'ellipse') rasteriseEllipse(plane, shape.box, bounds, on);
  else rasterisePolygon(plane, shape.points, bounds, on);
}

/** The shape's border as a closed line, for the screen. */
export function outlineOfShape(shape: Shape): readonly Point[] {
  if (shape.kind === 'polygon') return shape.points;
  const { x, y, width, height } = shape.box;
  if (shape.kind === 'ellipse') {
    return Array.from({ length: ELLIPSE_CORNERS }, (_, i) => {
      const angle = (2 * Math.PI * i) / ELLIPSE_CORNERS;
      return { x: x + (width / 2) * (1 + Math.cos(angle)), y: y + (height / 2) * (1 + Math.sin(angle)) };
    });
  }
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

function rasteriseEllipse(plane: BitPlane, box: Rect, bounds: Rect, on: boolean): void {
  const middle = box.x + box.width / 2;
  for (let row = bounds.y; row < bounds.y + bounds.height; row++) {
    const away = (2 * (row + 0.5 - box.y)) / box.height - 1;
    const half = (box.width / 2) * Math.sqrt(Math.max(0, 1 - away * away));
    plane.fillSpan(row, Math.ceil(middle - half - 0.5), Math.floor(middle + half - 0.5) + 1, on);
  }
}

/** By the winding rule: what a lasso goes round twice stays inside. */
function rasterisePolygon(plane: BitPlane, points: readonly Point[], bounds: Rect, on: boolean): void {
  const crossings: { x: number; turn: number }[][] = Array.from({ length: bounds.height }, () => []);
  let a = points[points.length - 1];
  for (const b of points) {
    if (a) addCrossings(crossings, a, b, bounds);
    a = b;
  }
  crossings.forEach((row, index) => {
    row.sort((p, q) => p.x - q.x);
    let winding = 0;
    let from = 0;
    for (const { x, turn } of row) {
      if (winding === 0) from = x;
      winding += turn;
      if (winding === 0) plane.fillSpan(bounds.y + index, Math.ceil(from - 0.5), Math.ceil(x - 0.5), on);
    }
  });
}

/** Notes where an edge meets the middle lines of the rows; an end on a middle line belongs to one of its edges only. */
function addCrossings(rows: { x: number; turn: number }[][], a: Point, b: Point, bounds: Rect): void {
  const down = b.y > a.y;
  const [upper, lower] = down ? [a, b] : [b, a];
  const first = Math.max(bounds.y, Math.ceil(upper.y - 0.5));
  const last = Math.min(bounds.y + bounds.height - 1, Math.ceil(lower.y - 0.5) - 1);
  for (let row = first; row <= last; row++) {
    const x = upper.x + ((row + 0.5 - upper.y) / (lower.y - upper.y)) * (lower.x - upper.x);
    rows[row - bounds.y]?.push({ x, turn: down ? 1 : -1 });
  }
}
