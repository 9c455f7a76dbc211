import { describe, expect, it } from 'vitest';
import { marchedFill } from './telea';

const SIDE = 48;
const AREA = SIDE * SIDE;

function inputOf(colour: (x: number, y: number) => number, isHole: (x: number, y: number) => boolean) {
  const hole = Float32Array.from({ length: AREA }, (_, at) => (isHole(at % SIDE, Math.floor(at / SIDE)) ? 1 : 0));
  const image = Float32Array.from({ length: 3 * AREA }, (_, i) => {
    const at = i % AREA;
    return hole[at] === 1 ? 0 : colour(at % SIDE, Math.floor(at / SIDE));
  });
  return { width: SIDE, height: SIDE, image, hole };
}

const square = (x: number, y: number) => x >= 16 && x < 32 && y >= 16 && y < 32;

describe('the marched fill', () => {
  it('leaves known pixels alone and stays between the colours around the hole', () => {
    const input = inputOf((x, y) => ((x * 7 + y * 13) % 17) / 20, square);
    const fill = marchedFill(input);
    for (let i = 0; i < 3 * AREA; i++) {
      if (input.hole[i % AREA] === 0) expect(fill[i]).toBe(input.image[i]);
      else {
        expect(fill[i]).toBeGreaterThanOrEqual(-1e-6);
        expect(fill[i]).toBeLessThanOrEqual(16 / 20 + 1e-6);
      }
    }
  });

  it('carries an edge straight on into a hole that it meets from both sides', () => {
    const fill = marchedFill(inputOf((x) => (x < 24 ? -0.5 : 0.5), square));
    expect(fill[24 * SIDE + 19]).toBeLessThan(-0.35);
    expect(fill[24 * SIDE + 28]).toBeGreaterThan(0.35);
  });

  it('reaches holes at the picture’s edge and in its corners', () => {
    const fill = marchedFill(
      inputOf(
        () => 0.25,
        (x, y) => x < 9 || y > 40,
      ),
    );
    for (const value of fill) expect(value).toBeCloseTo(0.25, 5);
  });

  it('is 0 where nothing is known', () => {
    expect(
      marchedFill(
        inputOf(
          () => 1,
          () => true,
        ),
      ).every((value) => value === 0),
    ).toBe(true);
  });
});
