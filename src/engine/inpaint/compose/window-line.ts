/** Lines that a fill keeps to, in the window that it works in. */
import type { Point } from '../../../shared/geometry';

export interface WindowLine {
  /** Native pixels of the window, whole numbers at their centres; both ends on known pixels. Two points: straight. */
  readonly points: readonly Point[];
  /** How much leaving it costs, 0.5 (faint) .. 2 (strong): see `lineWeight`. */
  readonly weight: number;
}

/** A place on a line and the direction it has there, length 1. */
export interface LinePlace extends Point {
  readonly ux: number;
  readonly uy: number;
}

/** Places every `step` pixels from the first point on. Directions are taken over three steps to either side. */
export function placesAlong(points: readonly Point[], step: number): LinePlace[] {
  const ends = lengthsAlong(points);
  const total = ends[ends.length - 1];
  const places: LinePlace[] = [];
  for (let along = 0; along <= total + 1e-6; along += step) {
    const { x, y } = pointAt(points, ends, along);
    const behind = pointAt(points, ends, Math.max(0, along - 3 * step));
    const ahead = pointAt(points, ends, Math.min(total, along + 3 * step));
    const length = Math.hypot(ahead.x - behind.x, ahead.y - behind.y) || 1;
    places.push({ x, y, ux: (ahead.x - behind.x) / length, uy: (ahead.y - behind.y) / length });
  }
  return places;
}

/** How far each point lies from the first, along the line. */
function lengthsAlong(points: readonly Point[]): number[] {
  const ends = [0];
  for (let i = 1; i < points.length; i++) {
    ends.push(ends[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
  }
  return ends;
}

function pointAt(points: readonly Point[], ends: readonly number[], along: number): Point {
  let i = 1;
  while (i < points.length - 1 && ends[i] < along) i++;
  const part = ends[i] - ends[i - 1];
  const share = part === 0 ? 0 : Math.min(1, Math.max(0, (along - ends[i - 1]) / part));
  const [a, b] = [points[i - 1], points[i]];
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

/**
 * Distance of a point from a line, positive on its right as it is seen on a screen, negative on its left; beyond its ends
 * it is the distance to the end, so that the line does not go on there.
 */
export function signedDistance(points: readonly Point[], x: number, y: number): number {
  let least = Infinity;
  let signed = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1];
    const dx = points[i].x - a.x;
    const dy = points[i].y - a.y;
    const square = dx * dx + dy * dy;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square));
    const rx = x - a.x - share * dx;
    const ry = y - a.y - share * dy;
    const distance = rx * rx + ry * ry;
    if (distance >= least) continue;
    least = distance;
    signed = Math.sqrt(distance) * (dx * ry - dy * rx >= 0 ? 1 : -1);
  }
  return signed;
}

/** The line with as few of its points as keep it within `tolerance` pixels (Ramer 1972, Douglas and Peucker 1973). */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [points[0], points[points.length - 1]];
  let farthest = 0;
  let at = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const distance = Math.abs(signedDistance([first, last], points[i].x, points[i].y));
    if (distance > farthest) [farthest, at] = [distance, i];
  }
  if (farthest <= tolerance) return [first, last];
  return [...simplified(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(points.slice(at), tolerance)];
}
