import { describe, expect, it } from 'vitest';
import { textureFields } from './fields';
import { holePixels } from './hole-pixels';
import { HOLE, Level, SOURCE } from './level';

const SIDE = 64;

/** Of a grey picture with a hole of 20 x 20 in the middle. */
function flatnessOf(grey: (x: number, y: number) => number): Float32Array {
  const rgb = new Uint8Array(3 * SIDE * SIDE);
  const state = new Uint8Array(SIDE * SIDE).fill(SOURCE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    rgb.fill(grey(x, y), 3 * at, 3 * at + 3);
    if (x >= 22 && x < 42 && y >= 22 && y < 42) state[at] = HOLE;
  }
  const level = new Level({ width: SIDE, height: SIDE }, 1, 1, rgb, 255, state);
  return textureFields(level, level.allLab(), holePixels(level)).flatness;
}

describe('how flat the surroundings of a hole are', () => {
  it('is more than half of the whole where areas of one colour meet, right beside their borders too', () => {
    expect(Math.min(...flatnessOf((x, y) => (y < 30 ? 90 : x < 20 ? 229 : 243)))).toBeGreaterThan(0.5);
  });

  it('is nothing where there is grain, or a slope', () => {
    expect(Math.max(...flatnessOf((x, y) => 120 + ((x * 7 + y * 13) % 5)))).toBe(0);
    expect(Math.max(...flatnessOf((_, y) => 60 + 2 * y))).toBe(0);
  });

  it('is nothing where less than half is of one colour', () => {
    expect(Math.max(...flatnessOf((x, y) => (y < 28 ? 255 : 120 + ((x * 7 + y * 13) % 9))).slice(-20))).toBe(0);
  });
});
