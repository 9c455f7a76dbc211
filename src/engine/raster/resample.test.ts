import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaTaps, cubicTaps, planesAt, shrinkRows } from './resample';

const side = fc.integer({ min: 1, max: 40 });

describe('resampling', () => {
  it('gives weights that sum to 1 inside the input, whatever the sides', () => {
    fc.assert(
      fc.property(side, side, (inputs, outputs) => {
        for (const taps of [areaTaps(inputs, outputs), cubicTaps(inputs, outputs / inputs, 0, outputs)]) {
          for (let i = 0; i < outputs; i++) {
            const sum = taps.weights.subarray(i * taps.count, (i + 1) * taps.count).reduce((a, b) => a + b, 0);
            expect(sum).toBeCloseTo(1, 5);
            expect(taps.starts[i]).toBeGreaterThanOrEqual(0);
            expect(taps.starts[i] + taps.count).toBeLessThanOrEqual(inputs);
          }
        }
      }),
    );
  });

  it('copies exactly at scale 1', () => {
    const planes = Float32Array.from({ length: 3 * 5 * 4 }, (_, i) => Math.sin(i));
    const size = { width: 5, height: 4 };
    expect(planesAt(planes, size, { x: 2, y: 3, ...size }, { x: 2, y: 3, ...size })).toEqual(planes);
  });

  it('shrinks to the mean of the pixels under each output', () => {
    const rows = [
      [0, 1, 4, 5],
      [2, 3, 6, 7],
    ];
    const read = (y: number, row: Float32Array) => rows[y].forEach((value, x) => row.fill(value, x * 3, x * 3 + 3));
    const planes = shrinkRows(read, { width: 4, height: 2 }, { width: 2, height: 1 });
    expect([...planes]).toEqual([1.5, 5.5, 1.5, 5.5, 1.5, 5.5]);
  });

  it('keeps a ramp straight through shrinking and enlarging', () => {
    const [width, working] = [90, 30];
    const read = (_: number, row: Float32Array) => row.forEach((_value, i) => (row[i] = Math.floor(i / 3) / width));
    const small = shrinkRows(read, { width, height: 9 }, { width: working, height: 3 });
    const crop = { x: 0, y: 0, width, height: 9 };
    const back = planesAt(small, { width: working, height: 3 }, crop, { x: 10, y: 4, width: 70, height: 1 });
    for (let x = 0; x < 70; x++) expect(back[x]).toBeCloseTo((x + 10) / width, 5);
  });
});
