/** Colours at half the size and back (Burt and Adelson 1983), edges repeated. */
import type { Size } from '../../shared/geometry';

/** height x width x 3. */
export type Plane = Size & { readonly values: Float32Array };

/** Every second pixel after a binomial filter, edges repeated. */
export function halve({ width, height, values }: Plane): Plane {
  const w = (width + 1) >> 1;
  const h = (height + 1) >> 1;
  const across = new Float32Array(3 * w * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < w; x++) {
      const to = 3 * (y * w + x);
      for (let k = -2; k <= 2; k++) {
        const from = 3 * (y * width + Math.min(width - 1, Math.max(0, 2 * x + k)));
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
      const from = 3 * w * Math.min(height - 1, Math.max(0, 2 * y + k));
      const weight = BINOMIAL[k + 2];
      for (let x = 0; x < 3 * w; x++) half[3 * w * y + x] += weight * across[from + x];
    }
  }
  return { width: w, height: h, values: half };
}

const BINOMIAL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;

/** Between the pixels that `halve` kept: a pixel on one is (1, 6, 1) / 8 of them, one between two is their mean. */
export function enlarge({ width, height, values }: Plane, to: Size): Float32Array {
  const across = new Float32Array(3 * to.width * height);
  for (let y = 0; y < height; y++) {
    const row = 3 * y * width;
    for (let x = 0; x < to.width; x++) {
      const here = row + 3 * (x >> 1);
      const after = row + 3 * Math.min(width - 1, (x >> 1) + 1);
      const before = row + 3 * Math.max(0, (x >> 1) - 1);
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
    const after = length * Math.min(height - 1, (y >> 1) + 1);
    const before = length * Math.max(0, (y >> 1) - 1);
    for (let x = 0; x < length; x++) {
      result[length * y + x] =
        (y & 1) === 1
          ? (across[here + x] + across[after + x]) / 2
          : (across[before + x] + 6 * across[here + x] + across[after + x]) / 8;
    }
  }
  return result;
}
