import { describe, expect, it } from 'vitest';
import { HOLE, Level } from './level';
import { lineSurroundings, standsBeside } from './line-surroundings';

const SIDE = 100;
const LINE = {
  points: [
    { x: 5, y: 50 },
    { x: 95, y: 50 },
  ],
};

/** A level with a hole x, y 40..59. */
function levelOf(grey: (x: number, y: number) => number): Level {
  const state = new Uint8Array(SIDE * SIDE);
  for (let y = 40; y < 60; y++) state.fill(HOLE, y * SIDE + 40, y * SIDE + 60);
  const rgb = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => {
    const at = Math.floor(i / 3);
    return grey(at % SIDE, Math.floor(at / SIDE));
  });
  return new Level({ width: SIDE, height: SIDE }, 1, 1, rgb, 255, state);
}

function labOf(grey: number): Float32Array {
  const colour = new Float32Array(3);
  levelOf(() => grey).lab(0, colour, 0);
  return colour;
}

describe('what stands beside a line', () => {
  it('is the colour that either of its ends has at that distance', () => {
    const beside = lineSurroundings(
      LINE,
      levelOf((x, y) => (y < 50 ? 90 : x < 50 ? 229 : 243)),
      8,
    );
    const stands = (distance: number, grey: number) => beside !== null && standsBeside(beside, distance, labOf(grey));
    expect([stands(-4, 90), stands(4, 229), stands(4, 243)]).toEqual([true, true, true]);
    expect([stands(-4, 229), stands(4, 90), stands(4, 160), stands(20, 229)]).toEqual([false, false, false, false]);
  });

  it('is not known where colours change along the line', () => {
    expect(
      lineSurroundings(
        LINE,
        levelOf((x, y) => 100 + ((x * 7 + y * 11) % 9)),
        8,
      ),
    ).toBeNull();
  });
});
