/** Parts of a hole that are composed one after another: each at the scale that suits it. */
import { BitPlane } from '../../../shared/bit-plane';
import { type Rect, union } from '../../../shared/geometry';
import type { Patch } from '../../image/picture';
import { connectedCells, joinPairs } from '../cell-parts';

/** Parts nearer than an eighth of their usual size belong together, but at least those within so many pixels. */
const NEAR_SHARE = 1 / 8;
const NEAR = 4;
/** Cells across the longer side of the hole's box, in which parts are told apart. */
const MOST_CELLS = 512;

interface Part {
  readonly box: Rect;
  readonly cells: readonly number[];
}

/** @returns boxes in the picture and their holes, the smallest hole first; every hole pixel is in one */
export function holeParts({ box, hole }: Pick<Patch, 'box' | 'hole'>): Pick<Patch, 'box' | 'hole'>[] {
  const cell = Math.max(1, Math.ceil(Math.max(box.width, box.height) / MOST_CELLS));
  const width = Math.ceil(box.width / cell);
  const height = Math.ceil(box.height / cell);
  const occupied = occupiedCells(hole, cell, width, height);
  const parts = connectedCells(occupied, width, height).map((cells) => ({ box: boxOf(cells, width), cells }));
  if (parts.length <= 1) return [{ box, hole }];
  const sizes = parts.map((part) => Math.max(part.box.width, part.box.height) * cell).sort((a, b) => a - b);
  const near = Math.max(NEAR, NEAR_SHARE * sizes[sizes.length >> 1]) / cell;
  return joinNear(parts, near)
    .map((part) => cutOut({ box, hole }, part, cell, width))
    .sort((a, b) => a.hole.count() - b.hole.count());
}

function occupiedCells(hole: BitPlane, cell: number, width: number, height: number): Uint8Array {
  const occupied = new Uint8Array(width * height);
  for (let y = 0; y < hole.height; y++) {
    const line = Math.floor(y / cell) * width;
    for (let x = 0; x < hole.width; x++) if (hole.get(x, y)) occupied[line + Math.floor(x / cell)] = 1;
  }
  return occupied;
}

function boxOf(cells: readonly number[], across: number): Rect {
  return cells.reduce<Rect>(
    (box, at) => union(box, { x: at % across, y: Math.floor(at / across), width: 1, height: 1 }),
    { x: 0, y: 0, width: 0, height: 0 },
  );
}

/** Joins parts whose boxes come within `near` of each other on both sides. */
function joinNear(parts: readonly Part[], near: number): Part[] {
  return joinPairs(parts, (a, b) => {
    const across = Math.max(a.box.x, b.box.x) - Math.min(a.box.x + a.box.width, b.box.x + b.box.width);
    const down = Math.max(a.box.y, b.box.y) - Math.min(a.box.y + a.box.height, b.box.y + b.box.height);
    if (Math.max(across, down) > 2 * near) return null;
    return { box: union(a.box, b.box), cells: [...a.cells, ...b.cells] };
  });
}

function cutOut(
  { box, hole }: Pick<Patch, 'box' | 'hole'>,
  { cells }: Part,
  cell: number,
  across: number,
): Pick<Patch, 'box' | 'hole'> {
  const whole = new BitPlane(box.width, box.height);
  for (const at of cells) {
    const [left, top] = [(at % across) * cell, Math.floor(at / across) * cell];
    for (let y = top; y < Math.min(box.height, top + cell); y++) {
      for (let x = left; x < Math.min(box.width, left + cell); x++) if (hole.get(x, y)) whole.set(x, y, true);
    }
  }
  const bounds = whole.bounds() ?? { x: 0, y: 0, width: 0, height: 0 };
  return { box: { ...bounds, x: box.x + bounds.x, y: box.y + bounds.y }, hole: whole.crop(bounds) };
}
