import type { Plane } from './octaves';

/** height x width x 3 each. */
export interface Range {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/**
 * The least and the greatest of each channel among the pixels that are at most `reach` rows and columns away and inside
 * the plane (a minimum and a maximum filter over squares).
 */
export function rangeAround({ width, height, values }: Plane, reach: number): Range {
  const row = 3 * width;
  const across = { low: values.slice(), high: values.slice() };
  for (let y = 0; y < height; y++) {
    for (let k = -reach; k <= reach; k++) {
      // Value i of the row against value i + 3 k, as far as that is in the row.
      const last = y * row + Math.min(row, row - 3 * k);
      for (let i = y * row + Math.max(0, -3 * k); i < last; i++) {
        const other = values[i + 3 * k];
        if (other < across.low[i]) across.low[i] = other;
        if (other > across.high[i]) across.high[i] = other;
      }
    }
  }
  const low = across.low.slice();
  const high = across.high.slice();
  for (let y = 0; y < height; y++) {
    const last = Math.min(height - 1, y + reach);
    for (let other = Math.max(0, y - reach); other <= last; other++) {
      const shift = (other - y) * row;
      for (let i = y * row; i < (y + 1) * row; i++) {
        if (across.low[i + shift] < low[i]) low[i] = across.low[i + shift];
        if (across.high[i + shift] > high[i]) high[i] = across.high[i + shift];
      }
    }
  }
  return { low, high };
}
