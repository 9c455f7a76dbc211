import type { BitPlane } from '../../shared/bit-plane';

/** Straight pieces of an outline, four numbers each: x1, y1, x2, y2 in pixels of the tile. */
export type OutlinePieces = readonly number[];

/**
 * The border between on and off inside one square of a plane, whose corner is at (left, top), a multiple of 8. A square
 * owns the upper and left edges of its pixels, and the lower and right ones where the plane ends; so the pieces of all
 * squares together are the whole outline, each once.
 */
export function outlineOf(plane: BitPlane, left: number, top: number, side: number): OutlinePieces {
  const columns = Math.min(side, plane.width - left);
  const rows = Math.min(side, plane.height - top);
  if (columns <= 0 || rows <= 0) return [];
  const pieces: number[] = [];
  const window = new RowWindow(plane, left, columns);
  // Where the plane ends, one more row and column: the edges behind its last pixels.
  const endRow = top + rows === plane.height ? rows : rows - 1;
  const verticals = new VerticalRuns(columns + 1, pieces);
  let above = window.row(top - 1);
  for (let y = 0; y <= endRow; y++) {
    const row = window.row(top + y);
    horizontalRuns(above, row, y, columns, pieces);
    if (y < rows) verticals.add(row, window.leftOf(top + y), y, left + columns === plane.width);
    above = row;
  }
  verticals.close(rows);
  return pieces;
}

/** Reads rows of a plane as bytes that start at the square's left edge. */
class RowWindow {
  private readonly empty: Uint8Array;
  private readonly plane: BitPlane;
  private readonly left: number;
  private readonly bytes: number;

  constructor(plane: BitPlane, left: number, columns: number) {
    this.plane = plane;
    this.left = left;
    this.bytes = (columns + 7) >> 3;
    this.empty = new Uint8Array(this.bytes);
  }

  row(y: number): Uint8Array {
    if (y < 0 || y >= this.plane.height) return this.empty;
    const at = y * this.plane.stride + (this.left >> 3);
    return this.plane.bits.subarray(at, at + this.bytes);
  }

  /** The pixel left of the square, 0 or 1. */
  leftOf(y: number): number {
    return this.plane.get(this.left - 1, y) ? 1 : 0;
  }
}

/** Joins pixels that differ from the one above them into horizontal pieces. */
function horizontalRuns(above: Uint8Array, row: Uint8Array, y: number, columns: number, pieces: number[]): void {
  let start = -1;
  for (let i = 0; i < row.length; i++) {
    const differs = (above[i] ?? 0) ^ (row[i] ?? 0);
    if (differs === 0 && start < 0) continue;
    if (differs === 0xff && start >= 0) continue;
    for (let bit = 0; bit < 8; bit++) {
      const x = i * 8 + bit;
      const on = x < columns && (differs >> bit) & 1;
      if (on && start < 0) start = x;
      else if (!on && start >= 0) {
        pieces.push(start, y, x, y);
        start = -1;
      }
    }
  }
  if (start >= 0) pieces.push(start, y, columns, y);
}

/** Joins pixels that differ from their left neighbour, row by row, into vertical pieces. */
class VerticalRuns {
  private readonly since: Int32Array;
  private previous: Uint8Array;
  private readonly columns: number;
  private readonly pieces: number[];

  constructor(columns: number, pieces: number[]) {
    this.columns = columns;
    this.pieces = pieces;
    this.since = new Int32Array(columns + 8).fill(-1);
    this.previous = new Uint8Array((columns + 7) >> 3);
  }

  add(row: Uint8Array, leftPixel: number, y: number, ends: boolean): void {
    const edges = new Uint8Array(this.previous.length);
    let carry = leftPixel;
    for (let i = 0; i < edges.length; i++) {
      const byte = row[i] ?? 0;
      edges[i] = byte ^ (((byte << 1) | carry) & 0xff);
      carry = byte >> 7;
    }
    this.update(edges, y, ends ? this.columns : this.columns - 1);
  }

  close(y: number): void {
    this.update(new Uint8Array(this.previous.length), y, this.columns);
  }

  private update(edges: Uint8Array, y: number, columns: number): void {
    for (let i = 0; i < edges.length; i++) {
      const changes = (edges[i] ?? 0) ^ (this.previous[i] ?? 0);
      if (changes === 0) continue;
      for (let bit = 0; bit < 8; bit++) {
        const x = i * 8 + bit;
        if (((changes >> bit) & 1) === 0 || x >= columns) continue;
        const start = this.since[x] ?? -1;
        if (start >= 0) this.pieces.push(x, start, x, y);
        this.since[x] = ((edges[i] ?? 0) >> bit) & 1 ? y : -1;
      }
    }
    this.previous = edges;
  }
}
