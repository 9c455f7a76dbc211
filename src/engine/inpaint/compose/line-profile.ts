import type { Point, Size } from '../../../shared/geometry';

/** A profile reaches so many pixels to either side of a line. */
export const PROFILE_REACH = 5;
const SAMPLES_ALONG = 12;

interface Colours extends Size {
  /** height x width x 3 */
  readonly colours: Float32Array;
}

/**
 * Mean colours across a line, from the left of `direction` to its right as it is seen on a screen.
 * @param direction along the line, away from `start`, length 1
 * @returns (2 PROFILE_REACH + 1) x 3
 */
export function lineProfile(picture: Colours, start: Point, direction: Point, length: number): Float32Array {
  const samples = 2 * PROFILE_REACH + 1;
  const profile = new Float32Array(3 * samples);
  for (let k = 0; k < SAMPLES_ALONG; k++) {
    const along = (length * k) / (SAMPLES_ALONG - 1);
    for (let i = 0; i < samples; i++) {
      const across = i - PROFILE_REACH;
      const x = start.x + along * direction.x - across * direction.y;
      const y = start.y + along * direction.y + across * direction.x;
      addColour(picture, x, y, profile, 3 * i);
    }
  }
  for (let i = 0; i < profile.length; i++) profile[i] /= SAMPLES_ALONG;
  return profile;
}

/** Bilinear; beyond the edge the edge's own colours. */
function addColour({ width, height, colours }: Colours, x: number, y: number, to: Float32Array, at: number): void {
  const u = Math.min(width - 1, Math.max(0, x));
  const v = Math.min(height - 1, Math.max(0, y));
  const left = Math.min(width - 1, Math.floor(u));
  const top = Math.min(height - 1, Math.floor(v));
  const right = Math.min(width - 1, left + 1);
  const below = Math.min(height - 1, top + 1);
  const [a, b] = [u - left, v - top];
  for (let c = 0; c < 3; c++) {
    const above = (1 - a) * colours[3 * (top * width + left) + c] + a * colours[3 * (top * width + right) + c];
    const under = (1 - a) * colours[3 * (below * width + left) + c] + a * colours[3 * (below * width + right) + c];
    to[at + c] += (1 - b) * above + b * under;
  }
}
