/**
 * What patches are compared by besides their pixels, one value a patch each: the smooth colour, which in the hole is the
 * network's, and the energy of the texture, which in the hole is spanned smoothly from around it. Comparing pixels alone
 * prefers smooth patches, since they are nobody's opposite (Newson et al. 2014, Video inpainting of complex scenes, 4.3).
 */
import type { Size } from '../../../shared/geometry';
import { KNOWN as GIVEN, IDLE, spanMembrane, WANTED } from '../../raster/membrane';
import { gaussian } from '../../raster/gaussian';
import { halfSize, halveColours } from '../../raster/halving';
import { inBands, type Pause } from '../../raster/pacing';
import { HOLE, KNOWN, type PlainLevel } from './patch-level';

/** Smooth red, green, blue (0 .. WHITE) and texture energy across and down (the same unit, times TEXTURE_SCALE). */
export const FEATURES = 5;
export const TEXTURE_SCALE = 4;
/** Texture energy is measured in squares of 2 x REACH + 1 pixels, at least this much of them known. */
const REACH = 5;
const LEAST_KNOWN = 0.2;

/** @param sigma of the smooth colour, in the level's own pixels. @returns height x width x FEATURES */
export async function featuresOf(level: PlainLevel, sigma: number, pause: Pause): Promise<Uint16Array> {
  const area = level.width * level.height;
  const smooth = await blurred(level, sigma, pause);
  const energy = await textureEnergy(level, pause);
  const features = new Uint16Array(FEATURES * area);
  for (let at = 0; at < area; at++) {
    const to = FEATURES * at;
    features[to] = smooth[3 * at] + 0.5;
    features[to + 1] = smooth[3 * at + 1] + 0.5;
    features[to + 2] = smooth[3 * at + 2] + 0.5;
    features[to + 3] = energy[at] * TEXTURE_SCALE + 0.5;
    features[to + 4] = energy[area + at] * TEXTURE_SCALE + 0.5;
  }
  return features;
}

/** Root mean square difference of neighbours, across (first plane) and down (second), spanned over the hole. */
async function textureEnergy({ width, height, colours, state }: PlainLevel, pause: Pause): Promise<Float32Array> {
  const area = width * height;
  const across = new Float32Array(area);
  const down = new Float32Array(area);
  const count = new Float32Array(area);
  await inBands({ width, height: height - 1 }, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < width - 1; x++) {
        const at = y * width + x;
        if (state[at] !== KNOWN || state[at + 1] !== KNOWN || state[at + width] !== KNOWN) continue;
        count[at] = 1;
        for (let c = 3 * at; c < 3 * at + 3; c++) {
          across[at] += (colours[c + 3] - colours[c]) ** 2 / 3;
          down[at] += (colours[c + 3 * width] - colours[c]) ** 2 / 3;
        }
      }
    }
  });
  for (const plane of [across, down, count]) {
    await pause();
    sumSquares(plane, width, height);
  }
  await pause();
  const values = new Float32Array(3 * area);
  const given = new Uint8Array(area);
  const enough = LEAST_KNOWN * (2 * REACH + 1) ** 2;
  for (let at = 0; at < area; at++) {
    given[at] = state[at] === HOLE ? WANTED : count[at] > enough ? GIVEN : IDLE;
    if (count[at] < 0.5) continue;
    values[at] = Math.sqrt(across[at] / count[at]);
    values[area + at] = Math.sqrt(down[at] / count[at]);
  }
  await spanMembrane({ width, height, state: given, values }, pause);
  return values.subarray(0, 2 * area);
}

/** Replaces every value by the sum over the square around it; beyond the edge there is nothing. */
function sumSquares(plane: Float32Array, width: number, height: number): void {
  const line = new Float64Array(Math.max(width, height));
  const along = (start: number, step: number, length: number) => {
    let sum = 0;
    for (let i = 0; i < Math.min(REACH, length); i++) sum += plane[start + i * step];
    for (let i = 0; i < length; i++) {
      if (i + REACH < length) sum += plane[start + (i + REACH) * step];
      if (i > REACH) sum -= plane[start + (i - REACH - 1) * step];
      line[i] = sum;
    }
    for (let i = 0; i < length; i++) plane[start + i * step] = line[i];
  };
  for (let y = 0; y < height; y++) along(y * width, 1, width);
  for (let x = 0; x < width; x++) along(x, width, height);
}

type Colours = Pick<PlainLevel, 'width' | 'height'> & { readonly colours: ArrayLike<number> };

/** A wider Gaussian than this is made of a picture half the size, pixels. */
const WIDE = 2;

/** Gaussian of the colours, edges repeated. @returns height x width x 3 */
async function blurred(level: Colours, sigma: number, pause: Pause): Promise<Float32Array> {
  if (sigma <= WIDE) return convolved(level, sigma, pause);
  const { width, height, colours } = level;
  const half = halfSize(level);
  const means = await halveColours(colours, level, pause);
  const smooth = await blurred({ ...half, colours: means }, sigma / 2, pause);
  return doubled(smooth, half.width, half.height, { width, height }, pause);
}

/** Linear interpolation to twice the size; the centres of four pixels surround that of the one they came from. */
async function doubled(values: Float32Array, w: number, h: number, size: Size, pause: Pause): Promise<Float32Array> {
  const { width, height } = size;
  const result = new Float32Array(3 * width * height);
  const spreadRow = (y: number): void => {
    const near = 3 * w * (y >> 1);
    const far = 3 * w * Math.min(h - 1, Math.max(0, (y >> 1) + ((y & 1) === 1 ? 1 : -1)));
    for (let x = 0; x < width; x++) {
      const here = 3 * (x >> 1);
      const beside = 3 * Math.min(w - 1, Math.max(0, (x >> 1) + ((x & 1) === 1 ? 1 : -1)));
      const to = 3 * (y * width + x);
      for (let c = 0; c < 3; c++) {
        result[to + c] =
          (9 * values[near + here + c] +
            3 * (values[near + beside + c] + values[far + here + c]) +
            values[far + beside + c]) /
          16;
      }
    }
  };
  await inBands(size, pause, (from, to) => {
    for (let y = from; y < to; y++) spreadRow(y);
  });
  return result;
}

async function convolved({ width, height, colours }: Colours, sigma: number, pause: Pause): Promise<Float32Array> {
  const reach = Math.ceil(2.5 * sigma);
  const weights = Float32Array.from(gaussian(sigma, reach));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const wide = new Float32Array(colours.length);
  const alongRow = (y: number): void => {
    for (let x = 0; x < width; x++) {
      const to = 3 * (y * width + x);
      for (let k = -reach; k <= reach; k++) {
        const from = 3 * (y * width + Math.min(width - 1, Math.max(0, x + k)));
        const weight = weights[k + reach] / total;
        wide[to] += weight * colours[from];
        wide[to + 1] += weight * colours[from + 1];
        wide[to + 2] += weight * colours[from + 2];
      }
    }
  };
  const result = new Float32Array(colours.length);
  const downRow = (y: number): void => {
    const row = result.subarray(3 * width * y, 3 * width * (y + 1));
    for (let k = -reach; k <= reach; k++) {
      const from = 3 * width * Math.min(height - 1, Math.max(0, y + k));
      const weight = weights[k + reach] / total;
      for (let x = 0; x < row.length; x++) row[x] += weight * wide[from + x];
    }
  };
  for (const workOn of [alongRow, downRow]) {
    await inBands({ width, height }, pause, (from, to) => {
      for (let y = from; y < to; y++) workOn(y);
    });
  }
  return result;
}
