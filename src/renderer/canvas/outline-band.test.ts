import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { bandOf } from './outline-band';

const SIDE = 32;

/** Whether a pixel sees both on and off within `radius`; beyond the plane it is off. */
function nearBorder(plane: BitPlane, x: number, y: number, radius: number): boolean {
  const seen = new Set<boolean>();
  for (let dy = -radius; dy <= radius; dy++)
    for (let dx = -radius; dx <= radius; dx++) seen.add(plane.get(x + dx, y + dy));
  return seen.size === 2;
}

describe('the band along the border of a plane', () => {
  it('holds the pixels that see both on and off within its radius, across the squares', () => {
    const spans = fc.array(
      fc.record({ y: fc.nat(69), x: fc.nat(79), length: fc.integer({ min: 1, max: 60 }), on: fc.boolean() }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 8 }), (drawn, radius) => {
        const plane = new BitPlane(80, 70);
        for (const { y, x, length, on } of drawn) plane.fillSpan(y, x, Math.min(80, x + length), on);
        for (const [left, top] of [
          [0, 0],
          [32, 32],
          [64, 64],
        ] as const) {
          const band = bandOf(plane, left, top, SIDE, radius);
          for (let y = 0; y < SIDE; y++)
            for (let x = 0; x < SIDE; x++)
              if ((band?.get(x, y) ?? false) !== nearBorder(plane, left + x, top + y, radius))
                expect.fail(`pixel ${left + x}, ${top + y}, radius ${radius}`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing where all is on, or all off', () => {
    const plane = new BitPlane(128, 128);
    expect(bandOf(plane, 32, 32, SIDE, 3)).toBeNull();
    plane.fill(true);
    expect(bandOf(plane, 32, 32, SIDE, 3)).toBeNull();
    expect(bandOf(plane, 0, 32, SIDE, 3)?.get(0, 5)).toBe(true);
  });
});
