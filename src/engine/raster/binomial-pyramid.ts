/** Colours at half the size and back (Burt and Adelson 1983, The Laplacian pyramid as a compact image code). */
import type { Size } from '../../shared/geometry';
import { halfSize } from './halving';

/** height x width x 3. */
export type Plane = Size & { readonly values: Float32Array };

/** How the plane goes on beyond its edges: with their own pixels, or mirrored without repeating them. */
export type Edges = 'repeated' | 'mirrored';

/** Every second pixel after a binomial filter. */
export function pyramidDown({ width, height, values }: Plane, edges: Edges = 'repeated'): Plane {
  const { width: w, height: h } = halfSize({ width, height });
  const across = new Float32Array(3 * w * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < w; x++) {
      const to = 3 * (y * w + x);
      for (let k = -2; k <= 2; k++) {
        const from = 3 * (y * width + within(2 * x + k, width, edges));
        const weight = BINOMIAL[k + 2];
        across[to] += weight * values[from];
        across[to + 1] += weight * values[from + 1];
        across[to + 2] += weight * values[from + 2];
      }
    }
  }
  const half = new Float32Array(3 * w * h);
  for (let y = 0; y < h; y++) {
    for (let k = -2; k <= 2; k++) {
      const from = 3 * w * within(2 * y + k, height, edges);
      const weight = BINOMIAL[k + 2];
      for (let x = 0; x < 3 * w; x++) half[3 * w * y + x] += weight * across[from + x];
    }
  }
  return { width: w, height: h, values: half };
}

const BINOMIAL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;

/** Between the pixels that `pyramidDown` kept: a pixel on one is (1, 6, 1) / 8 of them, one between two is their mean. */
export function pyramidUp({ width, height, values }: Plane, to: Size, edges: Edges = 'repeated'): Float32Array {
  const across = new Float32Array(3 * to.width * height);
  for (let y = 0; y < height; y++) {
    const row = 3 * y * width;
    for (let x = 0; x < to.width; x++) {
      const here = row + 3 * (x >> 1);
      const after = row + 3 * kept((x >> 1) + 1, width, to.width, edges);
      const before = row + 3 * kept((x >> 1) - 1, width, to.width, edges);
      const at = 3 * (y * to.width + x);
      for (let c = 0; c < 3; c++) {
        across[at + c] =
          (x & 1) === 1
            ? (values[here + c] + values[after + c]) / 2
            : (values[before + c] + 6 * values[here + c] + values[after + c]) / 8;
      }
    }
  }
  const result = new Float32Array(3 * to.width * to.height);
  const length = 3 * to.width;
  for (let y = 0; y < to.height; y++) {
    const here = length * (y >> 1);
    const after = length * kept((y >> 1) + 1, height, to.height, edges);
    const before = length * kept((y >> 1) - 1, height, to.height, edges);
    for (let x = 0; x < length; x++) {
      result[length * y + x] =
        (y & 1) === 1
          ? (across[here + x] + across[after + x]) / 2
          : (across[before + x] + 6 * across[here + x] + across[after + x]) / 8;
    }
  }
  return result;
}

/** How often a picture can be halved until its shorter side would be below `smallest`, plus one. */
export function levelCount({ width, height }: Size, smallest: number): number {
  let [levels, side] = [1, Math.min(width, height)];
  while ((side + 1) >> 1 >= smallest) {
    side = (side + 1) >> 1;
    levels++;
  }
  return levels;
}

/** A picture as what each halving loses, finest first, and what is left at last: the Laplacian pyramid. */
export function laplacianPyramid(picture: Plane, levels: number, edges: Edges): Plane[] {
  const pyramid: Plane[] = [];
  let current = picture;
  for (let i = 1; i < levels; i++) {
    const half = pyramidDown(current, edges);
    const back = pyramidUp(half, current, edges);
    pyramid.push({ ...current, values: current.values.map((value, at) => value - back[at]) });
    current = half;
  }
  return [...pyramid, current];
}

/** The pixel that stands at a place, which may lie beyond the edge. */
function within(place: number, length: number, edges: Edges): number {
  if (edges === 'repeated') return Math.min(length - 1, Math.max(0, place));
  const period = Math.max(1, 2 * (length - 1));
  const phase = ((place % period) + period) % period;
  return phase < length ? phase : period - phase;
}

/** The same among the pixels that were kept of `whole`; what is mirrored are the places of the whole. */
function kept(place: number, length: number, whole: number, edges: Edges): number {
  return edges === 'repeated' ? within(place, length, edges) : within(2 * place, whole, edges) >> 1;
}
