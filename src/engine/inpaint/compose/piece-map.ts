/** Which label every pixel of a hole has, at some level. Pixels of one label that touch are a piece. */
import type { Rect } from '../../../shared/geometry';
import { HOLE, type Level } from './level';

/** What stands where there is no hole. */
export const NO_LABEL = 0xffff;

export interface PieceMap {
  /** The level's box, in its pixels. */
  readonly box: Rect;
  /** box.height x box.width */
  readonly labels: Uint16Array;
}

export function emptyMap({ box }: Level): PieceMap {
  return { box, labels: new Uint16Array(box.width * box.height).fill(NO_LABEL) };
}

/** The same pieces at a finer level, by the nearest pixel. */
export function enlarged({ box, labels }: PieceMap, from: Level, to: Level): PieceMap {
  const map = emptyMap(to);
  const { width, height } = map.box;
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.floor(((map.box.x + x + 0.5) * to.scaleX) / from.scaleX),
  );
  for (let y = 0, at = 0; y < height; y++) {
    const line = (map.box.y + y) * to.width + map.box.x;
    const row = Math.floor(((map.box.y + y + 0.5) * to.scaleY) / from.scaleY) - box.y;
    for (let x = 0; x < width; x++, at++) {
      if (to.state[line + x] === HOLE) map.labels[at] = labels[row * box.width + columns[x] - box.x];
    }
  }
  return map;
}

/**
 * Pieces of fewer than `least` pixels go to the neighbouring label that costs least and can be had for all of them.
 * @param near places in the map where small pieces may be: those at seams and at the rim
 * @param cost of a label at a place; Infinity where it cannot be had
 */
export function joinSmallPieces(
  { box, labels }: PieceMap,
  near: Int32Array,
  least: number,
  cost: (label: number, place: number) => number,
): void {
  const piece = new Int32Array(least);
  const around = new Set<number>();
  for (let round = 0; round < 2; round++) {
    let joined = false;
    for (const start of near) {
      const size = pieceAt(labels, box, start, piece, around);
      if (size >= least || around.size === 0) continue;
      let best = labels[start];
      let cheapest = Infinity;
      for (const label of around) {
        let sum = 0;
        for (let i = 0; i < size && sum < cheapest; i++) sum += cost(label, piece[i]);
        if (sum >= cheapest) continue;
        cheapest = sum;
        best = label;
      }
      if (cheapest === Infinity) continue;
      for (let i = 0; i < size; i++) labels[piece[i]] = best;
      joined = true;
    }
    if (!joined) return;
  }
}

/**
 * Collects the piece that a place belongs to, as far as the list holds.
 * @param around gets the labels beside it
 * @returns its size, the list's length where it may be larger
 */
function pieceAt(
  labels: Uint16Array,
  { width, height }: Rect,
  start: number,
  list: Int32Array,
  around: Set<number>,
): number {
  const label = labels[start];
  around.clear();
  list[0] = start;
  let size = 1;
  for (let next = 0; next < size; next++) {
    const at = list[next];
    const x = at % width;
    for (let side = 0; side < 4; side++) {
      if (side === 0 ? x === 0 : side === 1 && x + 1 === width) continue;
      const other = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - width : at + width;
      if (other < 0 || other >= width * height || labels[other] === NO_LABEL) continue;
      if (labels[other] !== label) {
        around.add(labels[other]);
        continue;
      }
      let known = false;
      for (let i = 0; i < size && !known; i++) known = list[i] === other;
      if (known) continue;
      if (size === list.length) return size;
      list[size++] = other;
    }
  }
  return size;
}

/** Places around seams and along the rim. */
export interface Band {
  /** Those beside another label or beside what is no hole, then those a step further in, and so on. */
  readonly places: Int32Array;
  /** How many of them are not of the outermost step. */
  readonly inner: number;
}

/** Whether a place lies beside another label, or beside what is no hole. */
export function isEdge({ box: { width, height }, labels }: PieceMap, at: number): boolean {
  const label = labels[at];
  const x = at % width;
  return (
    (x > 0 && labels[at - 1] !== label) ||
    (x + 1 < width && labels[at + 1] !== label) ||
    (at >= width && labels[at - width] !== label) ||
    (at + width < width * height && labels[at + width] !== label)
  );
}

/** @param steps how far the band reaches beyond the edges, 0 or more */
export function bandOf(map: PieceMap, steps: number): Band {
  const { box, labels } = map;
  const { width, height } = box;
  const reached = new Uint8Array(width * height);
  let front: number[] = [];
  const all: number[] = [];
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] === NO_LABEL || !isEdge(map, at)) continue;
    reached[at] = 1;
    front.push(at);
  }
  let inner = 0;
  for (let step = 0; step <= steps; step++) {
    if (step === steps) inner = all.length;
    for (const at of front) all.push(at);
    if (step === steps) break;
    const next: number[] = [];
    const visit = (at: number): void => {
      if (reached[at] === 1 || labels[at] === NO_LABEL) return;
      reached[at] = 1;
      next.push(at);
    };
    for (const at of front) {
      const x = at % width;
      if (x > 0) visit(at - 1);
      if (x + 1 < width) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at + width < width * height) visit(at + width);
    }
    front = next;
  }
  return { places: Int32Array.from(all), inner };
}
