/** Gaussian blurs of planes. */
import type { Size } from '../../../shared/geometry';
import { gaussian } from '../../raster/gaussian';

/** The taps of a Gaussian, 2 x reach + 1, with a sum of 1. */
export function gaussianTaps(sigma: number): Float32Array {
  const taps = Float32Array.from(gaussian(sigma, Math.ceil(3 * sigma)));
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/**
 * Blurs a plane in place; beyond its edge there is nothing (0), so a plane and its weights blur alike.
 * @param scratch as long as the plane
 */
export function blurWithTaps(
  plane: Float32Array,
  { width, height }: Size,
  taps: Float32Array,
  scratch: Float32Array,
): void {
  const reach = taps.length >> 1;
  for (let y = 0; y < height; y++) {
    const line = y * width;
    for (let x = 0; x < width; x++) {
      const first = x < reach ? -x : -reach;
      const last = x + reach >= width ? width - 1 - x : reach;
      let sum = 0;
      for (let k = first; k <= last; k++) sum += taps[reach + k] * plane[line + x + k];
      scratch[line + x] = sum;
    }
  }
  for (let y = 0; y < height; y++) {
    const first = y < reach ? -y : -reach;
    const last = y + reach >= height ? height - 1 - y : reach;
    const line = y * width;
    for (let x = 0; x < width; x++) plane[line + x] = 0;
    for (let k = first; k <= last; k++) {
      const tap = taps[reach + k];
      const from = line + k * width;
      for (let x = 0; x < width; x++) plane[line + x] += tap * scratch[from + x];
    }
  }
}

/**
 * Blurs a plane in place with three box filters whose variances add up to the Gaussian's: its cost does not depend on
 * sigma. Beyond the edge there is nothing.
 */
export function blur(plane: Float32Array, size: Size, sigma: number, scratch: Float32Array): void {
  if (sigma < 2) {
    blurWithTaps(plane, size, gaussianTaps(sigma), scratch);
    return;
  }
  // A box with two more pixels at a part of their weight has any variance (Gwosdek et al. 2011, extended box filters).
  const length = Math.sqrt(4 * sigma * sigma + 1);
  const radius = Math.floor((length - 1) / 2);
  const width = 2 * radius + 1;
  const edge =
    (width * (radius * (radius + 1) - sigma * sigma)) / (6 * ((sigma * sigma) / 3 - (radius + 1) * (radius + 1)));
  for (let pass = 0; pass < 3; pass++) {
    boxRows(plane, size, radius, edge, scratch);
    boxColumns(scratch, size, radius, edge, plane);
  }
}

/**
 * Smooth colours of the pixels that have weight, also between them; 0 where there is none far around.
 * @param colours height x width x 3
 * @param weights height x width
 */
export function blurColours(colours: Float32Array, weights: Float32Array, size: Size, sigma: number): Float32Array {
  const scratch = new Float32Array(weights.length);
  const total = weights.slice();
  blur(total, size, sigma, scratch);
  const plane = new Float32Array(weights.length);
  const smooth = new Float32Array(colours.length);
  for (let c = 0; c < 3; c++) {
    for (let at = 0; at < plane.length; at++) plane[at] = weights[at] * colours[3 * at + c];
    blur(plane, size, sigma, scratch);
    for (let at = 0; at < plane.length; at++) smooth[3 * at + c] = plane[at] / Math.max(1e-4, total[at]);
  }
  return smooth;
}

function boxRows(from: Float32Array, { width, height }: Size, r: number, edge: number, to: Float32Array): void {
  const norm = 1 / (2 * r + 1 + 2 * edge);
  for (let y = 0; y < height; y++) {
    const line = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(width, r); x++) sum += from[line + x];
    for (let x = 0; x < width; x++) {
      if (x + r < width) sum += from[line + x + r];
      const before = x - r - 1 >= 0 ? from[line + x - r - 1] : 0;
      const after = x + r + 1 < width ? from[line + x + r + 1] : 0;
      to[line + x] = norm * (sum + edge * (before + after));
      if (x - r >= 0) sum -= from[line + x - r];
    }
  }
}

function boxColumns(from: Float32Array, { width, height }: Size, r: number, edge: number, to: Float32Array): void {
  const norm = 1 / (2 * r + 1 + 2 * edge);
  const sum = new Float64Array(width);
  for (let y = 0; y < Math.min(height, r); y++) for (let x = 0; x < width; x++) sum[x] += from[y * width + x];
  for (let y = 0; y < height; y++) {
    const line = y * width;
    const enter = y + r < height ? line + r * width : -1;
    const leave = y - r >= 0 ? line - r * width : -1;
    const before = y - r - 1 >= 0 ? line - (r + 1) * width : -1;
    const after = y + r + 1 < height ? line + (r + 1) * width : -1;
    for (let x = 0; x < width; x++) {
      if (enter >= 0) sum[x] += from[enter + x];
      const sides = (before >= 0 ? from[before + x] : 0) + (after >= 0 ? from[after + x] : 0);
      to[line + x] = norm * (sum[x] + edge * sides);
      if (leave >= 0) sum[x] -= from[leave + x];
    }
  }
}
