import type { Size } from '../../shared/geometry';
import { inBands, type Pause } from './pacing';

/** Half of both sides, rounded up. */
export function halfSize({ width, height }: Size): Size {
  return { width: (width + 1) >> 1, height: (height + 1) >> 1 };
}

/**
 * Colours at half the size, each the mean of two by two; an odd last row or column counts twice.
 * @param colours height x width x 3
 */
export async function halveColours(colours: ArrayLike<number>, size: Size, pause: Pause): Promise<Float32Array> {
  const { width, height } = size;
  const half = halfSize(size);
  const means = new Float32Array(3 * half.width * half.height);
  const averageRow = (y: number): void => {
    const top = 3 * width * 2 * y;
    const below = 3 * width * Math.min(height - 1, 2 * y + 1);
    for (let x = 0; x < half.width; x++) {
      const left = 6 * x;
      const right = 3 * Math.min(width - 1, 2 * x + 1);
      const to = 3 * (y * half.width + x);
      for (let c = 0; c < 3; c++) {
        means[to + c] =
          (colours[top + left + c] +
            colours[top + right + c] +
            colours[below + left + c] +
            colours[below + right + c]) /
          4;
      }
    }
  };
  await inBands(half, pause, (from, to) => {
    for (let y = from; y < to; y++) averageRow(y);
  });
  return means;
}

/** Means of samples as samples again, rounded to the nearest. */
export function rounded(means: Float32Array): Uint16Array {
  const samples = new Uint16Array(means.length);
  for (let i = 0; i < means.length; i++) samples[i] = means[i] + 0.5;
  return samples;
}
