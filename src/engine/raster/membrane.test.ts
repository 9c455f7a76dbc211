import { describe, expect, it } from 'vitest';
import { type Field, IDLE, KNOWN, spanMembrane, WANTED } from './membrane';

/** A field known on its outer ring with `value`, wanted inside. */
function ringField(width: number, height: number, value: (x: number, y: number) => number): Field {
  const state = new Uint8Array(width * height).fill(WANTED);
  const values = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
      state[y * width + x] = KNOWN;
      for (let c = 0; c < 3; c++) values[(c * height + y) * width + x] = value(x, y) * (c + 1);
    }
  }
  return { width, height, state, values };
}

describe('the membrane', () => {
  it('is constant inside a constant ring', async () => {
    const field = ringField(57, 33, () => 0.25);
    await spanMembrane(field, () => Promise.resolve());
    for (let i = 0; i < 57 * 33; i++) expect(field.values[i]).toBeCloseTo(0.25, 5);
    expect(field.values[2 * 57 * 33 + 1000]).toBeCloseTo(0.75, 5);
  });

  it('follows a slope across the hole within 3 % of its range', async () => {
    const field = ringField(65, 65, (x) => x / 64);
    await spanMembrane(field, () => Promise.resolve());
    for (let y = 0; y < 65; y++) {
      for (let x = 0; x < 65; x++) expect(Math.abs(field.values[y * 65 + x] - x / 64)).toBeLessThan(0.03);
    }
  });

  it('stays between the least and the largest known value', async () => {
    const field = ringField(40, 70, (x, y) => ((x * 31 + y * 17) % 11) / 10);
    await spanMembrane(field, () => Promise.resolve());
    for (let i = 0; i < 40 * 70; i++) {
      expect(field.values[i]).toBeGreaterThanOrEqual(-1e-6);
      expect(field.values[i]).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  it('is 0 where nothing is known', async () => {
    const field = {
      width: 9,
      height: 9,
      state: new Uint8Array(81).fill(WANTED),
      values: new Float32Array(243).fill(3),
    };
    await spanMembrane(field, () => Promise.resolve());
    expect(field.values.every((value) => value === 0)).toBe(true);
  });

  it('takes nothing from idle pixels', async () => {
    const field = ringField(20, 20, () => 0.5);
    field.state[5 * 20 + 5] = IDLE;
    field.values[5 * 20 + 5] = 1000;
    await spanMembrane(field, () => Promise.resolve());
    expect(field.values[5 * 20 + 6]).toBeCloseTo(0.5, 5);
  });
});
