/**
 * Poisson's equation on the pixels of a hole, solved by multigrid: what is to be added to a composition so that its
 * gradients become those that are wanted (Perez et al. 2003, Poisson image editing). Cells are halved by areas, so a coarse
 * cell is 0 where any pixel under it is known.
 */
import type { Size } from '../../../shared/geometry';
import { halfSize } from '../../raster/halving';
import type { Pause } from '../../raster/pacing';

/** What a pixel is to the equation: 0 there; to be found; or not there at all (beyond the picture). */
export const ZERO = 0;
export const UNKNOWN = 1;
export const ABSENT = 2;

const CYCLES = 5;
const SWEEPS = 2;
const COARSEST_SWEEPS = 40;
const COARSEST = 6;

interface Grid extends Size {
  readonly kind: Uint8Array;
  readonly value: Float32Array;
  readonly right: Float32Array;
}

export class PoissonSolver {
  private readonly grids: Grid[];

  /** @param kind height x width of ZERO, UNKNOWN or ABSENT */
  constructor({ width, height }: Size, kind: Uint8Array) {
    this.grids = [gridOf(width, height, kind)];
    for (let grid = this.grids[0]; Math.min(grid.width, grid.height) > COARSEST;) {
      grid = coarser(grid);
      this.grids.push(grid);
    }
  }

  /** The right side, height x width: at UNKNOWN pixels the sum of (neighbour - pixel) that is wanted. To be written before `solve`. */
  get wanted(): Float32Array {
    return this.grids[0].right;
  }

  /** @returns height x width, 0 but at UNKNOWN pixels; valid until the next call */
  async solve(pause: Pause): Promise<Float32Array> {
    this.grids[0].value.fill(0);
    for (let cycle = 0; cycle < CYCLES; cycle++) await this.cycle(0, pause);
    return this.grids[0].value;
  }

  private async cycle(n: number, pause: Pause): Promise<void> {
    const grid = this.grids[n];
    if (n === this.grids.length - 1) {
      smooth(grid, COARSEST_SWEEPS);
      return;
    }
    const large = grid.width * grid.height > 1 << 18;
    smooth(grid, SWEEPS);
    if (large) await pause();
    const below = this.grids[n + 1];
    restrict(grid, below);
    below.value.fill(0);
    if (large) await pause();
    await this.cycle(n + 1, pause);
    prolong(below, grid);
    if (large) await pause();
    smooth(grid, SWEEPS);
    if (large) await pause();
  }
}

function gridOf(width: number, height: number, kind: Uint8Array): Grid {
  return {
    width,
    height,
    kind,
    value: new Float32Array(width * height),
    right: new Float32Array(width * height),
  };
}

function coarser({ width, height, kind }: Grid): Grid {
  const { width: w, height: h } = halfSize({ width, height });
  const kinds = new Uint8Array(w * h).fill(ABSENT);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y >> 1) * w + (x >> 1);
      // ZERO goes before UNKNOWN, and that before ABSENT.
      if (kind[y * width + x] < kinds[to]) kinds[to] = kind[y * width + x];
    }
  }
  return gridOf(w, h, kinds);
}

/** Gauss-Seidel in two colours. */
function smooth({ width, height, kind, value, right }: Grid, sweeps: number): void {
  for (let half = 0; half < 2 * sweeps; half++) {
    for (let y = 0; y < height; y++) {
      const line = y * width;
      for (let x = (y + half) & 1; x < width; x += 2) {
        const at = line + x;
        if (kind[at] !== UNKNOWN) continue;
        let sum = -right[at];
        let count = 0;
        if (x > 0 && kind[at - 1] !== ABSENT) {
          sum += value[at - 1];
          count++;
        }
        if (x + 1 < width && kind[at + 1] !== ABSENT) {
          sum += value[at + 1];
          count++;
        }
        if (y > 0 && kind[at - width] !== ABSENT) {
          sum += value[at - width];
          count++;
        }
        if (y + 1 < height && kind[at + width] !== ABSENT) {
          sum += value[at + width];
          count++;
        }
        if (count > 0) value[at] = sum / count;
      }
    }
  }
}

/** Sums what is still wanted over four pixels: the coarse grid's spacing is twice as wide, so its square four times. */
function restrict({ width, height, kind, value, right }: Grid, coarse: Grid): void {
  coarse.right.fill(0);
  for (let y = 0; y < height; y++) {
    const line = y * width;
    for (let x = 0; x < width; x++) {
      const at = line + x;
      if (kind[at] !== UNKNOWN) continue;
      let rest = right[at];
      const here = value[at];
      if (x > 0 && kind[at - 1] !== ABSENT) rest -= value[at - 1] - here;
      if (x + 1 < width && kind[at + 1] !== ABSENT) rest -= value[at + 1] - here;
      if (y > 0 && kind[at - width] !== ABSENT) rest -= value[at - width] - here;
      if (y + 1 < height && kind[at + width] !== ABSENT) rest -= value[at + width] - here;
      coarse.right[(y >> 1) * coarse.width + (x >> 1)] += rest;
    }
  }
}

/** Adds the coarse correction, interpolated between the coarse cells' centres; what is absent does not count. */
function prolong(coarse: Grid, { width, height, kind, value }: Grid): void {
  for (let y = 0; y < height; y++) {
    const row = y >> 1;
    const beside = (y & 1) === 1 ? row + 1 : row - 1;
    const hasRow = beside >= 0 && beside < coarse.height;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (kind[at] !== UNKNOWN) continue;
      const column = x >> 1;
      const next = (x & 1) === 1 ? column + 1 : column - 1;
      const hasColumn = next >= 0 && next < coarse.width;
      const a = row * coarse.width + column;
      let sum = 9 * coarse.value[a];
      let weight = 9;
      if (hasColumn && coarse.kind[row * coarse.width + next] !== ABSENT) {
        sum += 3 * coarse.value[row * coarse.width + next];
        weight += 3;
      }
      if (hasRow && coarse.kind[beside * coarse.width + column] !== ABSENT) {
        sum += 3 * coarse.value[beside * coarse.width + column];
        weight += 3;
      }
      if (hasRow && hasColumn && coarse.kind[beside * coarse.width + next] !== ABSENT) {
        sum += coarse.value[beside * coarse.width + next];
        weight += 1;
      }
      value[at] += sum / weight;
    }
  }
}
