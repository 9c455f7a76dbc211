/**
 * Pixels on thin lines, darker or lighter than both of their sides: ridges of brightness at a few widths (Lindeberg 1998,
 * "Edge detection and ridge detection with automatic scale selection"), thinned to one pixel across.
 */
import type { Size } from '../../shared/geometry';
import { blur } from '../inpaint/compose/blur';
import type { Pause } from '../raster/pacing';

export interface Ridges extends Size {
  /** height x width: contrast to the nearer of both sides, L of 0..100; 0: no ridge. Below 0 for lines lighter than their sides. */
  readonly contrast: Float32Array;
  /** height x width: the direction of the line, radians, -pi/2..pi/2; means nothing where there is no ridge. */
  readonly direction: Float32Array;
  /** height x width: the sigma of the width that fits best, pixels. */
  readonly sigma: Float32Array;
}

const SIGMAS = [0.8, 1.3, 2.1] as const;
/** Beside a line of the width of a sigma its surroundings begin here, in sigmas and pixels. */
const BESIDE = 2.2;
const BESIDE_PIXELS = 1;
/** The two sides differ by less than this share of the contrast: else it is an edge. */
const MOST_STEP = 0.8;
/** The second curvature, along the line, is less than this share of the first: else it is a spot. */
const MOST_ROUND = 0.5;

/** @param brightness height x width, L of 0..100 */
export async function findRidges(brightness: Float32Array, size: Size, least: number, pause: Pause): Promise<Ridges> {
  const { width, height } = size;
  const strength = new Float32Array(width * height);
  const direction = new Float32Array(width * height);
  const sigma = new Float32Array(width * height);
  const contrast = new Float32Array(width * height);
  const scratch = new Float32Array(width * height);
  for (const scale of SIGMAS) {
    const smooth = brightness.slice();
    blur(smooth, size, scale, scratch);
    await pause();
    for (let y = 4; y < height - 4; y++) {
      for (let x = 4; x < width - 4; x++) {
        const at = y * width + x;
        const xx = smooth[at - 1] - 2 * smooth[at] + smooth[at + 1];
        const yy = smooth[at - width] - 2 * smooth[at] + smooth[at + width];
        const xy =
          (smooth[at + width + 1] - smooth[at + width - 1] - smooth[at - width + 1] + smooth[at - width - 1]) / 4;
        const half = (xx + yy) / 2;
        const root = Math.hypot((xx - yy) / 2, xy);
        const main = half >= 0 ? half + root : half - root;
        const other = half >= 0 ? half - root : half + root;
        // Normalised so that every scale answers alike to a line of its own width (gamma 3/4).
        const answer = Math.abs(main) * scale ** 1.5;
        if (answer <= strength[at] || Math.abs(other) > MOST_ROUND * Math.abs(main)) continue;
        strength[at] = answer;
        // Across the line lies the direction of the main curvature.
        direction[at] = 0.5 * Math.atan2(2 * xy, xx - yy) + (half >= 0 ? 0 : Math.PI / 2);
        sigma[at] = scale;
      }
    }
    await pause();
  }
  for (let y = 4; y < height - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const at = y * width + x;
      if (strength[at] === 0) continue;
      const [across, down] = [Math.cos(direction[at]), Math.sin(direction[at])];
      const step = Math.round(down) * width + Math.round(across);
      if (strength[at + step] > strength[at] || strength[at - step] >= strength[at]) continue;
      const away = BESIDE * sigma[at] + BESIDE_PIXELS;
      const here = brightness[at];
      const one = valueAt(brightness, size, x + away * across, y + away * down) - here;
      const two = valueAt(brightness, size, x - away * across, y - away * down) - here;
      const nearer = Math.min(Math.abs(one), Math.abs(two));
      if (one * two <= 0 || nearer < least || Math.abs(one - two) > MOST_STEP * nearer) continue;
      contrast[at] = Math.sign(one) * nearer;
    }
    if (y % 256 === 0) await pause();
  }
  for (let at = 0; at < direction.length; at++) {
    const along = direction[at] + Math.PI / 2;
    direction[at] = along - Math.PI * Math.round(along / Math.PI);
  }
  return { width, height, contrast, direction, sigma };
}

function valueAt(plane: Float32Array, { width, height }: Size, x: number, y: number): number {
  const left = Math.min(width - 1, Math.max(0, Math.round(x)));
  const top = Math.min(height - 1, Math.max(0, Math.round(y)));
  return plane[top * width + left];
}
