import { confidenceAround } from './patch-confidence';
import { depths, eachHolePixel, HOLE, holeBox, type PatchLevel, WHITE } from './patch-level';
import { inBands, type Pause } from '../../raster/pacing';
import type { PatchField } from './patch-field';
import { PATCH } from './patches';

/** Added to a patch's mean squared difference, so that equally good patches share the vote: two of 1023 steps. */
const SOFTENING = 4 * 3;
/** Deep in a large hole patches differ no more in weight. */
const LEAST_WEIGHT = 1e-12;
const MOST_DEPTHS = 1000;

/** How much the patch around each pixel counts in a vote: the deeper in the hole, the less (Newson et al. 2014, 3.2). @returns height x width */
export function depthWeights(level: PatchLevel, fade: number): Float32Array {
  const depthWeight = new Float32Array(level.state.length).fill(1);
  const byDepth: number[] = [];
  for (let depth = 0; fade ** -depth > LEAST_WEIGHT && depth < MOST_DEPTHS; depth++) byDepth.push(fade ** -depth);
  const depthOf = depths(level);
  for (let at = 0; at < depthWeight.length; at++)
    if (depthOf[at] > 0) depthWeight[at] = byDepth[depthOf[at]] ?? LEAST_WEIGHT;
  return depthWeight;
}

/**
 * How much the patch of a target position, named by its upper left pixel, counts in a vote.
 * @param sharpness 0: by depth alone; the larger, the more the best patch alone decides
 */
export function weighing(
  { target, cost }: PatchField,
  depthWeight: Float32Array,
  sharpness: number,
): (x: number, y: number) => number {
  const { columns, total } = target;
  const { width } = target.level;
  const middle = (PATCH >> 1) * (width + 1);
  return (x, y) => {
    const at = y * columns + x;
    const likeness = sharpness === 0 ? 1 : (SOFTENING / (cost[at] / total[at] + SOFTENING)) ** sharpness;
    return likeness * depthWeight[y * width + x + middle];
  };
}

/**
 * What the patches over it say each hole pixel is: their mean, weighted by depth and by likeness.
 * @param colours source height x width x 3, in any unit
 * @param sharpness 0: plain mean; the larger, the more the best patch alone decides
 * @returns target height x width x 3 in that unit, 0 outside the hole
 */
export async function vote(
  field: PatchField,
  depthWeight: Float32Array,
  colours: Float32Array | Uint16Array,
  sharpness: number,
  pause: Pause,
): Promise<Float64Array> {
  const { target, source, from } = field;
  const { columns, rows, total } = target;
  const { width, height, state } = target.level;
  const sourceWidth = source.level.width;
  // In double precision: a bad patch's likeness may be 1e-50.
  const sums = new Float64Array(3 * width * height);
  const weights = new Float64Array(width * height);
  const weigh = weighing(field, depthWeight, sharpness);
  const collect = (y: number): void => {
    for (let x = 0, at = y * columns; x < columns; x++, at++) {
      if (total[at] === 0) continue;
      const weight = weigh(x, y);
      for (let j = 0; j < PATCH; j++) {
        let to = (y + j) * width + x;
        let q = 3 * (from[at] + j * sourceWidth);
        for (const end = to + PATCH; to < end; to++, q += 3) {
          if (state[to] !== HOLE) continue;
          weights[to] += weight;
          sums[3 * to] += weight * colours[q];
          sums[3 * to + 1] += weight * colours[q + 1];
          sums[3 * to + 2] += weight * colours[q + 2];
        }
      }
    }
  };
  await inBands({ width: columns, height: rows }, pause, (first, end) => {
    for (let y = first; y < end; y++) collect(y);
  });
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === 0) continue;
    sums[3 * at] /= weights[at];
    sums[3 * at + 1] /= weights[at];
    sums[3 * at + 2] /= weights[at];
  }
  return sums;
}

/**
 * Takes what was voted into the level's hole, as far as there is confidence in it; the rest is the guess that the search began with.
 * Without that patches that have gone astray are what the next ones are compared with, and none finds back.
 * @param guess height x width x 3, like the level's colours; null: all that was voted is taken
 */
export function settle(level: PatchLevel, voted: Float64Array, guess: Uint16Array | null): void {
  const { state, colours } = level;
  if (guess === null) {
    for (let c = 0; c < voted.length; c++) if (state[Math.floor(c / 3)] === HOLE) colours[c] = voted[c] + 0.5;
    return;
  }
  const box = holeBox(level, 0);
  const values = new Float32Array(3 * box.width * box.height);
  eachHolePixel(level, box, (at, to) => {
    for (let c = 0; c < 3; c++) values[3 * to + c] = (voted[3 * at + c] - guess[3 * at + c]) / (WHITE / 2);
  });
  const shares = confidenceAround({ width: box.width, height: box.height, values });
  eachHolePixel(level, box, (at, to) => {
    for (let c = 3 * at; c < 3 * at + 3; c++) colours[c] = guess[c] + shares[to] * (voted[c] - guess[c]) + 0.5;
  });
}
