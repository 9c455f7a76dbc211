import type { Size } from '../../../shared/geometry';

interface Plane extends Size {
  /** height x width */
  readonly values: Float32Array;
}

/** A plane made smaller through a Gaussian. @param sigma in pixels of the plane given */
export function gaussianShrink({ width, height, values }: Plane, scale: number, sigma: number): Plane {
  const small = { width: Math.floor(width * scale), height: Math.floor(height * scale) };
  const across = tapsOf(width, small.width, scale, sigma);
  const down = tapsOf(height, small.height, scale, sigma);
  const rows = new Float32Array(small.width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < small.width; x++) {
      let sum = 0;
      for (let k = 0; k < across.count; k++) {
        const tap = x * across.count + k;
        sum += across.weights[tap] * values[y * width + across.places[tap]];
      }
      rows[y * small.width + x] = sum;
    }
  }
  const shrunk = new Float32Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    for (let k = 0; k < down.count; k++) {
      const tap = y * down.count + k;
      const from = down.places[tap] * small.width;
      const weight = down.weights[tap];
      for (let x = 0; x < small.width; x++) shrunk[y * small.width + x] += weight * rows[from + x];
    }
  }
  return { ...small, values: shrunk };
}

/** For each output `count` inputs and their weights; beyond the edge the edge's own pixel. */
function tapsOf(inputs: number, outputs: number, scale: number, sigma: number) {
  const reach = Math.ceil(3 * sigma);
  const count = 2 * reach + 2;
  const places = new Int32Array(outputs * count);
  const weights = new Float32Array(outputs * count);
  for (let i = 0; i < outputs; i++) {
    const centre = (i + 0.5) / scale - 0.5;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const place = Math.floor(centre) - reach + k;
      places[i * count + k] = Math.min(inputs - 1, Math.max(0, place));
      sum += weights[i * count + k] = Math.exp(-0.5 * ((place - centre) / sigma) ** 2);
    }
    for (let k = 0; k < count; k++) weights[i * count + k] /= sum;
  }
  return { count, places, weights };
}
