/**
 * The sliced Wasserstein distance between the patches of pictures and of fills (Karras et al. 2018, arXiv 1710.10196,
 * section 5), with two changes: both sides are normalised by the pictures' own channel means and deviations, so that lost
 * contrast counts, and both take their 7x7 patches from the same places, which touch the hole: equal pictures score 0.
 */
import type { Size } from '../../shared/geometry';
import type { Comparison } from './comparison';
import { laplacianPyramid, levelCount, type Plane } from '../raster/binomial-pyramid';
import { halfSize } from '../raster/halving';
import { NumpyRandom } from '../numeric/numpy-random';

const PATCH = 7;
const RADIUS = PATCH >> 1;
const PATCHES_PER_PICTURE = 128;
const REPEATS = 4;
const DIRECTIONS = 128;
/** The pyramid ends at the last level whose shorter side is at least this. */
const SMALLEST = 16;
const VALUES = PATCH * PATCH * 3;
const DIRECTIONS_SEED = 7;
const TINY = 1e-6;

/** Patches of one picture at one level: PATCHES_PER_PICTURE x 7 x 7 x 3. */
interface PatchPair {
  readonly truth: Float32Array;
  readonly result: Float32Array;
}

/** Collects the patches of a set of pictures. */
export class WassersteinPatches {
  /** By level, full size first. */
  private readonly levels: PatchPair[][] = [];

  /** @param index place of the picture in the set: decides with its hole where patches are taken */
  add(comparison: Comparison, index: number): void {
    const count = levelCount(comparison, SMALLEST);
    const pyramid = (samples: Uint8Array): Plane[] =>
      laplacianPyramid(
        { width: comparison.width, height: comparison.height, values: Float32Array.from(samples) },
        count,
        'mirrored',
      );
    const [truth, result] = [pyramid(comparison.truth), pyramid(comparison.result)];
    let hole: Uint8Array = comparison.hole;
    truth.forEach((level, k) => {
      const where = placesAround(hole, level);
      if (where.length > 0) {
        const drawn = new NumpyRandom([index, k]).integers(where.length, PATCHES_PER_PICTURE);
        const places = drawn.map((i) => where[i]);
        (this.levels[k] ??= []).push({ truth: cut(level, places), result: cut(result[k], places) });
      }
      hole = halvedHole(hole, level);
    });
  }

  /** Times 1000: the mean over the levels; null when no patch was ever taken. */
  distance(): number | null {
    const distances = this.levels.map(levelDistance);
    return distances.length === 0 ? null : distances.reduce((a, b) => a + b) / distances.length;
  }
}

/** Centres of whole patches that touch the hole, row by row. */
function placesAround(hole: Uint8Array, { width, height }: Size): number[] {
  const wide = new Uint8Array(hole.length);
  for (let y = 0; y < height; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      for (let by = -RADIUS; by <= RADIUS; by++) wide[y * width + x] |= hole[y * width + x + by];
    }
  }
  const places: number[] = [];
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      let near = 0;
      for (let by = -RADIUS; by <= RADIUS; by++) near |= wide[(y + by) * width + x];
      if (near === 1) places.push(y * width + x);
    }
  }
  return places;
}

/** A pixel of the next level is hole when one of its four is. */
function halvedHole(hole: Uint8Array, { width, height }: Size): Uint8Array {
  const { width: across, height: down } = halfSize({ width, height });
  const half = new Uint8Array(across * down);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) half[(y >> 1) * across + (x >> 1)] |= hole[y * width + x];
  }
  return half;
}

function cut({ width, values }: Plane, places: Uint32Array): Float32Array {
  const patches = new Float32Array(places.length * VALUES);
  places.forEach((place, i) => {
    for (let row = 0; row < PATCH; row++) {
      const from = (place + (row - RADIUS) * width - RADIUS) * 3;
      patches.set(values.subarray(from, from + PATCH * 3), i * VALUES + row * PATCH * 3);
    }
  });
  return patches;
}

function levelDistance(pairs: readonly PatchPair[]): number {
  const [truth, result] = [joined(pairs.map((pair) => pair.truth)), joined(pairs.map((pair) => pair.result))];
  const { means, deviations } = channelStatistics(truth);
  for (const patches of [truth, result]) {
    for (let i = 0; i < patches.length; i++) patches[i] = (patches[i] - means[i % 3]) / deviations[i % 3];
  }
  const random = new NumpyRandom([DIRECTIONS_SEED]);
  let total = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const directions = unitDirections(random);
    const [a, b] = [projected(truth, directions), projected(result, directions)];
    let sum = 0;
    for (let d = 0; d < DIRECTIONS; d++) {
      const [left, right] = [a[d].sort(), b[d].sort()];
      for (let i = 0; i < left.length; i++) sum += Math.abs(left[i] - right[i]);
    }
    total += sum / (DIRECTIONS * a[0].length);
  }
  return (1000 * total) / REPEATS;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Sums are rounded to float32 after every term, as NumPy adds along the first axis: the reference's own numbers. */
function channelStatistics(patches: Float32Array) {
  const count = patches.length / 3;
  const means = new Float32Array(3);
  const variances = new Float32Array(3);
  for (let i = 0; i < patches.length; i++) means[i % 3] += patches[i];
  for (let c = 0; c < 3; c++) means[c] /= count;
  for (let i = 0; i < patches.length; i++) variances[i % 3] += Math.fround(patches[i] - means[i % 3]) ** 2;
  return { means, deviations: variances.map((sum) => Math.fround(Math.sqrt(sum / count)) + TINY) };
}

/** Normally distributed columns of length 1: by direction, VALUES numbers each. */
function unitDirections(random: NumpyRandom): Float32Array[] {
  const normals = random.normals(VALUES * DIRECTIONS);
  return Array.from({ length: DIRECTIONS }, (_, d) => {
    const column = Float32Array.from({ length: VALUES }, (__, i) => normals[i * DIRECTIONS + d]);
    const length = Math.hypot(...column);
    return column.map((value) => value / length);
  });
}

/** By direction, one number a patch. */
function projected(patches: Float32Array, directions: readonly Float32Array[]): Float32Array[] {
  const count = patches.length / VALUES;
  return directions.map((direction) => {
    const result = new Float32Array(count);
    for (let i = 0, from = 0; i < count; i++, from += VALUES) {
      let sum = 0;
      for (let j = 0; j < VALUES; j++) sum += patches[from + j] * direction[j];
      result[i] = sum;
    }
    return result;
  });
}
