import { describe, expect, it } from 'vitest';
import { requireSoundFill } from './sound-fill';

const SIDE = 8;
const ABOUT = { id: 'mine', folder: '/models/mine' };
const hole = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE < 3 ? 1 : 0));
const plane = (value: number) => new Float32Array(3 * SIDE * SIDE).fill(value);
const check =
  (fill: Float32Array, known = plane(0.2)) =>
  () =>
    requireSoundFill(fill, { width: SIDE, height: SIDE, image: known, hole }, ABOUT);

describe('a fill', () => {
  it('is taken when it holds a picture, also white on white and black in black', () => {
    expect(check(plane(0.3))).not.toThrow();
    expect(check(plane(1), plane(1))).not.toThrow();
    expect(check(plane(-1), plane(-1))).not.toThrow();
  });

  it('is refused when a single value of the hole is no number', () => {
    const fill = plane(0.3);
    fill[4] = NaN; // not in the hole
    expect(check(fill)).not.toThrow();
    fill[1] = Infinity;
    expect(check(fill)).toThrow('its output holds numbers that are none');
  });

  it('is refused when it is cut off at black and white in a picture that is not', () => {
    expect(check(plane(-1))).toThrow('nothing but black and white');
    expect(check(plane(1))).toThrow('nothing but black and white');
  });
});
