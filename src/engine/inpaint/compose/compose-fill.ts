/**
 * Fills a hole with large pieces of the photograph, cut where they fit each other best (He and Sun 2012; Kwatra et al. 2003,
 * Graphcut textures). The network's fill says roughly what is to stand where; it is seen only where no piece can be had.
 */
import type { BitPlane } from '../../../shared/bit-plane';
import type { Point } from '../../../shared/geometry';
import { cellsAcross, type SourceMap } from '../../../shared/source-map';
import type { StructureLine } from '../../../shared/structure-line';
import type { Patch } from '../../image/picture';
import type { Pause } from '../../raster/pacing';
import type { PictureView } from '../../image/picture-view';
import { emptySourceMap } from '../detail/source-map';
import { Composition, type CutWishes } from './composition';
import { blendPieces } from './gradient-blend';
import { holeParts } from './hole-parts';
import { NO_LABEL } from './piece-map';
import type { Pieces } from './refine';
import type { LineWishes } from './structure-lines';
import { COMPOSE_TUNING, type ComposeTuning } from './tuning';

export interface ComposeRequest {
  /** The picture with the fills of earlier groups, without this one. */
  readonly view: PictureView;
  /** The network's fill, blended. */
  readonly patch: Patch;
  /** Picture-sized: every pixel that has no colour yet, this patch's included. */
  readonly open: BitPlane;
  /** Picture-sized: pixels that may be copied. None of them is in a hole. */
  readonly allowed: BitPlane;
  readonly seed: number;
  /** Points in picture pixels, whole numbers at the edges of pixels. */
  readonly lines: LineWishes;
  readonly wishes: CutWishes;
  /** How much the network's colours must stay at a picture pixel, 0..1: a painted hint. */
  readonly hold?: (x: number, y: number) => number;
  readonly tuning?: ComposeTuning;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: Pause;
}

export interface Composed {
  readonly patch: Patch;
  readonly map: SourceMap;
  /** Edges that were found and continued. */
  readonly lines: readonly StructureLine[];
}

/** @returns the patch composed anew: the same box, hole and depth */
export async function composeFill(request: ComposeRequest): Promise<Composed> {
  const { patch, pause, tuning = COMPOSE_TUNING } = request;
  const { box, depth, hole } = patch;
  const samples = patch.samples.slice();
  const composed: Patch = { box, depth, samples, hole };
  // What is composed shows through at once, so that the next part fits it.
  const view = request.view.copy();
  view.lay(composed);
  const open = request.open.clone();
  open.combine(hole, 'and-not', box.x, box.y);
  const map = emptySourceMap(box);
  const found: StructureLine[] = [];
  for (const part of holeParts(patch)) {
    await pause();
    const { seed, lines, hold, allowed } = request;
    const masks = { part, open, allowed };
    const asked = { view, masks, seed, lines, tuning, pause };
    const composition = await Composition.prepare({ ...asked, ...(hold ? { hold } : {}) });
    const pieces = await composition.cut(request.wishes, pause);
    const { window } = composition;
    const target = { x: box.x - window.x, y: box.y - window.y, width: box.width, samples };
    await blendPieces(pieces, tuning.keptEdge, target, pause);
    addSources(map, pieces, target);
    found.push(...composition.foundLines());
  }
  return { patch: composed, map, lines: found };
}

/** Enters where the pieces came from, by the middles of cells. @param x,y where the map's box lies in the window */
function addSources(sources: SourceMap, { labels, map }: Pieces, { x, y }: Point): void {
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
      const affine = labels[label].map;
      const [px, py] = [map.box.x + u, map.box.y + v];
      shifts[2 * cell] = Math.round(affine.xx * px + affine.xy * py + affine.dx - px);
      shifts[2 * cell + 1] = Math.round(affine.yx * px + affine.yy * py + affine.dy - py);
    }
  }
}
