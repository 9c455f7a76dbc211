import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OffsetSample, offsetPeaks } from './offset-peaks';

type Counted = readonly [dx: number, dy: number, times: number];

function sampleOf(offsets: readonly Counted[]): OffsetSample {
  return {
    dx: offsets.map(([dx]) => dx),
    dy: offsets.map(([, dy]) => dy),
    weight: offsets.map(([, , times]) => times),
  };
}

const WIDE = { count: 60, sigma: 1.4, separation: 3 };

describe('the most frequent offsets', () => {
  it('come in the order of how often they occur', () => {
    const sample = sampleOf([
      [-20, 3, 5],
      [14, -30, 9],
      [0, 40, 7],
    ]);
    expect(offsetPeaks(sample, WIDE)).toEqual([
      { dx: 14, dy: -30 },
      { dx: 0, dy: 40 },
      { dx: -20, dy: 3 },
    ]);
    expect(offsetPeaks(sample, { ...WIDE, count: 1 })).toEqual([{ dx: 14, dy: -30 }]);
  });

  it('gather those that lie side by side', () => {
    const beside = sampleOf([
      [10, 0, 3],
      [11, 0, 4],
      [12, 0, 3],
      [-25, 0, 5],
    ]);
    expect(offsetPeaks(beside, WIDE)).toEqual([
      { dx: 11, dy: 0 },
      { dx: -25, dy: 0 },
    ]);
  });

  it('count one of two that occur as often and lie within the distance', () => {
    const sample = sampleOf([
      [5, 5, 2],
      [7, 5, 2],
    ]);
    expect(offsetPeaks(sample, { count: 9, sigma: 0.6, separation: 2 })).toHaveLength(1);
    expect(offsetPeaks(sample, { count: 9, sigma: 0.6, separation: 1 })).toHaveLength(2);
  });

  it('of an empty field are none', () => {
    expect(offsetPeaks(sampleOf([]), WIDE)).toEqual([]);
  });

  it('lie apart, near offsets of the field, and no more than asked for', () => {
    const offsets = fc.array(
      fc.tuple(
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: -40, max: 40 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
      ),
      { minLength: 1, maxLength: 80 },
    );
    fc.assert(
      fc.property(offsets, (field) => {
        const peaks = offsetPeaks(sampleOf(field), { count: 20, sigma: 1.4, separation: 3 });
        expect(peaks.length).toBeGreaterThan(0);
        expect(peaks.length).toBeLessThanOrEqual(20);
        for (const [n, a] of peaks.entries()) {
          const nearest = Math.min(...field.map(([dx, dy]) => Math.max(Math.abs(dx - a.dx), Math.abs(dy - a.dy))));
          expect(nearest).toBeLessThanOrEqual(5);
          for (const b of peaks.slice(0, n)) {
            expect(Math.max(Math.abs(a.dx - b.dx), Math.abs(a.dy - b.dy))).toBeGreaterThan(3);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
