import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountWeights, drawBox, drawMask, drawStrokes, maskBounds } from './masks';
import { Random } from '../numeric/random';

describe('training masks', () => {
  it('are never empty and always leave known pixels', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(32, 64, 128), (seed, side) => {
        const mask = drawMask(new Random(seed), side, { boxShare: 0.5, maxBox: 0.5 });
        const holes = mask.reduce((count, value) => count + value, 0);
        expect(holes).toBeGreaterThan(0);
        expect(holes).toBeLessThan(side * side * 0.8);
      }),
      { numRuns: 200 },
    );
  });

  it('keep a box within half of the side', () => {
    for (let seed = 0; seed < 100; seed++) {
      const mask = drawBox(new Random(seed), 64, 0.5);
      const { width, height } = maskBounds(mask, 64);
      expect(Math.max(width, height)).toBeLessThanOrEqual(32);
      expect(mask.reduce((count, value) => count + value, 0)).toBe(width * height);
    }
  });

  it('are the same for the same seed', () => {
    expect(drawStrokes(new Random(9), 64, 0.5)).toEqual(drawStrokes(new Random(9), 64, 0.5));
    expect(drawStrokes(new Random(9), 64, 0.5)).not.toEqual(drawStrokes(new Random(10), 64, 0.5));
  });
});

describe('the spatial discount', () => {
  it('is gamma to the distance from the nearest known pixel, and 0 outside the hole', () => {
    const side = 32;
    const mask = new Uint8Array(side * side);
    for (let y = 10; y < 17; y++) mask.fill(1, y * side + 8, y * side + 21);
    const weights = discountWeights(mask, side, 0.9);
    expect(weights[0]).toBe(0);
    expect(weights[10 * side + 12]).toBeCloseTo(0.9, 6); // beside the edge
    expect(weights[13 * side + 14]).toBeCloseTo(0.9 ** 4, 6); // four pixels from the nearest edge
  });

  it('is 1 in the whole hole for gamma 1', () => {
    const mask = drawBox(new Random(1), 32, 0.5);
    expect([...discountWeights(mask, 32, 1)]).toEqual([...mask]);
  });

  it('comes near the Euclidean distance', () => {
    const side = 48;
    const mask = drawStrokes(new Random(4), side, 0.5);
    const weights = discountWeights(mask, side, 0.5);
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      let nearest = Infinity;
      for (let j = 0; j < mask.length; j++) {
        if (mask[j] === 0)
          nearest = Math.min(nearest, Math.hypot((i % side) - (j % side), Math.floor(i / side) - Math.floor(j / side)));
      }
      const distance = Math.log(weights[i]) / Math.log(0.5);
      expect(distance / nearest).toBeGreaterThan(0.92);
      expect(distance / nearest).toBeLessThan(1.09);
    }
  });
});
