import type { Point, Rect } from '../../../shared/geometry';
import { cellsAcross, cellsDown, NOWHERE, type SourceMap } from '../../../shared/source-map';
import type { Patch } from '../../image/picture';
import type { PatchField } from './patch-field';
import { PATCH } from './patches';
import { DETAIL_TUNING } from './tuning';
import { depthWeights, weighing } from './vote';
import type { Window } from './window';

/** Side of a cell of the map, picture pixels: finer than a patch, and still small beside the picture. */
const CELL = 4;
/** Rows of cells between two looks at whether to stop. */
const ROWS_PER_PAUSE = 16;

/** A map of a patch whose sources are to be entered. @param cell side of a cell, picture pixels */
export function emptySourceMap(box: Rect, cell = CELL): SourceMap {
  const grid = { box, cell };
  return { ...grid, shifts: new Int32Array(2 * cellsAcross(grid) * cellsDown(grid)).fill(NOWHERE) };
}

/**
 * Where the pixels of a patch came from. Several source patches vote for every pixel; a cell's source is the shift that
 * had most weight, in the vote that made the result, at the hole pixel nearest to the cell's middle.
 * @param window what the field's levels show of the picture
 */
export async function sourceMapOf(
  field: PatchField,
  { box, hole }: Pick<Patch, 'box' | 'hole'>,
  { box: seen, step }: Window,
  pause: () => Promise<void>,
): Promise<SourceMap> {
  const map = emptySourceMap(box);
  const { shifts } = map;
  const across = cellsAcross(map);
  const { fade, finalSharpness } = DETAIL_TUNING;
  const weigh = weighing(field, depthWeights(field.target.level, fade), finalSharpness);
  for (let row = 0, at = 0; row < cellsDown(map); row++) {
    if (row % ROWS_PER_PAUSE === 0) await pause();
    for (let column = 0; column < across; column++, at += 2) {
      const pixel = middleOf({ x: column * CELL, y: row * CELL }, hole);
      if (!pixel) continue;
      const x = Math.floor((box.x + pixel.x - seen.x) / step);
      const y = Math.floor((box.y + pixel.y - seen.y) / step);
      const shift = strongestShift(field, { x, y }, weigh);
      if (!shift) continue;
      shifts[at] = step * shift.x;
      shifts[at + 1] = step * shift.y;
    }
  }
  return map;
}

/** The hole pixel of a cell that is nearest to its middle, in the hole's own coordinates; null when it has none. */
function middleOf(corner: Point, hole: Patch['hole']): Point | null {
  let best: Point | null = null;
  let nearest = Infinity;
  for (let y = corner.y; y < Math.min(corner.y + CELL, hole.height); y++) {
    for (let x = corner.x; x < Math.min(corner.x + CELL, hole.width); x++) {
      const distance = Math.hypot(x - corner.x - CELL / 2, y - corner.y - CELL / 2);
      if (distance >= nearest || !hole.get(x, y)) continue;
      best = { x, y };
      nearest = distance;
    }
  }
  return best;
}

/** Of all the patches over a pixel of the level, the shift to the source that has most weight. */
function strongestShift(
  { target, source, from }: PatchField,
  pixel: Point,
  weigh: (x: number, y: number) => number,
): Point | null {
  const { columns, rows, total } = target;
  const weights = new Map<string, number>();
  let best: Point | null = null;
  let most = 0;
  for (let y = Math.max(0, pixel.y - PATCH + 1); y <= Math.min(rows - 1, pixel.y); y++) {
    for (let x = Math.max(0, pixel.x - PATCH + 1); x <= Math.min(columns - 1, pixel.x); x++) {
      const at = y * columns + x;
      if ((total[at] ?? 0) === 0) continue;
      const q = from[at] ?? 0;
      const sourceX = q % source.level.width;
      const shift = { x: sourceX - x, y: (q - sourceX) / source.level.width - y };
      const key = `${shift.x} ${shift.y}`;
      const weight = (weights.get(key) ?? 0) + weigh(x, y);
      weights.set(key, weight);
      if (weight <= most) continue;
      most = weight;
      best = shift;
    }
  }
  return best;
}
