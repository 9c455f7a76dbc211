import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { grown, ringAround, shrunk } from './grow';
import { runsOf } from './plane-runs';

const plane = fc
  .record({
    width: fc.integer({ min: 1, max: 37 }),
    height: fc.integer({ min: 1, max: 19 }),
    seed: fc.infiniteStream(fc.integer({ min: 0, max: 99 })),
    share: fc.constantFrom(2, 15, 50, 97),
  })
  .map(({ width, height, seed, share }) => {
    const made = new BitPlane(width, height);
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) made.set(x, y, seed.next().value < share);
    return made;
  });
const radius = fc.integer({ min: 0, max: 24 }).map((n) => n / 4);

/** Whether a pixel of this value lies within the radius: by looking at all of them. */
function isNear(p: BitPlane, x: number, y: number, r: number, value: boolean): boolean {
  for (let j = 0; j < p.height; j++) {
    for (let i = 0; i < p.width; i++) {
      if (p.get(i, j) === value && (i - x) ** 2 + (j - y) ** 2 <= r * r) return true;
    }
  }
  return false;
}

describe('growing and shrinking', () => {
  it('reach exactly as far as a disc', () => {
    fc.assert(
      fc.property(plane, radius, (p, r) => {
        const large = grown(p, r);
        const small = shrunk(p, r);
        for (let y = 0; y < p.height; y++) {
          for (let x = 0; x < p.width; x++) {
            expect(large.get(x, y)).toBe(isNear(p, x, y, r, true));
            expect(small.get(x, y)).toBe(p.get(x, y) && !isNear(p, x, y, r, false));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('give a ring that does not touch what it is around', () => {
    fc.assert(
      fc.property(plane, radius, (p, r) => {
        const ring = ringAround(p, r);
        const both = ring.clone();
        both.combine(p, 'or');
        expect(both.equals(grown(p, r))).toBe(true);
        ring.combine(both, 'and-not');
        expect(ring.count() + p.count()).toBeLessThanOrEqual(both.count());
      }),
      { numRuns: 30 },
    );
  });
});

describe('runs', () => {
  it('say of every pixel of a row whether it is on', () => {
    fc.assert(
      fc.property(plane, fc.boolean(), (p, on) => {
        const from = Math.floor(p.width / 4);
        const again = new BitPlane(p.width, p.height);
        for (let y = 0; y < p.height; y++) {
          const runs = runsOf(p, y, from, p.width, on);
          for (let i = 0; i < runs.length; i += 2) again.fillSpan(y, runs[i], runs[i + 1], true);
          for (let x = from; x < p.width; x++) expect(again.get(x, y)).toBe(p.get(x, y) === on);
        }
      }),
    );
  });
});
