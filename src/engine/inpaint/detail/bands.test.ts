import { describe, expect, it } from 'vitest';
import { type BandGains, gainsAt, joinBands, mixedGains } from './bands';
import { BLANK, HOLE, KNOWN } from './patch-level';

const SIDE = 96;

function levelWithHole() {
  const state = new Uint8Array(SIDE * SIDE).fill(KNOWN);
  for (let y = 8; y < SIDE - 8; y++) state.fill(HOLE, y * SIDE + 8, y * SIDE + SIDE - 8);
  return { width: SIDE, height: SIDE, state };
}

function picture(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) =>
    value(Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)),
  );
}

const PLAIN: BandGains = { contrast: [1, 1, 1], grain: [0, 0, 0], rest: 0, rim: 1 };
const [MIDDLE, EDGE] = [3 * ((SIDE / 2) * SIDE + SIDE / 2), 3 * ((SIDE / 2) * SIDE + 8)];
/** A wave of 8 pixels, whose energy lies in the second and third band. */
const wave = (x: number): number => 0.2 * Math.sin((2 * Math.PI * x) / 8);

/** The network's fill and the patches' joined, by these gains. */
async function joined(
  network: Float32Array,
  patches: Float32Array,
  gains: Partial<BandGains>,
  held: Float32Array | null = null,
): Promise<Float32Array> {
  const result = patches.slice();
  await joinBands(levelWithHole(), result, network, held, { ...PLAIN, ...gains }, () => Promise.resolve());
  return result;
}

/** Root mean square along a row through the hole's middle third. */
function strength(values: Float32Array): number {
  const row = Array.from({ length: SIDE / 3 }, (_, n) => values[3 * ((SIDE / 2) * SIDE + SIDE / 3 + n)]);
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  return Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length);
}

