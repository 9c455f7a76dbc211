import { describe, expect, it } from 'vitest';
import { shiftBy } from './affine';
import { holePixels } from './hole-pixels';
import type { Label } from './label';
import { HOLE, Level, SOURCE } from './level';
import type { PatchStatistics } from './patch-statistics';
import { isDrawnEdge, priceUnique, uniqueness } from './uniqueness';

const SIDE = 32;

/** Patches at every second pixel, one of them with a likeness so many times as far as the others'. */
function statisticsOf(times: number): PatchStatistics {
  const places = Array.from({ length: 100 }, (_, n) => ({ x: 4 + 2 * (n % 10), y: 4 + 2 * Math.floor(n / 10) }));
  const usual = 49 * 1000;
  return {
    dx: places.map(() => 9),
    dy: places.map(() => 0),
    weight: places.map(() => 1),
    x: Int32Array.from(places, ({ x }) => x),
    y: Int32Array.from(places, ({ y }) => y),
    step: 2,
    difference: Float64Array.from(places, (_, n) => (n === 55 ? times : 1) * usual),
  };
}

/** A hole of 4 x 4 in the middle. */
function levelOf(): Level {
  const state = new Uint8Array(SIDE * SIDE).fill(SOURCE);
  for (let y = 14; y < 18; y++) state.fill(HOLE, y * SIDE + 14, y * SIDE + 18);
  return new Level({ width: SIDE, height: SIDE }, 1, 1, new Uint8Array(3 * SIDE * SIDE), 255, state);
}

const nowhere = () => false;
const size = { width: SIDE, height: SIDE };

describe('uniqueness', () => {
  it('is nothing of patches that are as alike as most', () => {
    expect(Math.max(...uniqueness(statisticsOf(1.9), size, nowhere))).toBe(0);
  });

  it('rises by one with every doubling of the difference, up to three', () => {
    expect(Math.max(...uniqueness(statisticsOf(4), size, nowhere))).toBeCloseTo(1, 1);
    expect(Math.max(...uniqueness(statisticsOf(8), size, nowhere))).toBeCloseTo(2, 1);
    expect(Math.max(...uniqueness(statisticsOf(1000), size, nowhere))).toBe(3);
  });

  it('lies where the patch does, over all the pixels up to the next', () => {
    const map = uniqueness(statisticsOf(4), size, nowhere);
    expect([...map.keys()].filter((at) => map[at] > 0)).toEqual(
      [
        [14, 14],
        [15, 14],
        [14, 15],
        [15, 15],
      ].map(([x, y]) => y * SIDE + x),
    );
  });

  it('is nothing of what goes on beside itself', () => {
    expect(Math.max(...uniqueness(statisticsOf(1000), size, (x, y) => x === 14 && y === 14))).toBe(0);
  });

  it('is nothing where nothing was compared', () => {
    const none = { ...statisticsOf(4), x: new Int32Array(0), y: new Int32Array(0), difference: new Float64Array(0) };
    expect(Math.max(...uniqueness(none, size, nowhere))).toBe(0);
  });

  it('is paid by the pixels that a piece would take from there, but not by the network', () => {
    const level = levelOf();
    const pixels = holePixels(level);
    const map = new Float32Array(SIDE * SIDE);
    map[15 * SIDE + 25] = 2;
    const labels: Label[] = [
      { map: shiftBy(10, 0), kind: 'stats' },
      { map: shiftBy(-10, 0), kind: 'free' },
      { map: shiftBy(10, 0), kind: 'network' },
    ];
    const costs = new Float32Array(3 * pixels.count).fill(5);
    const guide = new Float32Array(3 * pixels.count);
    priceUnique(costs, labels, level, pixels, map, guide, { unique: 1.5, unforeseen: 1, foreseen: 4 });
    const paying = [...costs.keys()].filter((n) => costs[n] !== 5);
    expect(paying.map((n) => pixels.at[n])).toEqual([15 * SIDE + 15]);
    expect(costs[paying[0]]).toBe(8);
  });

  it('is higher the less the network foresees it, up to a bound', () => {
    const level = levelOf();
    const pixels = holePixels(level);
    const map = new Float32Array(SIDE * SIDE).fill(2);
    const labels: Label[] = [{ map: shiftBy(10, 0), kind: 'stats' }];
    const priceAt = (far: number) => {
      const costs = new Float32Array(pixels.count);
      const guide = new Float32Array(pixels.count).fill(far);
      priceUnique(costs, labels, level, pixels, map, guide, { unique: 0.5, unforeseen: 1, foreseen: 4 });
      return costs[0];
    };
    expect([0, 2, 4, 25].map(priceAt)).toEqual([1, 2, 3, 3]);
  });
});

describe('the drawn edge of an area', () => {
  /** Whether there is one at (8, 8). */
  const isEdge = (grey: (x: number, y: number) => number): boolean => {
    const { state } = levelOf();
    const rgb = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => {
      const at = Math.floor(i / 3);
      return grey(at % SIDE, Math.floor(at / SIDE));
    });
    const level = new Level(size, 1, 1, rgb, 255, state);
    return isDrawnEdge(level, level.allLab(), 8, 8);
  };

  it('goes on in one direction at least, straight or aslant', () => {
    expect(isEdge((_, y) => (y < 8 ? 20 : 200))).toBe(true);
    expect(isEdge((x) => (x < 9 ? 20 : 200))).toBe(true);
    expect(isEdge((x, y) => (x < y ? 20 : 200))).toBe(true);
  });

  it('is no corner, and has no grain', () => {
    expect(isEdge((x, y) => (x < 8 && y < 8 ? 20 : 200))).toBe(false);
    expect(isEdge((x, y) => (y < 8 ? 20 : 200) + ((x * 7 + y * 13) % 5))).toBe(false);
  });
});
