/** What of a cut is the object: no crumbs, and no small holes. */
import type { Size } from '../../shared/geometry';
import { connectedCells } from '../inpaint/cell-parts';

/** Of the largest piece's area: smaller ones are crumbs, smaller holes are filled. */
const LEAST_PIECE = 0.08;
const LEAST_HOLE = 0.02;

/**
 * @param labels height x width, 1: the object
 * @param isMarked pieces with a pixel that was marked stay, however small
 */
export function keepObject(
  { width, height }: Size,
  labels: Uint8Array,
  isMarked: (x: number, y: number) => boolean,
): Uint8Array {
  const pieces = connectedCells(labels, width, height, 'edges');
  const background = labels.map((label) => 1 - label);
  const holes = connectedCells(background, width, height, 'edges');
  const largest = Math.max(0, ...pieces.map(({ length }) => length));
  const kept = labels.slice();
  const place = (at: number) => [at % width, Math.floor(at / width)] as const;
  for (const piece of pieces) {
    const marked = () => piece.some((at) => isMarked(...place(at)));
    if (piece.length < LEAST_PIECE * largest && !marked()) for (const at of piece) kept[at] = 0;
  }
  // What reaches the edge of what is looked at is no hole.
  const isRim = (x: number, y: number) => x === 0 || y === 0 || x === width - 1 || y === height - 1;
  for (const hole of holes) {
    if (hole.length < LEAST_HOLE * largest && !hole.some((at) => isRim(...place(at))))
      for (const at of hole) kept[at] = 1;
  }
  return kept;
}