describe('the network’s fill and the patches', () => {
  it('are the network’s where nothing is asked for, and both where all of the patches is', async () => {
    const network = picture((x, y) => Math.sin(x / 9) / 4 + y / 300);
    const patches = picture((x, y) => network[3 * (y * SIDE + x)] + 0.1 * wave(x));
    expect((await joined(network, patches, {}))[MIDDLE + 3]).toBeCloseTo(network[MIDDLE + 3], 6);
    const all = await joined(network, patches, { grain: [1, 1, 1], rest: 1 });
    for (let at = MIDDLE; at < MIDDLE + 30; at++) expect(all[at]).toBeCloseTo(patches[at], 6);
  });

  it('take the patches’ fine grain and leave what is coarser than all bands', async () => {
    const checker = picture((x, y) => 1.2 + 2 * ((x + y) & 1) - 1);
    const result = await joined(
      picture(() => 1),
      checker,
      { grain: [0.5, 0.25, 0] },
    );
    expect(result[MIDDLE]).toBeCloseTo(0.5, 1);
    expect(result[MIDDLE + 3]).toBeCloseTo(1.5, 1);
  });

  it('make the network’s own bands stronger in the middle, and not at the edge', async () => {
    const network = picture(wave);
    const patches = picture((x) => 3 * wave(x));
    const result = await joined(network, patches, { contrast: [1, 2, 2] });
    const factor = strength(result) / strength(network);
    expect(factor).toBeGreaterThan(1.4);
    expect(factor).toBeLessThan(2);
    expect(Math.abs(result[EDGE] - network[EDGE])).toBeLessThan(0.05);
  });

  it('leave no halo along an edge that the network blurs', async () => {
    const network = picture((x) => 1 / (1 + Math.exp((SIDE / 2 - x) / 3)));
    const patches = picture((x) => (x < SIDE / 2 + 2 ? 0 : 1));
    const result = await joined(network, patches, { contrast: [3, 3, 3], grain: [1, 1, 1] });
    for (let x = 8; x < SIDE - 8; x++) {
      const value = result[3 * ((SIDE / 2) * SIDE + x)];
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    const middle = (offset: number) => result[MIDDLE + 3 * offset] - network[MIDDLE + 3 * offset];
    expect(middle(-4), 'sharper on the dark side').toBeLessThan(-0.05);
    expect(middle(5), 'and on the light side').toBeGreaterThan(0.05);
  });

  it('are the network’s where it is as sharp as the patches', async () => {
    const network = picture(wave);
    const shifted = picture((x) => 0.8 * wave(x + 3));
    const result = await joined(network, shifted, { contrast: [2, 2, 2], grain: [1, 1, 1] });
    for (let at = MIDDLE; at < MIDDLE + 30; at++) expect(result[at]).toBeCloseTo(network[at], 1);
  });

  it('hold a painted hint but for the finest grain', async () => {
    const network = picture((x) => wave(x / 4));
    const held = new Float32Array(SIDE * SIDE).fill(1);
    const patches = picture((x, y) => 0.1 + wave(x / 4) + ((x + y) & 1) / 10);
    const result = await joined(network, patches, { contrast: [1, 2, 2], grain: [1, 0, 1], rest: 1 }, held);
    for (let at = MIDDLE; at < MIDDLE + 30; at += 3) {
      const grain = ((at / 3 + Math.floor(at / 3 / SIDE)) & 1) / 10 - 0.05;
      expect(Math.abs(result[at] - network[at] - grain)).toBeLessThan(0.02);
    }
  });

  it('do not depend on what stands in holes that are filled later', async () => {
    const level = levelWithHole();
    for (let y = 0; y < SIDE; y++) level.state.fill(BLANK, y * SIDE, y * SIDE + 6);
    for (let y = 0; y < 6; y++) level.state.fill(BLANK, y * SIDE, (y + 1) * SIDE);
    const results = [0, 5].map(async (hidden) => {
      const network = picture((x, y) => (x < 6 || y < 6 ? hidden : wave(x)));
      const result = network.map((value) => 3 * value);
      await joinBands(level, result, network, null, { ...PLAIN, contrast: [1, 2, 2] }, () => Promise.resolve());
      return result.filter((_, at) => level.state[Math.floor(at / 3)] === HOLE);
    });
    const [first, second] = await Promise.all(results);
    expect(first.every((value, at) => value === second[at])).toBe(true);
  });

  it('leave everything outside the hole alone', async () => {
    const patches = picture((x, y) => x + y);
    const result = await joined(
      picture(() => 0),
      patches,
      { grain: [1, 1, 1], rest: 1 },
    );
    expect(result[3 * (4 * SIDE + 5)]).toBe(9);
    expect(result[3 * ((SIDE - 4) * SIDE + 30) + 2]).toBe(SIDE - 4 + 30);
  });
});

it('bands finer than the network can hold come whole from the patches', () => {
  const gains = { contrast: [1, 1.5, 2], grain: [1.2, 1, 0.5], rest: 0.3, rim: 0.9 };
  expect(gainsAt(1, gains)).toEqual(gains);
  expect(gainsAt(4, gains)).toEqual({ ...gains, contrast: [1, 1, 1, 1.5, 2], grain: [1.2, 1.2, 1.2, 1, 0.5] });
  const between = gainsAt(Math.SQRT2, gains);
  [1.2, 1.1, 0.75, 0.4].forEach((gain, n) => expect(between.grain[n]).toBeCloseTo(gain));
  [1, 1.25, 1.75, 1.5].forEach((factor, n) => expect(between.contrast[n]).toBeCloseTo(factor));
});

it('gains are mixed number by number', () => {
  const first = { contrast: [1, 2], grain: [1, 0], rest: 0, rim: 1 };
  const second = { contrast: [1, 4], grain: [3, 1], rest: 1, rim: 0.5 };
  expect(mixedGains(first, second, 0.5)).toEqual({ contrast: [1, 3], grain: [2, 0.5], rest: 0.5, rim: 0.75 });
  expect(mixedGains(first, second, 0)).toEqual(first);
});
