/**
 * The offsets that occur most often in a field of nearest neighbours. A few dozen of them hold most of what a picture
 * repeats (He and Sun 2012, "Statistics of patch offsets for image completion").
 */
import { gaussian } from '../../raster/gaussian';

export interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** Offsets and what each counts. All three are of one length. */
export interface OffsetSample {
  readonly dx: ArrayLike<number>;
  readonly dy: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

export interface PeakChoice {
  /** How many at most. */
  readonly count: number;
  /** Sigma of the Gaussian over the histogram, pixels: offsets so near each other count as one. */
  readonly sigma: number;
  /** Two peaks differ by more than this in x or in y, pixels. */
  readonly separation: number;
}

/** @returns whole offsets, the most frequent first */
export function offsetPeaks({ dx, dy, weight }: OffsetSample, { count, sigma, separation }: PeakChoice): Offset[] {
  if (dx.length === 0) return [];
  const reach = Math.ceil(3 * sigma);
  const margin = Math.max(reach, separation);
  const [left, right] = range(dx);
  const [top, bottom] = range(dy);
  const width = right - left + 1 + 2 * margin;
  const height = bottom - top + 1 + 2 * margin;
  const histogram = new Float64Array(width * height);
  for (let i = 0; i < dx.length; i++) histogram[(dy[i] - top + margin) * width + dx[i] - left + margin] += weight[i];
  const smooth = smoothed(histogram, width, height, sigma, reach);
  const peaks: number[] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      const at = y * width + x;
      if (smooth[at] > 0 && isLargest(smooth, at, width, separation)) peaks.push(at);
    }
  }
  // Where as many occur, the order of rows decides, so that the same field always gives the same peaks.
  peaks.sort((a, b) => smooth[b] - smooth[a] || a - b);
  return peaks.slice(0, count).map((at) => ({
    dx: (at % width) + left - margin,
    dy: Math.floor(at / width) + top - margin,
  }));
}

function range(values: ArrayLike<number>): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  return [least, most];
}

/** Of equal ones within the distance only the first counts. */
function isLargest(values: Float64Array, at: number, width: number, distance: number): boolean {
  const here = values[at];
  for (let y = -distance; y <= distance; y++) {
    for (let x = -distance; x <= distance; x++) {
      const step = y * width + x;
      const there = values[at + step];
      if (there > here || (there === here && step < 0)) return false;
    }
  }
  return true;
}

/** Gaussian that spreads every entry; most of a histogram is empty. */
function smoothed(values: Float64Array, width: number, height: number, sigma: number, reach: number): Float64Array {
  const taps = gaussian(sigma, reach);
  const across = spread(values, width, height, taps, 1);
  return spread(across, width, height, taps, width);
}

function spread(values: Float64Array, width: number, height: number, taps: Float64Array, stride: number): Float64Array {
  const result = new Float64Array(width * height);
  const reach = taps.length >> 1;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === 0) continue;
    const to = at - reach * stride;
    for (let k = 0; k < taps.length; k++) result[to + k * stride] += value * taps[k];
  }
  return result;
}
