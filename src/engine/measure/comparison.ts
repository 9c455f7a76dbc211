import type { Size } from '../../shared/geometry';

/** A picture as it was and as it was filled: interleaved 8-bit RGB; `hole` has 1 where it was filled, a byte a pixel. */
export interface Comparison extends Size {
  readonly truth: Uint8Array;
  readonly result: Uint8Array;
  readonly hole: Uint8Array;
}

/** The error of samples, in units of the full range of 255. */
export interface Errors {
  /** Mean |d| and mean d^2 over the whole picture, in percent. */
  readonly l1: number;
  readonly l2: number;
  /** The same inside the hole. */
  readonly holeL1: number;
  readonly holeL2: number;
  /** dB over the whole picture; 100 where nothing differs. */
  readonly psnr: number;
  /** Largest difference outside the hole, 0 to 255: 0 unless known pixels were changed. */
  readonly known: number;
}

/** PSNR of equal pictures, and the most that is reported. */
const BEST_PSNR = 100;

export function errorsOf({ truth, result, hole }: Comparison): Errors {
  let [sum, squares, holeSum, holeSquares, holePixels, known] = [0, 0, 0, 0, 0, 0];
  for (let pixel = 0, at = 0; pixel < hole.length; pixel++) {
    const inside = hole[pixel] === 1;
    if (inside) holePixels++;
    for (let c = 0; c < 3; c++, at++) {
      const steps = Math.abs(result[at] - truth[at]);
      const d = steps / 255;
      sum += d;
      squares += d * d;
      if (inside) {
        holeSum += d;
        holeSquares += d * d;
      } else known = Math.max(known, steps);
    }
  }
  const [all, holed] = [truth.length, Math.max(1, 3 * holePixels)];
  const mse = squares / all;
  return {
    l1: (100 * sum) / all,
    l2: 100 * mse,
    holeL1: (100 * holeSum) / holed,
    holeL2: (100 * holeSquares) / holed,
    psnr: mse > 0 ? Math.min(BEST_PSNR, -10 * Math.log10(mse)) : BEST_PSNR,
    known,
  };
}

/** Squared differences of neighbouring pixels, samples in [0, 1], summed over all channels. */
export interface GradientEnergy {
  /** Of pairs inside the hole. */
  readonly inside: number;
  /** Of pairs across its edge. */
  readonly across: number;
}

/** @param samples interleaved 8-bit RGB */
export function gradientEnergy(samples: Uint8Array, hole: Uint8Array, { width, height }: Size): GradientEnergy {
  let [inside, across] = [0, 0];
  const pair = (a: number, b: number): void => {
    if (hole[a] === 0 && hole[b] === 0) return;
    let energy = 0;
    for (let c = 0; c < 3; c++) energy += ((samples[3 * a + c] - samples[3 * b + c]) / 255) ** 2;
    if (hole[a] === hole[b]) inside += energy;
    else across += energy;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x + 1 < width) pair(at, at + 1);
      if (y + 1 < height) pair(at, at + width);
    }
  }
  return { inside, across };
}
