import { setImmediate } from 'node:timers/promises';
import { BitPlane } from '../../shared/bit-plane';
import type { PictureView } from '../image/picture-view';

export interface WandPick {
  /** The pixel whose colour is looked for. */
  readonly x: number;
  readonly y: number;
  /** How far each channel may differ, of 255. */
  readonly tolerance: number;
  /** Only pixels that hang together with the first, over their edges. */
  readonly contiguous: boolean;
}

/** Rows between two looks at other messages. */
const ROWS_AT_ONCE = 256;

/**
 * The pixels of a colour. Rows are compared when the search reaches them, so that a small patch of a large photo costs
 * what it covers.
 * @returns an empty plane for a place outside the picture
 */
export async function magicWand(view: PictureView, pick: WandPick): Promise<BitPlane> {
  const { width, height } = view.picture;
  const picked = new BitPlane(width, height);
  if (pick.x >= width || pick.y >= height) return picked;
  const likeness = new Likeness(view, pick);
  if (pick.contiguous) {
    await flood(picked, likeness, pick);
    return picked;
  }
  for (let y = 0; y < height; y++) {
    if (y % ROWS_AT_ONCE === 0) await setImmediate();
    const runs = likeness.runs(y);
    for (let i = 0; i < runs.length; i += 2) picked.fillSpan(y, runs[i], runs[i + 1], true);
  }
  return picked;
}

/** Goes from run to run of neighbouring rows; what is in `picked` was taken. */
async function flood(picked: BitPlane, likeness: Likeness, { x, y }: WandPick): Promise<void> {
  const rows = new Map<number, Uint32Array>();
  const waiting: { y: number; from: number; to: number }[] = [];
  const take = (row: number, from: number, to: number): void => {
    if (row < 0 || row >= picked.height) return;
    let runs = rows.get(row);
    if (!runs) rows.set(row, (runs = likeness.runs(row)));
    for (let i = firstBehind(runs, from); i < runs.length && runs[i] < to; i += 2) {
      if (picked.get(runs[i], row)) continue;
      picked.fillSpan(row, runs[i], runs[i + 1], true);
      waiting.push({ y: row, from: runs[i], to: runs[i + 1] });
    }
  };
  take(y, x, x + 1);
  let known = 0;
  for (let run = waiting.pop(); run; run = waiting.pop()) {
    take(run.y - 1, run.from, run.to);
    take(run.y + 1, run.from, run.to);
    if (rows.size < known + ROWS_AT_ONCE) continue;
    known = rows.size;
    await setImmediate();
  }
}

/** Index of the first run that ends behind x. */
function firstBehind(runs: Uint32Array, x: number): number {
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[2 * middle + 1] > x) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

class Likeness {
  private readonly row: Float32Array;
  private readonly colour: readonly [number, number, number];
  private readonly reach: number;

  constructor(
    private readonly view: PictureView,
    { x, y, tolerance }: WandPick,
  ) {
    const pixel = new Float32Array(3);
    view.readRow(y, x, 1, pixel);
    this.colour = [pixel[0], pixel[1], pixel[2]];
    // Colours are in [-1, 1]; a little more than the tolerance, so that rounding excludes nothing.
    this.reach = (2 * tolerance) / 255 + 1e-5;
    this.row = new Float32Array(view.picture.width * 3);
  }

  /** The runs of a row that are like the colour: from, to, from, to, ... with `to` behind the last pixel. */
  runs(y: number): Uint32Array {
    const { row, reach } = this;
    const [red, green, blue] = this.colour;
    const { width } = this.view.picture;
    this.view.readRow(y, 0, width, row);
    const runs: number[] = [];
    let inside = false;
    for (let x = 0, at = 0; x < width; x++, at += 3) {
      const like =
        Math.abs(row[at] - red) <= reach &&
        Math.abs(row[at + 1] - green) <= reach &&
        Math.abs(row[at + 2] - blue) <= reach;
      if (like === inside) continue;
      runs.push(x);
      inside = like;
    }
    if (inside) runs.push(width);
    return Uint32Array.from(runs);
  }
}
