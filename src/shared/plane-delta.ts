import type { BitPlane } from './bit-plane';
import { intersect, isEmpty, type Rect, rectOf, union } from './geometry';
import type { PlanePatch } from './protocol/values';

/** Side of a cell in pixels: 64 x 64 bits are 512 bytes, so a long thin stroke costs what it covers, not its box. */
const CELL = 64;
const CELL_BYTES = CELL / 8;

/**
 * The difference between two states of a plane, as the exclusive-or of the cells that differ. Applying it to one state
 * gives the other, both ways.
 */
export interface PlaneDelta {
  readonly cells: readonly DeltaCell[];
  /** The box of all cells; empty when nothing differs. */
  readonly box: Rect;
  /** Memory it holds. */
  readonly bytes: number;
}

interface DeltaCell {
  readonly x: number;
  readonly y: number;
  readonly bits: Uint8Array;
}

/** Runs `change`, which may touch the plane inside `box` only, and returns what it changed. */
export function recordChange(plane: BitPlane, box: Rect, change: () => void): PlaneDelta {
  const inside = intersect(box, rectOf(plane));
  const firstByte = inside.x >> 3;
  const rowBytes = isEmpty(inside) ? 0 : ((inside.x + inside.width + 7) >> 3) - firstByte;
  const before = new Uint8Array(rowBytes * inside.height);
  for (let y = 0; y < inside.height; y++) {
    const at = (inside.y + y) * plane.stride + firstByte;
    before.set(plane.bits.subarray(at, at + rowBytes), y * rowBytes);
  }
  change();
  const cells: DeltaCell[] = [];
  const firstColumn = Math.floor(firstByte / CELL_BYTES);
  const endColumn = Math.ceil((firstByte + rowBytes) / CELL_BYTES);
  const endLine = Math.ceil((inside.y + inside.height) / CELL);
  for (let line = Math.floor(inside.y / CELL); line < endLine; line++) {
    for (let column = firstColumn; column < endColumn; column++) {
      const bits = differenceIn(line, column);
      if (bits) cells.push({ x: column * CELL, y: line * CELL, bits });
    }
  }
  return deltaOf(cells, plane);

  /** The exclusive-or of one cell; null when nothing differs there. */
  function differenceIn(line: number, column: number): Uint8Array | null {
    const from = Math.max(firstByte, column * CELL_BYTES);
    const to = Math.min(firstByte + rowBytes, (column + 1) * CELL_BYTES);
    const end = Math.min(inside.y + inside.height, (line + 1) * CELL);
    let bits: Uint8Array | null = null;
    for (let row = Math.max(inside.y, line * CELL); row < end; row++) {
      const old = (row - inside.y) * rowBytes - firstByte;
      const now = row * plane.stride;
      for (let i = from; i < to; i++) {
        const difference = (before[old + i] ?? 0) ^ (plane.bits[now + i] ?? 0);
        if (difference === 0) continue;
        bits ??= new Uint8Array(CELL * CELL_BYTES);
        bits[(row - line * CELL) * CELL_BYTES + i - column * CELL_BYTES] = difference;
      }
    }
    return bits;
  }
}

/** Turns the plane from either state into the other; the box that changed. */
export function applyDelta(plane: BitPlane, delta: PlaneDelta): Rect {
  for (const cell of delta.cells) {
    const rows = Math.min(CELL, plane.height - cell.y);
    const first = cell.x >> 3;
    const count = Math.min(CELL_BYTES, plane.stride - first);
    for (let y = 0; y < rows; y++) {
      const at = (cell.y + y) * plane.stride + first;
      for (let i = 0; i < count; i++) {
        plane.bits[at + i] = (plane.bits[at + i] ?? 0) ^ (cell.bits[y * CELL_BYTES + i] ?? 0);
      }
    }
  }
  return delta.box;
}

/** The part of a plane that is on, as a message carries it; null when nothing is. The box starts on a byte of each row. */
export function planePatchOf(plane: BitPlane): PlanePatch | null {
  const bounds = plane.bounds();
  if (!bounds) return null;
  const firstByte = bounds.x >> 3;
  const x = firstByte * 8;
  const width = bounds.x + bounds.width - x;
  const rowBytes = (width + 7) >> 3;
  const bits = new Uint8Array(rowBytes * bounds.height);
  for (let y = 0; y < bounds.height; y++) {
    const at = (bounds.y + y) * plane.stride + firstByte;
    bits.set(plane.bits.subarray(at, at + rowBytes), y * rowBytes);
  }
  return { box: { x, y: bounds.y, width, height: bounds.height }, bits };
}

function deltaOf(cells: readonly DeltaCell[], plane: BitPlane): PlaneDelta {
  const none: Rect = { x: 0, y: 0, width: 0, height: 0 };
  const box = cells.reduce((all, cell) => union(all, { x: cell.x, y: cell.y, width: CELL, height: CELL }), none);
  return { cells, box: intersect(box, rectOf(plane)), bytes: cells.length * CELL * CELL_BYTES };
}
