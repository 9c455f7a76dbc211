import { describe, expect, it } from 'vitest';
import { gainsAt, joinBands, median } from './bands';
import { HOLE, KNOWN } from './layer';

const SIDE = 64;

function layerWithHole() {
  const state = new Uint8Array(SIDE * SIDE).fill(KNOWN);
  for (let y = 8; y < 56; y++) state.fill(HOLE, y * SIDE + 8, y * SIDE + 56);
  return { width: SIDE, height: SIDE, state };
}

function picture(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) =>
    value(Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)),
  );
}

const pause = () => Promise.resolve();
const middle = 3 * (32 * SIDE + 32);

describe('bands', () => {
  it('are added to the structure: the finest whole, what is coarser than all of them not at all', async () => {
    const checker = (x: number, y: number) => ((x + y) & 1) - 0.5;
    const detail = picture((x, y) => 1.2 + checker(x, y));
    await joinBands(
      layerWithHole(),
      detail,
      picture(() => 1),
      [1, 0.5],
      pause,
    );
    expect(detail[middle]).toBeCloseTo(0.5, 1);
    expect(detail[middle + 3]).toBeCloseTo(1.5, 1);
  });

  it('give the structure back where the patches agree with it', async () => {
    const detail = picture((x, y) => Math.sin(x / 5) + y / 20);
    const structure = detail.slice();
    await joinBands(layerWithHole(), detail, structure, [1.2, 1, 0.5], pause);
    expect(detail).toEqual(structure);
  });

  it('leave everything outside the hole alone', async () => {
    const detail = picture((x, y) => x + y);
    await joinBands(
      layerWithHole(),
      detail,
      picture(() => 0),
      [1, 1, 1],
      pause,
    );
    expect(detail[3 * (4 * SIDE + 5)]).toBe(9);
    expect(detail[3 * (60 * SIDE + 30) + 2]).toBe(90);
  });

  it('come whole from the patches where the structure is too coarse to hold them', () => {
    expect(gainsAt(1, [1.2, 1, 0.5])).toEqual([1.2, 1, 0.5]);
    expect(gainsAt(4, [1.2, 1, 0.5])).toEqual([1.2, 1.2, 1.2, 1, 0.5]);
    const between = gainsAt(Math.SQRT2, [1, 0.5]);
    expect(between[0]).toBeCloseTo(1);
    expect(between[1]).toBeCloseTo(0.75);
    expect(between[2]).toBeCloseTo(0.25);
  });
});

it('the median of three is the middle one, in any order', () => {
  for (const [a, b, c] of [
    [1, 2, 3],
    [3, 1, 2],
    [2, 3, 1],
    [3, 2, 1],
    [2, 2, 1],
  ])
    expect(median(a, b, c)).toBe(2);
});
