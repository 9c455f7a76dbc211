/** The source map of a fill that is made of pieces: where each of its cells was copied from. */
import type { Point, Rect } from '../../../shared/geometry';
import { cellsAcross, type SourceMap } from '../../../shared/source-map';
import { emptySourceMap } from '../detail/source-map';
import { placeIn } from './affine';
import { NO_LABEL } from './piece-map';
import type { Pieces } from './refine';

/** Side of a cell, picture pixels: outlines of pieces follow their seams. Boxes of more pixels have larger ones. */
const CELL = 2;
const LARGE_CELL = 4;
const LARGE_BOX = 4_000_000;

/** A map of a patch whose pieces are to be entered. */
export function emptyPieceSources(box: Rect): SourceMap {
  return emptySourceMap(box, box.width * box.height > LARGE_BOX ? LARGE_CELL : CELL);
}

/** Enters where the pieces came from, by the middles of cells. @param x,y where the map's box lies in the window */
export function addSources(sources: SourceMap, { labels, map }: Pick<Pieces, 'labels' | 'map'>, { x, y }: Point): void {
  const { cell: side, shifts } = sources;
  const across = cellsAcross(sources);
  const rank = new Int32Array(shifts.length / 2).fill(-1);
  const offsetX = map.box.x - x;
  const offsetY = map.box.y - y;
  for (let v = 0, at = 0; v < map.box.height; v++) {
    for (let u = 0; u < map.box.width; u++, at++) {
      const label = map.labels[at];
      if (label === NO_LABEL || labels[label].kind === 'network') continue;
      const [i, j] = [offsetX + u, offsetY + v];
      const cell = Math.floor(j / side) * across + Math.floor(i / side);
      // The nearer to the middle of the cell, the higher.
      const here = 2 * side - Math.abs((i % side) - side / 2) - Math.abs((j % side) - side / 2);
      if (here <= rank[cell]) continue;
      rank[cell] = here;
      const pixel = { x: map.box.x + u, y: map.box.y + v };
      const from = placeIn(labels[label].map, pixel);
      shifts[2 * cell] = Math.round(from.x - pixel.x);
      shifts[2 * cell + 1] = Math.round(from.y - pixel.y);
    }
  }
}
