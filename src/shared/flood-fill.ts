import { BitPlane } from './bit-plane';
import type { Point, Rect } from './geometry';
import { runsOf } from './plane-runs';

/** A part of a plane that hangs together. */
export interface Region {
  readonly box: Rect;
  /** box-sized. */
  readonly plane: BitPlane;
}

/**
 * The pixels that have the same value as the one at a place and hang together with it over edges, not corners: what is
 * enclosed by a drawn line, or one patch of paint. Works run by run, so its time goes with the length of the border and
 * not with the area. Null for a place outside the plane.
 */
export function connectedRegion(plane: BitPlane, at: Point): Region | null {
  const x = Math.floor(at.x);
  const y = Math.floor(at.y);
  if (x < 0 || y < 0 || x >= plane.width || y >= plane.height) return null;
  const rows = new RunRows(plane, plane.get(x, y));
  const waiting = [rows.take(y, x, x + 1)[0]];
  const found: Run[] = [];
  for (let run = waiting.pop(); run; run = waiting.pop()) {
    found.push(run);
    waiting.push(...rows.take(run.y - 1, run.from, run.to), ...rows.take(run.y + 1, run.from, run.to));
  }
  const box = boxOf(found);
  const part = new BitPlane(box.width, box.height);
  for (const run of found) part.fillSpan(run.y - box.y, run.from - box.x, run.to - box.x, true);
  return { box, plane: part };
}

/** The pixels from <= x < to of a row. */
interface Run {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** The runs of one value, row by row as they are asked for. */
class RunRows {
  private readonly rows = new Map<number, Run[]>();
  private readonly plane: BitPlane;
  private readonly value: boolean;

  constructor(plane: BitPlane, value: boolean) {
    this.plane = plane;
    this.value = value;
  }

  /** Hands out the runs of a row that touch a span, each once. */
  take(y: number, from: number, to: number): Run[] {
    if (y < 0 || y >= this.plane.height) return [];
    const left = this.rows.get(y) ?? this.read(y);
    const taken = left.filter((run) => run.from < to && run.to > from);
    this.rows.set(y, taken.length === 0 ? left : left.filter((run) => !taken.includes(run)));
    return taken;
  }

  private read(y: number): Run[] {
    const ends = runsOf(this.plane, y, 0, this.plane.width, this.value);
    return Array.from({ length: ends.length / 2 }, (_, i) => ({ y, from: ends[2 * i] ?? 0, to: ends[2 * i + 1] ?? 0 }));
  }
}

function boxOf(runs: readonly Run[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { y, from, to } of runs) {
    left = Math.min(left, from);
    right = Math.max(right, to);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
