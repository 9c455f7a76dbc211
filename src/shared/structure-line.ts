/**
 * Lines that a fill continues through its hole: edges that a person drew from one known side to another, or that were
 * found (the word is that of Sun et al. 2005, "Image completion with structure propagation").
 */
import { z } from 'zod';
import type { BitPlane } from './bit-plane';
import { errorFor } from './error-texts';
import type { Point } from './geometry';
import { idSchema, MAX_SIDE } from './protocol/values';

/** An end this near to the picture's border runs on beyond it, pixels. */
const BORDER = 3;
/** Points of a line at most; what a hand draws is simplified before it is kept. */
export const MOST_LINE_POINTS = 1000;
export const MOST_LINES = 200;

const coordinate = z.number().min(0).max(MAX_SIDE);

export const structureLineSchema = z.object({
  lineId: idSchema,
  /** In picture pixels, whole numbers at the edges of pixels as for strokes. Two points: a straight line. */
  points: z
    .array(z.object({ x: coordinate, y: coordinate }))
    .min(2)
    .max(MOST_LINE_POINTS),
});
export type StructureLine = z.infer<typeof structureLineSchema>;
export const structureLinesSchema = z.array(structureLineSchema).max(MOST_LINES);

/** The first and the last of a line's points. */
export function endsOf(points: readonly Point[]): Point[] {
  return [points[0], points.at(-1)].filter((end) => end !== undefined);
}

/**
 * Checks that a fill can continue a line: its ends must show it where the picture is known. One of them may lie at the
 * picture's border instead, where the hole reaches it.
 * @param number counts from 1, for the message
 * @throws StudioError line-in-hole, also for an end outside the picture
 */
export function checkLine({ points }: Pick<StructureLine, 'points'>, number: number, hole: BitPlane): void {
  const ends = endsOf(points);
  const isInside = ({ x, y }: Point) => x >= 0 && y >= 0 && x <= hole.width && y <= hole.height;
  const isKnown = ({ x, y }: Point) =>
    !hole.get(Math.min(hole.width - 1, Math.floor(x)), Math.min(hole.height - 1, Math.floor(y)));
  const isAtBorder = ({ x, y }: Point) => Math.min(x, y, hole.width - x, hole.height - y) <= BORDER;
  const anyKnown = ends.some((end) => isInside(end) && isKnown(end));
  for (const end of ends) {
    const { x, y } = end;
    const inside = isInside(end);
    if (inside && (isKnown(end) || (anyKnown && isAtBorder(end)))) continue;
    throw errorFor(inside ? 'line-ends-in-hole' : 'line-ends-outside', {
      line: number,
      x: Math.floor(x),
      y: Math.floor(y),
    });
  }
}

/**
 * A line as a hand drew it with as few points as stay within a tolerance of it (Douglas and Peucker 1973); what is as good as
 * straight has two.
 * @param tolerance picture pixels
 */
export function simplifiedLine(points: readonly Point[], tolerance: number): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) return [...points];
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const length = Math.hypot(dx, dy);
  let farthest = 0;
  let most = tolerance;
  for (const [i, { x, y }] of points.entries()) {
    const distance =
      length === 0 ? Math.hypot(x - first.x, y - first.y) : Math.abs((x - first.x) * dy - (y - first.y) * dx) / length;
    if (distance <= most) continue;
    most = distance;
    farthest = i;
  }
  if (farthest === 0) return [first, last];
  const before = simplifiedLine(points.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplifiedLine(points.slice(farthest), tolerance)];
}

/** The id of a line that was found: by its ends, so that the same line has the same one when it is found again. */
export function foundLineId(points: readonly Point[]): string {
  return ['found', ...endsOf(points).flatMap(({ x, y }) => [Math.round(x), Math.round(y)])].join('-');
}

/** Lines that come or go: those that are there are taken away, the others added. Made twice, it changes nothing. */
export type LineChange = readonly StructureLine[];

/** The lines after a change. */
export function withLines(lines: readonly StructureLine[], change: LineChange): StructureLine[] {
  const going = new Set(change.map(({ lineId }) => lineId));
  const there = new Set(lines.map(({ lineId }) => lineId));
  return [...lines.filter(({ lineId }) => !going.has(lineId)), ...change.filter(({ lineId }) => !there.has(lineId))];
}
