/**
 * Parts a hole into groups that are filled one after another, each in a crop of its own. Works on a coarse grid of cells,
 * so that its cost is a single look at the hole's bits.
 */
import { BitPlane } from '../../shared/bit-plane';
import { type Rect, union } from '../../shared/geometry';
import { connectedCells, joinPairs } from './cell-parts';

export interface HoleGroup {
  /** Holds every pixel of the group; its left edge lies on a multiple of 8 so that bits can be moved by bytes. */
  readonly box: Rect;
  /** Box-sized: the pixels that belong to this group and no other. */
  readonly hole: BitPlane;
}

/** What filling a box would take. */
export interface CropCost {
  /** Picture pixels per working pixel. */
  readonly scale: number;
  /** Working pixels. */
  readonly area: number;
}

/** Holes closer than about this many pixels are one hole. A multiple of 8. */
const CELL = 32;
/** Merging compares pairs; above this many parts the grid is made coarser instead. */
const MOST_PARTS = 512;
/** A hole that fills less of its box is a line or a net: cut, its pieces are filled at their own resolution. */
const SPARSE = 0.25;

/**
 * Every hole pixel belongs to exactly one group. Separate holes stay separate unless one crop for both costs no more and
 * loses no resolution; a long thin hole (a cable, a scratch) that would have to be scaled down is cut where it is thinnest.
 * @param costOf what a crop for this box would take
 * @returns groups from top to bottom; empty when the plane is
 */
export function groupHoles(hole: BitPlane, costOf: (box: Rect) => CropCost): HoleGroup[] {
  let grid = new CellGrid(hole, CELL);
  let parts = grid.connected();
  for (let cell = 2 * CELL; parts.length > MOST_PARTS; cell *= 2) {
    grid = new CellGrid(hole, cell);
    parts = grid.connected();
  }
  const pieces = parts.flatMap((cells) => cutSparse(cells, grid, costOf));
  return mergeCheap(pieces, grid, costOf).map(({ cells, box }) => toGroup(cells, box, grid, hole));
}

interface Piece {
  readonly cells: readonly number[];
  readonly box: Rect;
}

/** Hole pixels by square cells: how many each holds, and their bounds. */
class CellGrid {
  readonly columns: number;
  readonly rows: number;
  readonly counts: Uint32Array;
  private readonly left: Uint32Array;
  private readonly right: Uint32Array;
  private readonly top: Uint32Array;
  private readonly bottom: Uint32Array;

  constructor(
    hole: BitPlane,
    readonly cell: number,
  ) {
    this.columns = Math.ceil(hole.width / cell);
    this.rows = Math.ceil(hole.height / cell);
    const cells = this.columns * this.rows;
    this.counts = new Uint32Array(cells);
    this.left = new Uint32Array(cells).fill(hole.width);
    this.right = new Uint32Array(cells);
    this.top = new Uint32Array(cells).fill(hole.height);
    this.bottom = new Uint32Array(cells);
    const bytes = cell / 8;
    for (let y = 0; y < hole.height; y++) {
      const line = y * hole.stride;
      for (let b = 0; b < hole.stride; b++) {
        const byte = hole.bits[line + b];
        if (byte !== 0) this.add(Math.floor(y / cell) * this.columns + Math.floor(b / bytes), byte, b * 8, y);
      }
    }
  }

  /** Occupied cells that touch, also by a corner, as lists of their numbers. */
  connected(): number[][] {
    return connectedCells(this.counts, this.columns, this.rows);
  }

  boxOf(cells: readonly number[]): Rect {
    return cells.reduce<Rect>((box, index) => union(box, this.boundsOf(index)), { x: 0, y: 0, width: 0, height: 0 });
  }

  pixelsOf(cells: readonly number[]): number {
    return cells.reduce((sum, index) => sum + this.counts[index], 0);
  }

  private boundsOf(index: number): Rect {
    const x = this.left[index];
    const y = this.top[index];
    return { x, y, width: this.right[index] - x, height: this.bottom[index] - y };
  }

  private add(index: number, byte: number, x: number, y: number): void {
    let count = 0;
    for (let rest = byte; rest > 0; rest &= rest - 1) count++;
    this.counts[index] += count;
    this.left[index] = Math.min(this.left[index], x + 31 - Math.clz32(byte & -byte));
    this.right[index] = Math.max(this.right[index], x + 32 - Math.clz32(byte));
    this.top[index] = Math.min(this.top[index], y);
    this.bottom[index] = y + 1;
  }
}

function cutSparse(cells: readonly number[], grid: CellGrid, costOf: (box: Rect) => CropCost): Piece[] {
  const box = grid.boxOf(cells);
  const sparse = grid.pixelsOf(cells) < SPARSE * box.width * box.height;
  if (!sparse || cells.length === 1 || costOf(box).scale <= 1) return [{ cells, box }];
  const column = (index: number) => index % grid.columns;
  const row = (index: number) => Math.floor(index / grid.columns);
  const wide = new Set(cells.map(column)).size >= new Set(cells.map(row)).size;
  const [before, after] = cutAtThinnest(cells, wide ? column : row, grid.counts);
  return [...cutSparse(before, grid, costOf), ...cutSparse(after, grid, costOf)];
}

/** Two parts, neither empty, cut in the middle half of the longer side before the line with the fewest hole pixels. */
function cutAtThinnest(
  cells: readonly number[],
  along: (index: number) => number,
  counts: Uint32Array,
): [number[], number[]] {
  const lines = new Map<number, number>();
  for (const index of cells) lines.set(along(index), (lines.get(along(index)) ?? 0) + counts[index]);
  const positions = [...lines.keys()].sort((a, b) => a - b);
  const low = Math.max(1, Math.floor(positions.length / 4));
  const high = Math.max(low + 1, Math.ceil((3 * positions.length) / 4));
  const middle = positions.slice(low, high);
  const cut = middle.reduce((best, line) => ((lines.get(line) ?? 0) < (lines.get(best) ?? 0) ? line : best));
  return [cells.filter((index) => along(index) < cut), cells.filter((index) => along(index) >= cut)];
}

function mergeCheap(pieces: readonly Piece[], grid: CellGrid, costOf: (box: Rect) => CropCost): Piece[] {
  const priced = pieces
    .map((piece) => ({ ...piece, cost: costOf(piece.box) }))
    .sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  return joinPairs(priced, (a, b) => {
    const box = union(a.box, b.box);
    const cost = costOf(box);
    if (cost.scale > Math.max(1, a.cost.scale, b.cost.scale) || cost.area > a.cost.area + b.cost.area) return null;
    return { cells: [...a.cells, ...b.cells], box, cost };
  });
}

function toGroup(cells: readonly number[], tight: Rect, grid: CellGrid, hole: BitPlane): HoleGroup {
  const x = tight.x - (tight.x % 8);
  const box = { x, y: tight.y, width: tight.x + tight.width - x, height: tight.height };
  const part = new BitPlane(box.width, box.height);
  const firstByte = x / 8;
  const lastByte = firstByte + part.stride;
  for (const index of cells) {
    const from = Math.max(firstByte, ((index % grid.columns) * grid.cell) / 8);
    const to = Math.min(lastByte, hole.stride, ((index % grid.columns) * grid.cell + grid.cell) / 8);
    const top = Math.floor(index / grid.columns) * grid.cell;
    for (let y = Math.max(box.y, top); y < Math.min(box.y + box.height, top + grid.cell); y++) {
      const line = y * hole.stride;
      part.bits.set(hole.bits.subarray(line + from, line + to), (y - box.y) * part.stride + from - firstByte);
    }
  }
  return { box, hole: part };
}
