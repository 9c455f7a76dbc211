import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { connectedRegion } from './flood-fill';

const WIDTH = 21;
const HEIGHT = 13;

/** Pixel by pixel. */
function byPixel(plane: BitPlane, x: number, y: number): BitPlane {
  const region = new BitPlane(WIDTH, HEIGHT);
  const value = plane.get(x, y);
  const waiting = [[x, y]];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const [i = 0, j = 0] = at;
    if (i < 0 || j < 0 || i >= WIDTH || j >= HEIGHT || region.get(i, j) || plane.get(i, j) !== value) continue;
    region.set(i, j, true);
    waiting.push([i - 1, j], [i + 1, j], [i, j - 1], [i, j + 1]);
  }
  return region;
}

describe('what hangs together with a place', () => {
  it('is the same as by looking at every pixel', () => {
    const plane = fc.array(fc.boolean(), { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT }).map((bits) => {
      const p = new BitPlane(WIDTH, HEIGHT);
      bits.forEach((on, at) => p.set(at % WIDTH, Math.floor(at / WIDTH), on));
      return p;
    });
    fc.assert(
      fc.property(plane, fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1), (p, x, y) => {
        const region = connectedRegion(p, { x: x + 0.5, y: y + 0.5 });
        const whole = new BitPlane(WIDTH, HEIGHT);
        if (region) whole.combine(region.plane, 'or', region.box.x, region.box.y);
        expect(whole.equals(byPixel(p, x, y))).toBe(true);
      }),
    );
  });

  it('of an empty huge plane is the plane', () => {
    const region = connectedRegion(new BitPlane(12_000, 8000), { x: 5, y: 5 });
    expect(region?.plane.count()).toBe(12_000 * 8000);
  });

  it('is nothing outside', () => {
    expect(connectedRegion(new BitPlane(4, 4), { x: -1, y: 2 })).toBeNull();
    expect(connectedRegion(new BitPlane(4, 4), { x: 4, y: 2 })).toBeNull();
  });
});
