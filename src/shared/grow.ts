import type { BitPlane } from './bit-plane';
import { expand, intersect, isEmpty, type Rect, rectOf } from './geometry';
import { runsOf } from './plane-runs';

/** Most pixels that a plane grows or shrinks by in one step: the time rises with the square of it. */
export const MOST_GROWTH = 200;

/** Every pixel whose centre is at most `radius` pixels from the centre of one that is on. */
export function grown(plane: BitPlane, radius: number): BitPlane {
  const result = plane.clone();
  const bounds = plane.bounds();
  if (bounds) spread(plane, bounds, radius, true, result);
  return result;
}

/**
 * Without the pixels whose centre is at most `radius` pixels from the centre of one that is off. Beyond the picture's
 * edge nothing is off: a hole that runs over the edge stays there.
 */
export function shrunk(plane: BitPlane, radius: number): BitPlane {
  const result = plane.clone();
  const bounds = plane.bounds();
  // What is off farther away than the ring around the bounds has a nearer one in the ring.
  if (bounds) spread(plane, intersect(expand(bounds, 1), rectOf(plane)), radius, false, result);
  return result;
}

/** The pixels within `width` of the plane, without the plane itself. */
export function ringAround(plane: BitPlane, width: number): BitPlane {
  const ring = grown(plane, width);
  ring.combine(plane, 'and-not');
  return ring;
}

/** Puts a disc of `value` onto `to` around every pixel of `from` that has this value, a run at a time. */
function spread(from: BitPlane, box: Rect, radius: number, value: boolean, to: BitPlane): void {
  if (isEmpty(box)) return;
  const reach = Math.floor(radius);
  const halves = Array.from({ length: reach + 1 }, (_, dy) => Math.floor(Math.sqrt(radius * radius - dy * dy)));
  for (let y = box.y; y < box.y + box.height; y++) {
    const runs = runsOf(from, y, box.x, box.x + box.width, value);
    for (let dy = -reach; runs.length > 0 && dy <= reach; dy++) {
      widen(to, y + dy, runs, halves[Math.abs(dy)] ?? 0, value);
    }
  }
}

/** Sets the runs, each longer by `half` on both sides; runs that meet are set at once. */
function widen(to: BitPlane, y: number, runs: readonly number[], half: number, value: boolean): void {
  let start = (runs[0] ?? 0) - half;
  let end = (runs[1] ?? 0) + half;
  for (let i = 2; i < runs.length; i += 2) {
    const next = (runs[i] ?? 0) - half;
    if (next > end) {
      to.fillSpan(y, start, end, value);
      start = next;
    }
    end = (runs[i + 1] ?? 0) + half;
  }
  to.fillSpan(y, start, end, value);
}
