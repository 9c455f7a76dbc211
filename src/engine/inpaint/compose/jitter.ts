/** Shifts labels by a pixel, so that their pieces fit what is around them better than their coarse offsets did. */
import { colourDistance } from './colour-lab';
import { isExact, type Label } from './label';
import { BARRED, HOLE, type Level, type LevelMap } from './level';
import { isEdge, NO_LABEL, type PieceMap } from './piece-map';
import type { Pause } from '../../raster/pacing';

/** How far around a piece it is compared, and what counts there at most and where a source is none, Lab. */
const RING = 3;
const CAP = 30;
const MISSING = 20;
/** Known colours count more than other pieces, which move themselves. */
const KNOWN_WEIGHT = 4;
/** Standing still is preferred by this much. */
const MOVING = 0.02;
const ROUNDS = 2;

interface Surroundings {
  /** Indices in the level: the piece's own pixels along its edge, and those around it. */
  readonly edge: Int32Array;
  readonly ring: Int32Array;
}

/** @returns the labels, moved where they may and fit better then */
export async function jitter(level: Level, labels: readonly Label[], map: PieceMap, pause: Pause): Promise<Label[]> {
  const moved = [...labels];
  const maps = labels.map((label) => level.mapOf(label.map));
  const around = surroundings(level, map, labels.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [label, { edge, ring }] of around.entries()) {
      if (isExact(labels[label]) || ring.length === 0) continue;
      const step = bestStep(level, maps, label, map, edge, ring);
      if (step.x === 0 && step.y === 0) continue;
      const { map: now } = moved[label];
      const next = { ...now, dx: now.dx + step.x * level.scaleX, dy: now.dy + step.y * level.scaleY };
      moved[label] = { ...moved[label], map: next };
      maps[label] = level.mapOf(next);
    }
    await pause();
  }
  return moved;
}

/** The ring of a piece holds the pixels within RING of it, of other pieces or known. */
function surroundings(level: Level, map: PieceMap, count: number): Surroundings[] {
  const { box, labels } = map;
  const edges: number[][] = Array.from({ length: count }, () => []);
  const rings: number[][] = Array.from({ length: count }, () => []);
  const { width, height } = box;
  const seen = new Uint16Array(width * height).fill(NO_LABEL);
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] !== NO_LABEL && isEdge(map, at)) edges[labels[at]].push(at);
  }
  for (let label = 0; label < count; label++) {
    for (const at of edges[label]) {
      const x = at % width;
      const y = (at - x) / width;
      for (let v = Math.max(0, y - RING); v <= Math.min(height - 1, y + RING); v++) {
        const reach = RING - Math.abs(v - y);
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
          const other = v * width + u;
          if (labels[other] === label || seen[other] === label) continue;
          seen[other] = label;
          const place = level.indexOf(other);
          if (labels[other] !== NO_LABEL || level.state[place] <= BARRED) rings[label].push(place);
        }
      }
    }
  }
  return edges.map((edge, label) => ({
    edge: Int32Array.from(edge, (at) => level.indexOf(at)),
    ring: Int32Array.from(rings[label]),
  }));
}

function bestStep(
  level: Level,
  maps: readonly LevelMap[],
  label: number,
  { box, labels }: PieceMap,
  edge: Int32Array,
  ring: Int32Array,
): { readonly x: number; readonly y: number } {
  const { width, state } = level;
  const now = new Float32Array(3 * ring.length);
  for (let k = 0; k < ring.length; k++) {
    const x = ring[k] % width;
    const y = (ring[k] - x) / width;
    if (state[ring[k]] !== HOLE) level.lab(ring[k], now, 3 * k);
    else level.copied(maps[labels[(y - box.y) * box.width + x - box.x]], x, y, now, 3 * k);
  }
  let best = { x: 0, y: 0 };
  let least = Infinity;
  const colour = new Float32Array(3);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const map = { ...maps[label], dx: maps[label].dx + dx, dy: maps[label].dy + dy };
      if ((dx !== 0 || dy !== 0) && !allValid(level, map, edge)) continue;
      let sum = 0;
      let weights = 0;
      for (let k = 0; k < ring.length; k++) {
        const x = ring[k] % width;
        const y = (ring[k] - x) / width;
        const weight = state[ring[k]] === HOLE ? 1 : KNOWN_WEIGHT;
        weights += weight;
        if (!level.mayCopy(map, x, y)) {
          sum += weight * MISSING;
          continue;
        }
        level.copied(map, x, y, colour, 0);
        sum += weight * Math.min(CAP, colourDistance(colour, 0, now, 3 * k));
      }
      const cost = sum / weights + MOVING * (Math.abs(dx) + Math.abs(dy));
      if (cost >= least) continue;
      least = cost;
      best = { x: dx, y: dy };
    }
  }
  return best;
}

/** A piece that may be copied still may when it moves by a pixel, if its edge's pixels may. */
function allValid(level: Level, map: LevelMap, edge: Int32Array): boolean {
  for (const at of edge) {
    const x = at % level.width;
    if (!level.mayCopy(map, x, (at - x) / level.width)) return false;
  }
  return true;
}
