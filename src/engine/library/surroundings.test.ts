import { describe, expect, it } from 'vitest';
import { measureSurroundings } from './surroundings';

const SIDE = 96;
type Rgb = readonly [number, number, number];

/** Measures a painted look with a hole in its middle, whose own colours must not matter. */
function measured(paint: (x: number, y: number) => Rgb) {
  const pixels = new Uint8Array(SIDE * SIDE * 4);
  const inHole = (x: number, y: number) => Math.abs(x - SIDE / 2) < 16 && Math.abs(y - SIDE / 2) < 16;
  for (let y = 0, at = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++, at += 4) pixels.set([...(inHole(x, y) ? [255, 0, 255] : paint(x, y)), 255], at);
  return measureSurroundings({ width: SIDE, height: SIDE, pixels }, (x, y) => !inHole(x, y));
}

/** The same numbers in every run. */
function noise(amplitude: number): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  };
}

const grey = (value: number): Rgb => [value, value, value];
const shifted = ([r, g, b]: Rgb, by: number): Rgb => [r + by, g + by, b + by];

describe('what surrounds a hole', () => {
  it('in a plain area is nothing at all', () => {
    expect(measured(() => grey(128))).toEqual({ edges: 0, coherence: 0, grain: 0, green: 0, blue: 0, skin: 0 });
  });

  it('in stripes, of any direction, are edges that agree', () => {
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [2, -1],
    ] as const) {
      const { edges, coherence } = measured((x, y) => grey(128 + 80 * Math.sin((dx * x + dy * y) / 3)));
      expect(edges).toBeGreaterThan(0.5);
      expect(coherence).toBeGreaterThan(0.9);
    }
  });

  it('in rows of windows are edges that agree where they are, though not with each other', () => {
    const { coherence } = measured((x, y) => grey(x % 32 < 18 && y % 32 < 18 ? 40 : 200));
    expect(coherence).toBeGreaterThan(0.7);
  });

  it('in noise is grain without direction', () => {
    const random = noise(40);
    const { coherence, grain, edges } = measured(() => grey(128 + random()));
    expect(coherence).toBeLessThan(0.4);
    expect(grain).toBeGreaterThan(0.05);
    expect(edges).toBeGreaterThan(0.3);
  });

  it('has grain in proportion to the noise', () => {
    const [weak, strong] = [10, 40].map((amplitude) => {
      const random = noise(amplitude);
      return measured(() => grey(128 + random())).grain;
    });
    expect((strong ?? 0) / (weak ?? 1)).toBeCloseTo(4, 0);
  });

  it.each([
    ['leaves', [70, 110, 45], 'green'],
    ['dry grass', [120, 125, 70], 'green'],
    ['a clear sky', [110, 160, 220], 'blue'],
    ['deep water', [40, 80, 110], 'blue'],
    ['pale skin', [230, 190, 170], 'skin'],
    ['dark skin', [140, 95, 70], 'skin'],
  ] as const)('knows the colour of %s, also in shade and noise', (_, colour, name) => {
    const random = noise(6);
    const found = measured(() => shifted(colour, random()));
    const { green, blue, skin } = found;
    expect({ green, blue, skin }[name]).toBeGreaterThan(0.9);
    expect(green + blue + skin).toBeLessThanOrEqual(1);
  });

  it('of concrete has no colour', () => {
    const { green, blue, skin } = measured(() => [150, 149, 147]);
    expect([green, blue, skin]).toEqual([0, 0, 0]);
  });

  it('of a hole that leaves nothing is nothing', () => {
    const pixels = new Uint8Array(SIDE * SIDE * 4);
    expect(measureSurroundings({ width: SIDE, height: SIDE, pixels }, () => false).edges).toBe(0);
  });
});
