/** Where the pixels of a fill came from: what the engine keeps beside a patch, and the window draws. */
import type { Point, Rect } from './geometry';

/** A patch's box in cells, and how far from each its pixels lay. */
export interface SourceMap {
  /** The patch's. Picture pixels. */
  readonly box: Rect;
  /** Side of a cell, picture pixels; those at the right and the lower edge may reach over the box. */
  readonly cell: number;
  /** Two a cell, row by row: from the cell to its source, across and down, picture pixels. NOWHERE twice: no source. */
  readonly shifts: Int32Array;
}

/** A cell without a pixel of the hole, or without a patch over it. */
export const NOWHERE = -(2 ** 31);

/** A cell, and its source of the same size. Picture pixels. */
export interface SourcePlace {
  readonly cell: Rect;
  readonly source: Rect;
}

export function cellsAcross({ box, cell }: Pick<SourceMap, 'box' | 'cell'>): number {
  return Math.ceil(box.width / cell);
}

export function cellsDown({ box, cell }: Pick<SourceMap, 'box' | 'cell'>): number {
  return Math.ceil(box.height / cell);
}

/** The cell at a place of the picture, and where it came from; null where nothing is known. */
export function sourceAt(map: SourceMap, at: Point): SourcePlace | null {
  const { box, cell, shifts } = map;
  const column = Math.floor((at.x - box.x) / cell);
  const row = Math.floor((at.y - box.y) / cell);
  if (column < 0 || row < 0 || column >= cellsAcross(map) || row >= cellsDown(map)) return null;
  const index = 2 * (row * cellsAcross(map) + column);
  const across = shifts[index] ?? NOWHERE;
  const down = shifts[index + 1] ?? NOWHERE;
  if (across === NOWHERE) return null;
  const here = { x: box.x + column * cell, y: box.y + row * cell, width: cell, height: cell };
  return { cell: here, source: { ...here, x: here.x + across, y: here.y + down } };
}

/** The longest way from a cell to its source in these maps, pixels. */
export function reachOf(maps: readonly SourceMap[]): number {
  let longest = 0;
  for (const { shifts } of maps) {
    for (let at = 0; at < shifts.length; at += 2) {
      const across = shifts[at] ?? NOWHERE;
      if (across !== NOWHERE) longest = Math.max(longest, Math.hypot(across, shifts[at + 1] ?? 0));
    }
  }
  return longest;
}
