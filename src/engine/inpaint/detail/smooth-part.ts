/**
 * The smooth part of a difference, as a field that is 0 at the hole's edge: E with  -laplace(E) + lambda E = lambda D,
 * E = 0 outside. Adding it to a picture moves the picture's low frequencies to where D points and leaves both its grain
 * and its seam alone (a screened Poisson equation: Bhat et al. 2008, Fourier analysis of the 2D screened Poisson
 * equation for gradient domain problems). Solved from coarse to fine, linear in the area.
 */
import { HOLE } from './layer';

/** Relaxations a level. The equation is local, so that few do. */
const SWEEPS = 6;
/** A level this small, or this strongly screened, needs no coarser one. */
const COARSEST = 8;

/** A difference and where it counts. */
export interface Difference {
  readonly width: number;
  readonly height: number;
  /** height x width: HOLE or anything else. */
  readonly state: Uint8Array;
  /** height x width x 3, 0 outside the hole. */
  readonly values: Float32Array;
}

/** @param sigma where smooth ends, pixels: lambda is 1 / sigma^2. @returns height x width x 3, 0 outside the hole */
export function smoothPart(difference: Difference, sigma: number): Float32Array {
  const { width, height } = difference;
  const field = new Float32Array(difference.values.length);
  if (sigma > 1 && Math.min(width, height) > COARSEST) {
    const coarse = halved(difference);
    enlarge(field, difference, smoothPart(coarse, sigma / 2), coarse);
  }
  relax(field, difference, 1 / (sigma * sigma));
  return field;
}

/** Hole where most of the four pixels are; the mean of those that are. */
function halved({ width, height, state, values }: Difference): Difference {
  const w = Math.ceil(width / 2);
  const h = Math.ceil(height / 2);
  const half = { width: w, height: h, state: new Uint8Array(w * h), values: new Float32Array(3 * w * h) };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (state[at] !== HOLE) continue;
      const to = (y >> 1) * w + (x >> 1);
      half.state[to]++;
      for (let c = 0; c < 3; c++) half.values[3 * to + c] += values[3 * at + c];
    }
  }
  for (let at = 0; at < w * h; at++) {
    const count = half.state[at];
    half.state[at] = count > 2 ? HOLE : 0;
    for (let c = 3 * at; c < 3 * at + 3; c++) half.values[c] = count > 2 ? half.values[c] / count : 0;
  }
  return half;
}

/** Starts a field from a coarser one by linear interpolation. */
function enlarge(
  field: Float32Array,
  { width, height, state }: Difference,
  coarse: Float32Array,
  half: Difference,
): void {
  for (let y = 0; y < height; y++) {
    const v = (y - 0.5) / 2;
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      if (state[at / 3] !== HOLE) continue;
      const u = (x - 0.5) / 2;
      for (let corner = 0; corner < 4; corner++) {
        const [i, j] = [Math.floor(u) + (corner & 1), Math.floor(v) + (corner >> 1)];
        if (i < 0 || j < 0 || i >= half.width || j >= half.height) continue;
        const weight = (1 - Math.abs(u - i)) * (1 - Math.abs(v - j));
        const from = 3 * (j * half.width + i);
        for (let c = 0; c < 3; c++) field[at + c] += weight * coarse[from + c];
      }
    }
  }
}

/** Gauss-Seidel in two colours. The picture's edge is free, the hole's is 0. */
function relax(field: Float32Array, { width, height, state, values }: Difference, lambda: number): void {
  const row = 3 * width;
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    for (let y = 0; y < height; y++) {
      for (let x = (y + sweep) & 1; x < width; x += 2) {
        if (state[y * width + x] !== HOLE) continue;
        const at = 3 * (y * width + x);
        const neighbours = (x > 0 ? 1 : 0) + (x + 1 < width ? 1 : 0) + (y > 0 ? 1 : 0) + (y + 1 < height ? 1 : 0);
        for (let c = at; c < at + 3; c++) {
          let sum = lambda * values[c];
          if (x > 0) sum += field[c - 3];
          if (x + 1 < width) sum += field[c + 3];
          if (y > 0) sum += field[c - row];
          if (y + 1 < height) sum += field[c + row];
          field[c] = sum / (lambda + neighbours);
        }
      }
    }
  }
}
