import type { Plane } from './binomial-pyramid';

/** height x width x 3 each. */
export interface Range {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/**
 * The least and the greatest of each channel among the pixels that are at most `reach` rows and columns away and inside
 * the plane (a minimum and a maximum filter over squares).
 */
export function rangeAround(plane: Plane, reach: number): Range {
  const low = leastAround(plane, reach);
  const high = leastAround({ ...plane, values: plane.values.map((value) => -value) }, reach);
  for (let i = 0; i < high.length; i++) high[i] = -high[i];
  return { low, high };
}

function leastAround(plane: Plane, reach: number): Float32Array {
  const row = 3 * (plane.width + 2 * reach);
  const least = widened(plane, reach);
  const side = 2 * reach + 1;
  // Each value becomes the least of those from it on: 2 of them, 4 and so on, along the rows and then along the columns.
  for (const unit of [3, row]) {
    for (let seen = 1; seen < side; seen += Math.min(seen, side - seen)) {
      const shift = unit * Math.min(seen, side - seen);
      for (let i = 0, other = shift; other < least.length; i++, other++) {
        if (least[other] < least[i]) least[i] = least[other];
      }
    }
  }
  const result = new Float32Array(plane.values.length);
  for (let y = 0; y < plane.height; y++) {
    result.set(least.subarray(y * row, y * row + 3 * plane.width), 3 * y * plane.width);
  }
  return result;
}

/** With so many pixels more on each side, edges repeated: what is repeated lies in the square in any case. */
function widened({ width, height, values }: Plane, margin: number): Float32Array {
  const row = 3 * (width + 2 * margin);
  const wide = new Float32Array(row * (height + 2 * margin));
  for (let y = -margin, to = 0; y < height + margin; y++, to += row) {
    const from = 3 * width * Math.min(height - 1, Math.max(0, y));
    const first = values.subarray(from, from + 3);
    const last = values.subarray(from + 3 * (width - 1), from + 3 * width);
    for (let x = 0; x < margin; x++) {
      wide.set(first, to + 3 * x);
      wide.set(last, to + 3 * (margin + width + x));
    }
    wide.set(values.subarray(from, from + 3 * width), to + 3 * margin);
  }
  return wide;
}
