import { describe, expect, it } from 'vitest';
import { shiftBy } from './affine';
import { holePixels } from './hole-pixels';
import { HOLE, Level } from './level';
import { addLinePrices, lineWeight, nearLines } from './line-prices';
import type { WindowLine } from './window-line';

const SIDE = 100;

/** A level with a hole x, y 40..59 at so many native pixels a pixel. */
function level(scale = 1): Level {
  const state = new Uint8Array(SIDE * SIDE);
  for (let y = 40; y < 60; y++) state.fill(HOLE, y * SIDE + 40, y * SIDE + 60);
  return new Level({ width: SIDE, height: SIDE }, scale, scale, new Uint8Array(3 * SIDE * SIDE), 255, state);
}

const line = (weight: number, scale = 1): WindowLine => ({
  points: [
    { x: 10 * scale, y: 50 * scale },
    { x: 90 * scale, y: 50 * scale },
  ],
  weight,
});

function priceOf(dx: number, dy: number, weight = 1, scale = 1): { readonly on: number; readonly off: number } {
  const place = level(scale);
  const pixels = holePixels(place);
  const costs = new Float32Array(pixels.count);
  addLinePrices(nearLines([line(weight, scale)], place, pixels), shiftBy(dx * scale, dy * scale), costs);
  const costAt = (x: number, y: number) => costs[pixels.at.indexOf(y * SIDE + x)];
  return { on: costAt(50, 50), off: costAt(50, 59) };
}

describe('the price of leaving a line', () => {
  it('is nothing for a slide along it', () => {
    expect(priceOf(25, 0).on).toBe(0);
    expect(priceOf(-30, 0).on).toBe(0);
  });

  it('rises with the error up to four pixels', () => {
    expect(priceOf(25, 0.5).on).toBe(0);
    expect(priceOf(25, 2).on).toBeCloseTo(12, 0);
    expect(priceOf(25, 4).on).toBeCloseTo(24, 0);
    expect(priceOf(25, 30).on).toBeCloseTo(24, 0);
  });

  it('is less away from the line', () => {
    const { on, off } = priceOf(25, 4);
    expect(off).toBeLessThan(0.2 * on);
  });

  it('is asked beyond the known end of the line too', () => {
    expect(priceOf(60, 0).on).toBeGreaterThan(20);
  });

  it('follows the weight, and counts in pixels of the level', () => {
    expect(priceOf(25, 4, 2).on).toBeCloseTo(2 * priceOf(25, 4).on, 3);
    expect(priceOf(25, 4, 1, 4).on).toBeCloseTo(priceOf(25, 4).on, 0);
  });
});

describe('the weight of a line', () => {
  const surroundings = (contrast: number) => ({
    width: SIDE,
    height: SIDE,
    state: level().state,
    lab: (pixel: number, to: Float32Array, at: number) => {
      to.set([Math.floor(pixel / SIDE) < 50 ? 50 : 50 + contrast, 0, 0], at);
    },
  });

  it('follows its contrast, from a half to two', () => {
    const weights = [0, 30, 200].map((contrast) => lineWeight(line(1).points, surroundings(contrast)));
    expect(weights[0]).toBe(0.5);
    expect(weights[1]).toBeGreaterThan(0.9);
    expect(weights[1]).toBeLessThan(1.3);
    expect(weights[2]).toBe(2);
  });
});
