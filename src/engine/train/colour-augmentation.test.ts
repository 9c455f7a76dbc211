import { describe, expect, it } from 'vitest';
import { changeColours } from './colour-augmentation';
import { Random } from '../numeric/random';

function crop(): Float32Array {
  const random = new Random(3);
  return Float32Array.from({ length: 3 * 64 }, () => random.between(-0.5, 0.5));
}

describe('colour augmentation', () => {
  it('changes nothing at strength 0', () => {
    const changed = crop();
    changeColours(new Random(1), changed, 0);
    changed.forEach((value, i) => expect(value).toBeCloseTo(crop()[i], 6));
  });

  it('keeps grey grey and the order of greys, within the range', () => {
    for (let seed = 0; seed < 20; seed++) {
      const grey = Float32Array.from({ length: 3 * 64 }, (_, i) => ((i % 64) - 32) / 32);
      changeColours(new Random(seed), grey, 0.4);
      for (let i = 0; i < 64; i++) {
        expect(grey[64 + i]).toBeCloseTo(grey[i], 5);
        expect(Math.abs(grey[i])).toBeLessThanOrEqual(1);
        if (i > 0) expect(grey[i]).toBeGreaterThanOrEqual(grey[i - 1]);
      }
    }
  });

  it('moves the mean by no more than it may', () => {
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (let seed = 0; seed < 20; seed++) {
      const changed = crop();
      changeColours(new Random(seed), changed, 0.2);
      expect(changed).not.toEqual(crop());
      expect(Math.abs(mean(changed) - mean(crop()))).toBeLessThan(0.1 + 0.2 * Math.abs(mean(crop())) + 0.02);
    }
  });
});
