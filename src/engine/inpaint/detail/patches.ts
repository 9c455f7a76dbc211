/** Which patches of the target want a source, and which patches of the source may be one. A patch is named by its upper left pixel. */
import { HOLE, KNOWN, type PatchLevel, type PlainLevel } from './patch-level';

/** Side of a patch. */
export const PATCH = 7;

/** The patches of the target that touch the hole, at every position or at every `step`th across and down. */
export interface TargetPatches {
  readonly level: PatchLevel;
  readonly step: number;
  /** Positions a row, and rows of them. */
  readonly columns: number;
  readonly rows: number;
  /** rows x columns: the sum of the patch's pixel weights; 0 where it does not touch the hole, and between the steps. */
  readonly total: Float32Array;
  /** height x width: how much a pixel counts where patches are compared. 0..8. */
  readonly weights: Uint8Array;
}

/** Source patches that lie wholly on allowed pixels. */
export interface SourcePatches {
  readonly level: PatchLevel;
  /** height x width: 1 where one has its upper left pixel. */
  readonly usable: Uint8Array;
  /** Upper left pixels of all of them, y * width + x. */
  readonly list: Int32Array;
}

export function sourcePatches<T extends PlainLevel>(level: T): Omit<SourcePatches, 'level'> & { readonly level: T } {
  const { width, height, allowed } = level;
  const usable = new Uint8Array(width * height);
  const below = new Uint8Array(width);
  let count = 0;
  for (let y = height - 1; y >= 0; y--) {
    let run = 0;
    for (let x = width - 1; x >= 0; x--) {
      below[x] = allowed[y * width + x] === 1 ? Math.min(PATCH, below[x] + 1) : 0;
      run = below[x] === PATCH ? run + 1 : 0;
      if (run < PATCH) continue;
      usable[y * width + x] = 1;
      count++;
    }
  }
  const list = new Int32Array(count);
  for (let at = 0, to = 0; to < count; at++) if (usable[at] === 1) list[to++] = at;
  return { level, usable, list };
}

/**
 * A hole of this many pixels gets only every second patch, across and down: twelve of them still lie over every pixel,
 * and the search takes a quarter of the time.
 */
const MANY_PIXELS = 60_000;

/** @param known what a known pixel counts; one of the hole counts 1, a blank one nothing */
export function targetPatches(level: PatchLevel, known: number): TargetPatches {
  const { width, height, state } = level;
  const weights = new Uint8Array(width * height);
  let pixels = 0;
  for (let at = 0; at < weights.length; at++) {
    if (state[at] === HOLE) pixels++;
    weights[at] = state[at] === KNOWN ? known : state[at] === HOLE ? 1 : 0;
  }
  const step = pixels > MANY_PIXELS ? 2 : 1;
  const columns = width - PATCH + 1;
  const rows = height - PATCH + 1;
  const total = new Float32Array(columns * rows);
  const holes = new Uint16Array(width);
  const sums = new Uint16Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      holes[x] += state[at] === HOLE ? 1 : 0;
      sums[x] += weights[at];
      if (y < PATCH) continue;
      const gone = at - PATCH * width;
      holes[x] -= state[gone] === HOLE ? 1 : 0;
      sums[x] -= weights[gone];
    }
    if (y < PATCH - 1 || skipped(y - PATCH + 1, rows, step)) continue;
    for (let x = 0; x < columns; x++) {
      if (skipped(x, columns, step)) continue;
      let [hole, sum] = [0, 0];
      for (let k = x; k < x + PATCH; k++) {
        hole += holes[k];
        sum += sums[k];
      }
      total[(y - PATCH + 1) * columns + x] = hole > 0 ? sum : 0;
    }
  }
  return { level, step, columns, rows, total, weights };
}

/** Between two steps; the last position never is, so that the patches reach the edge. */
function skipped(at: number, count: number, step: number): boolean {
  return at % step !== 0 && at !== count - 1;
}
