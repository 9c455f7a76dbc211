import { expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { blurWithTaps, gaussianTaps } from './blur';
import { ContextBlur } from './context-blur';

it('blurs what is known into a hole exactly as the blur of a whole plane does', () => {
  const size = { width: 41, height: 33 };
  const places = Int32Array.from({ length: size.width * size.height }, (_, at) => at);
  const isHole = (at: number) => Math.hypot((at % size.width) - 20, Math.floor(at / size.width) - 14) < 13;
  const known = places.filter((at) => !isHole(at));
  const hole = places.filter(isHole);
  const taps = gaussianTaps(3);
  const blur = new ContextBlur(size, taps, known, hole);
  const random = new Random(5);
  const near = new Float32Array(hole.length);
  const plane = new Float32Array(places.length);
  // One after another with the same room, as labels come.
  for (let time = 0; time < 2; time++) {
    for (const at of known) plane[at] = 40 * random.uniform();
    blur.blur(plane, near);
    const whole = plane.slice();
    blurWithTaps(whole, size, taps, new Float32Array(whole.length));
    expect(near).toEqual(Float32Array.from(hole, (at) => whole[at]));
  }
  expect(near.some((value) => value === 0)).toBe(true);
});
