/**
 * A price on copying what occurs once. A face, a letter, a shower head that stands beside the hole would fit it as well as
 * anything, and would be seen twice.
 */
import type { Size } from '../../../shared/geometry';
import { PATCH } from '../detail/patches';
import { colourDistance } from './colour-lab';
import type { HolePixels } from './hole-pixels';
import type { Label } from './label';
import { type Level, SOURCE } from './level';
import type { PatchStatistics } from './patch-statistics';
import type { ComposeTuning } from './tuning';

/** Mean square in a layer's steps, added to differences: in flat areas noise alone makes patches differ. */
const SOFTENING = 12;
/** Doublings of the usual difference beyond the first that count. */
const MOST = 3;

/**
 * How much a patch stands alone in the picture.
 * @returns height x width, of the patch around a pixel: 0 where its nearest likeness is at most twice as far as the median
 *  one, 1 where it is four times as far, up to 3; 0 where nothing is known
 * @param goesOn whether the patch around a pixel only repeats what is right beside it, where no likeness is looked for
 */
export function uniqueness(
  { x, y, step, difference }: PatchStatistics,
  { width, height }: Size,
  goesOn: (x: number, y: number) => boolean,
): Float32Array {
  const map = new Float32Array(width * height);
  if (x.length === 0) return map;
  const middle = difference.slice().sort()[difference.length >> 1];
  const softening = SOFTENING * PATCH * PATCH;
  for (let n = 0; n < x.length; n++) {
    const alone = Math.log2((difference[n] + softening) / (middle + softening)) - 1;
    if (alone <= 0 || goesOn(x[n], y[n])) continue;
    const value = Math.min(MOST, alone);
    for (let v = y[n]; v < Math.min(height, y[n] + step); v++) {
      for (let u = x[n]; u < Math.min(width, x[n] + step); u++) map[v * width + u] = value;
    }
  }
  return map;
}

/** How far the edge of an area is followed, pixels, and what differs less is one colour, Lab. */
const ALONG = 3;
const SAME = 0.5;
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
].flatMap(([dx, dy]) => [
  [ALONG * dx, ALONG * dy],
  [-ALONG * dx, -ALONG * dy],
]);

/**
 * Whether the patch around a pixel is the straight edge of areas of one colour, which goes on beside it exactly. In drawings
 * most patches have a likeness without any difference, so the others would all seem to occur but once.
 * @param lab of the level
 */
export function isDrawnEdge({ width, height, state }: Level, lab: Float32Array, x: number, y: number): boolean {
  const half = PATCH >> 1;
  return DIRECTIONS.some(([dx, dy]) => {
    for (let v = y - half; v <= y + half; v++) {
      for (let u = x - half; u <= x + half; u++) {
        if (u + dx < 0 || v + dy < 0 || u + dx >= width || v + dy >= height) return false;
        const other = (v + dy) * width + u + dx;
        if (state[other] !== SOURCE || colourDistance(lab, 3 * (v * width + u), lab, 3 * other) > SAME) return false;
      }
    }
    return true;
  });
}

/**
 * Adds to the costs of a stack what its sources have of their own.
 * @param costs labels x pixels
 * @param map see `uniqueness`
 * @param guide labels x pixels: how far the source's smooth colours are from the network's. What a fill shows there that the
 *  network expects belongs there, however rare it is: an edge of water, a kerb
 */
export function priceUnique(
  costs: Float32Array,
  labels: readonly Label[],
  level: Level,
  { at, count }: HolePixels,
  map: Float32Array,
  guide: Float32Array,
  { unique, unforeseen, foreseen }: Pick<ComposeTuning, 'unique' | 'unforeseen' | 'foreseen'>,
): void {
  const { width, height } = level;
  for (const [number, label] of labels.entries()) {
    if (label.kind === 'network') continue;
    const { xx, xy, dx, yx, yy, dy } = level.mapOf(label.map);
    for (let i = 0, to = number * count; i < count; i++, to++) {
      const x = at[i] % width;
      const y = (at[i] - x) / width;
      const u = Math.round(xx * x + xy * y + dx);
      const v = Math.round(yx * x + yy * y + dy);
      if (!(u >= 0 && v >= 0 && u < width && v < height)) continue;
      costs[to] += (unique + unforeseen * Math.min(1, guide[to] / foreseen)) * map[v * width + u];
    }
  }
}
