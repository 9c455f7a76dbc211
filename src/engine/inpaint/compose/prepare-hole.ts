/** Prepares a hole to be cut: all that is dear, and the same for every seed and every wish. */
import type { Point, Rect } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import type { PictureView } from '../../image/picture-view';
import { findCandidates } from './candidates';
import type { HoleMemory } from './hole-memory';
import { holePixels } from './hole-pixels';
import { type Label, NETWORK_LABEL } from './label';
import type { Level } from './level';
import { lineLabels } from './line-labels';
import type { PreparedHole } from './prepared-hole';
import { levelsOf, nativeLevel, type WindowMasks, windowAround } from './pyramid';
import { buildStack } from './stack';
import { type LineWishes, structureLines } from './structure-lines';
import { COMPOSE_TUNING, type ComposeTuning } from './tuning';
import { isDrawnEdge, uniqueness } from './uniqueness';

export interface HoleRequest {
  /** The picture with all fills so far, the network's fill of this hole among them. */
  readonly view: PictureView;
  readonly masks: WindowMasks;
  /** Points in picture pixels, whole numbers at the edges of pixels. */
  readonly lines: LineWishes;
  readonly tuning?: ComposeTuning;
  /** Asked first, and told what was prepared. */
  readonly memory?: HoleMemory;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: Pause;
}

/** Candidates are drawn by chance, but by the same for all seeds, so that variants share them. */
const CANDIDATE_SEED = 0;

export async function prepareHole(request: HoleRequest): Promise<PreparedHole> {
  const { view, masks, lines, memory, pause, tuning = COMPOSE_TUNING } = request;
  const { part, allowed } = masks;
  const window = windowAround(part.box, view.picture, allowed, tuning);
  const native = await nativeLevel(view, masks, window, pause);
  const key = JSON.stringify({ window, lines, tuning });
  const known = memory?.recall(key, native);
  if (known) return known;
  const prepared = await prepareWindow(native, window, part.hole.count(), { lines, tuning, pause });
  memory?.add(key, prepared);
  return prepared;
}

interface Wishes {
  readonly lines: LineWishes;
  readonly tuning: ComposeTuning;
  readonly pause: Pause;
}

async function prepareWindow(
  native: Level,
  window: Rect,
  holeArea: number,
  { lines, tuning, pause }: Wishes,
): Promise<PreparedHole> {
  const scale = Math.max(1, Math.sqrt(holeArea / tuning.area), Math.max(window.width, window.height) / tuning.side);
  const levels = await levelsOf(native, scale, pause);
  const level = levels[0];
  const lab = level.allLab();
  await pause();
  const pixels = holePixels(level);
  const { found, statistics } = await findCandidates(level, lab, { seed: CANDIDATE_SEED, guided: true, pause });
  await pause();
  const inWindow = (points: readonly Point[]) =>
    points.map(({ x, y }) => ({ x: x - 0.5 - window.x, y: y - 0.5 - window.y }));
  const structure = await structureLines(
    levels,
    { ...lines, drawn: lines.drawn.map(inWindow), removed: lines.removed.map(inWindow) },
    pause,
  );
  const isHole = (x: number, y: number) => native.isHole(x, y);
  const along = structure.lines.flatMap((line, number): Label[] =>
    lineLabels(line, isHole).map((map) => ({ map, kind: 'line', line: number })),
  );
  const labels = distinct([NETWORK_LABEL, ...found, ...along]);
  const stack = await buildStack(level, lab, pixels, labels, tuning, pause);
  const unique = uniqueness(statistics, level, (x, y) => isDrawnEdge(level, lab, x, y));
  return { window, levels, pixels, labels, stack, structure, lab, unique };
}

/** Of labels of the same shift only the first. */
function distinct(labels: readonly Label[]): Label[] {
  const byMap = new Map<string, Label>();
  for (const label of labels) {
    const { xx, xy, dx, yx, yy, dy } = label.map;
    const key = [xx, xy, dx, yx, yy, dy].map((value) => value.toFixed(2)).join(' ');
    if (!byMap.has(key)) byMap.set(key, label);
  }
  return [...byMap.values()];
}
