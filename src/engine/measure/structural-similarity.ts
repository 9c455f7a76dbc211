import type { Size } from '../../shared/geometry';

/** Deviation of the window in pixels, and how far it reaches (Wang et al. 2004; scikit-image cuts at 3.5 deviations). */
const SIGMA = 1.5;
const RADIUS = 5;
/** (0.01 * 255)^2 and (0.03 * 255)^2 (Wang et al. 2004). */
const C1 = 6.5025;
const C2 = 58.5225;

const WINDOW = gaussianWindow();

/**
 * Mean structural similarity of two pictures (Wang et al. 2004), as scikit-image computes it with gaussian weights and
 * without the sample covariance: over the pixels whose window lies inside the picture, then over the channels. 1 for
 * pictures smaller than a window (11 pixels) only when they are equal, else 0.
 * @param a interleaved 8-bit RGB, like `b`
 */
export function structuralSimilarity(a: Uint8Array, b: Uint8Array, size: Size): number {
  const [across, down] = [size.width - 2 * RADIUS, size.height - 2 * RADIUS];
  if (across < 1 || down < 1) return a.every((sample, i) => sample === b[i]) ? 1 : 0;
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) {
    const smooth = (value: (at: number) => number): Float64Array => smoothed(value, size, channel);
    const [ua, ub] = [smooth((at) => a[at]), smooth((at) => b[at])];
    const [uaa, ubb, uab] = [smooth((at) => a[at] ** 2), smooth((at) => b[at] ** 2), smooth((at) => a[at] * b[at])];
    for (let i = 0; i < ua.length; i++) {
      const [va, vb, vab] = [uaa[i] - ua[i] ** 2, ubb[i] - ub[i] ** 2, uab[i] - ua[i] * ub[i]];
      sum += ((2 * ua[i] * ub[i] + C1) * (2 * vab + C2)) / ((ua[i] ** 2 + ub[i] ** 2 + C1) * (va + vb + C2));
    }
  }
  return sum / (3 * across * down);
}

/** One channel through the window, where that lies inside the picture: row by row. */
function smoothed(value: (at: number) => number, { width, height }: Size, channel: number): Float64Array {
  const [across, down] = [width - 2 * RADIUS, height - 2 * RADIUS];
  const rows = new Float64Array(across * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let k = 0; k < WINDOW.length; k++) sum += WINDOW[k] * value((y * width + x + k) * 3 + channel);
      rows[y * across + x] = sum;
    }
  }
  const result = new Float64Array(across * down);
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (let k = 0; k < WINDOW.length; k++) sum += WINDOW[k] * rows[i + k * across];
    result[i] = sum;
  }
  return result;
}

function gaussianWindow(): Float64Array {
  const weights = Float64Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-0.5 * ((i - RADIUS) / SIGMA) ** 2));
  const whole = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / whole);
}
