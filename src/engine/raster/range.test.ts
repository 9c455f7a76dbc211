import { expect, it } from 'vitest';
import { Random } from '../numeric/random';
import { rangeAround } from './range';

it.each([
  { width: 13, height: 9, reach: 2 },
  { width: 3, height: 7, reach: 4 },
  { width: 1, height: 1, reach: 4 },
  { width: 6, height: 5, reach: 0 },
])('the least and the greatest of a square cut at the edges: %o', ({ width, height, reach }) => {
  const random = new Random(7);
  const values = Float32Array.from({ length: 3 * width * height }, () => random.uniform());
  const { low, high } = rangeAround({ width, height, values }, reach);
  for (let at = 0; at < values.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const square = values.filter((_, i) => {
      const [u, v] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return i % 3 === at % 3 && Math.abs(u - x) <= reach && Math.abs(v - y) <= reach;
    });
    expect(low[at]).toBe(Math.min(...square));
    expect(high[at]).toBe(Math.max(...square));
  }
});
