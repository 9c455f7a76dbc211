/**
 * From the working scale to native size: at every level the pieces are enlarged, shifted by up to a pixel, and cut again in
 * bands around their seams and the rim, by the labels that are near.
 */
import type { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { Expansion } from './expansion';
import { FineLabelling } from './fine-labelling';
import { holePixels } from './hole-pixels';
import { jitter } from './jitter';
import type { Label } from './label';
import type { Level } from './level';
import type { MaxFlow } from './max-flow';
import { shiftBy, isShift } from './affine';
import { bandOf, enlarged, isEdge, joinSmallPieces, NO_LABEL, type PieceMap } from './piece-map';
import { type ComposeTuning, FORBIDDEN } from './tuning';
import type { WindowLine } from './window-line';

/** A label is tried at pixels whose tile, or one beside it, holds a piece of it. Pixels a side. */
const TILE = 16;

export interface Pieces {
  readonly level: Level;
  /** The labels in use, in native pixels of the window; `map` counts them. */
  readonly labels: readonly Label[];
  readonly map: PieceMap;
}

export interface RefineTools {
  readonly lines: readonly WindowLine[];
  readonly flow: MaxFlow;
  readonly random: Random;
  readonly tuning: ComposeTuning;
  readonly pause: Pause;
}

/** @param to the next finer level of the window */
export async function refinePieces(from: Pieces, to: Level, tools: RefineTools): Promise<Pieces> {
  const { pause } = tools;
  const map = enlarged(from.map, from.level, to);
  const native = to.scaleX === 1 && to.scaleY === 1;
  const rounded = native ? from.labels.map(wholePixels) : from.labels;
  await pause();
  const labels = await jitter(to, rounded, map, pause);
  await moveInvalid(to, map, labels, tools);
  await cutBands(to, map, labels, tools);
  return { level: to, labels, map };
}

function wholePixels(label: Label): Label {
  const { map } = label;
  return isShift(map) ? { ...label, map: shiftBy(Math.round(map.dx), Math.round(map.dy)) } : label;
}

/** Pixels whose source may not be copied at this level get the label of the cheapest that may. */
async function moveInvalid(
  level: Level,
  { box, labels: here }: PieceMap,
  labels: readonly Label[],
  { lines, tuning, pause }: RefineTools,
): Promise<void> {
  const maps = labels.map(({ map }) => level.mapOf(map));
  const invalid: number[] = [];
  for (let y = 0, at = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++, at++) {
      const label = here[at];
      if (label === NO_LABEL || labels[label].kind === 'network') continue;
      if (!level.mayCopy(maps[label], box.x + x, box.y + y)) invalid.push(at);
    }
    if (y % 256 === 255) await pause();
  }
  if (invalid.length === 0) return;
  const pixels = holePixels(
    level,
    Int32Array.from(invalid, (at) => level.indexOf(at)),
  );
  const labelling = new FineLabelling(level, pixels, null, labels, lines, tuning);
  for (let i = 0; i < invalid.length; i++) {
    let least = Infinity;
    for (let label = 0; label < labels.length; label++) {
      const cost = labelling.cost(label, i);
      if (cost >= least) continue;
      least = cost;
      here[invalid[i]] = label;
    }
  }
}

async function cutBands(
  level: Level,
  map: PieceMap,
  labels: readonly Label[],
  { lines, flow, random, tuning, pause }: RefineTools,
): Promise<void> {
  const { box } = map;
  const { places: band, inner } = bandOf(map, tuning.band + 1);
  const pixels = holePixels(
    level,
    band.map((at) => level.indexOf(at)),
  );
  // The outermost step of the band keeps its labels and is what the others are cut against.
  const frozen = Uint8Array.from(band, (_, i) => (i < inner ? 0 : 1));
  const labelling = new FineLabelling(level, pixels, frozen, labels, lines, tuning);
  await pause();
  const chosen = Uint16Array.from(band, (at) => map.labels[at]);
  const expansion = new Expansion(labelling, chosen, flow, tuning);
  const near = nearTiles(map, band, labels.length);
  for (const label of shuffled(labels.length, random)) {
    await pause();
    const among = near(label);
    if (among.length > 0) expansion.expand(label, among);
  }
  for (let i = 0; i < band.length; i++) map.labels[band[i]] = chosen[i];
  await pause();
  const numbers = new Int32Array(box.width * box.height).fill(-1);
  for (let i = 0; i < band.length; i++) numbers[band[i]] = i;
  const edge = band.filter((at) => isEdge(map, at));
  joinSmallPieces(map, edge, tuning.leastFinePiece, (label, place) => {
    if (numbers[place] < 0) return Infinity;
    const cost = labelling.cost(label, numbers[place]);
    return cost >= FORBIDDEN ? Infinity : cost;
  });
}

/** @returns of each label, the pixels of the band that it is tried at, by their place in the band */
function nearTiles({ box, labels }: PieceMap, band: Int32Array, count: number): (label: number) => Int32Array {
  const across = Math.ceil(box.width / TILE) + 2;
  const down = Math.ceil(box.height / TILE) + 2;
  const tileOf = (at: number) =>
    (Math.floor(at / box.width / TILE) + 1) * across + Math.floor((at % box.width) / TILE) + 1;
  const holds = new Uint8Array(across * down * count);
  for (let y = 0, at = 0; y < box.height; y++) {
    const line = (Math.floor(y / TILE) + 1) * across + 1;
    for (let x = 0; x < box.width; x++, at++) {
      if (labels[at] !== NO_LABEL) holds[(line + Math.floor(x / TILE)) * count + labels[at]] = 1;
    }
  }
  const tiles = Int32Array.from(band, tileOf);
  return (label) => {
    const near: number[] = [];
    for (let i = 0; i < band.length; i++) {
      for (let k = 0; k < 9; k++) {
        const tile = tiles[i] + (Math.floor(k / 3) - 1) * across + (k % 3) - 1;
        if (holds[tile * count + label] === 0) continue;
        near.push(i);
        break;
      }
    }
    return Int32Array.from(near);
  };
}

/** 0 .. count - 1 in some order (Fisher and Yates). */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
