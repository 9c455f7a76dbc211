import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { contains, rectOf } from './geometry';
import { rasteriseStroke, strokeBounds, strokeSample, type StrokeSample } from './stroke';

const WIDTH = 61;
const HEIGHT = 47;
const coordinate = (limit: number) => fc.double({ min: -10, max: limit + 10, noNaN: true });
const sample = fc
  .tuple(coordinate(WIDTH), coordinate(HEIGHT), fc.double({ min: 0, max: 15, noNaN: true }))
  .map(([x, y, radius]) => strokeSample(x, y, radius));
const round = fc
  .tuple(
    fc.array(fc.tuple(coordinate(WIDTH), coordinate(HEIGHT)), { minLength: 1, maxLength: 6 }),
    fc.double({ min: 0, max: 15, noNaN: true }),
  )
  .map(([points, radius]) => points.map(([x, y]) => strokeSample(x, y, radius)));

function painted(samples: readonly StrokeSample[]): BitPlane {
  const plane = new BitPlane(WIDTH, HEIGHT);
  rasteriseStroke(plane, samples, true);
  return plane;
}

/** Distance of a point from a segment. */
function distance(x: number, y: number, a: StrokeSample, b: StrokeSample): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

describe('a stroke', () => {
  it('is every pixel whose centre is within the radius of the line, and no other', () => {
    fc.assert(
      fc.property(round, (samples) => {
        const plane = painted(samples);
        const radius = samples[0].radius;
        for (let y = 0; y < HEIGHT; y++) {
          for (let x = 0; x < WIDTH; x++) {
            let nearest = Infinity;
            for (let i = 0; i < samples.length; i++) {
              nearest = Math.min(nearest, distance(x + 0.5, y + 0.5, samples[Math.max(0, i - 1)], samples[i]));
            }
            if (Math.abs(nearest - radius) < 1e-6) continue;
            const under = samples.some((s) => Math.floor(s.x) === x && Math.floor(s.y) === y);
            // Not `expect` for each pixel: that takes a hundred times as long.
            if (plane.get(x, y) !== (nearest < radius || under)) throw new Error(`pixel ${x}, ${y} is wrong`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the parts in which it arrives', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 2, maxLength: 12 }), fc.nat(), (samples, cut) => {
        const at = cut % samples.length;
        const parts = new BitPlane(WIDTH, HEIGHT);
        rasteriseStroke(parts, samples.slice(0, at + 1), true);
        rasteriseStroke(parts, samples.slice(at), true);
        expect(parts.equals(painted(samples))).toBe(true);
      }),
    );
  });

  it('leaves no gap: neighbouring pixels along it always touch', () => {
    fc.assert(
      fc.property(coordinate(WIDTH), coordinate(HEIGHT), coordinate(WIDTH), coordinate(HEIGHT), (x0, y0, x1, y1) => {
        const plane = new BitPlane(WIDTH + 24, HEIGHT + 24);
        const a = strokeSample(x0 + 12, y0 + 12, 0);
        const b = strokeSample(x1 + 12, y1 + 12, 0);
        rasteriseStroke(plane, [a, b], true);
        expect(reach(plane, a)).toBe(plane.count());
      }),
    );
  });

  it('holds the discs of a tip that grows, and everything between them', () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, t) => {
        const plane = painted([a, b]);
        const x = a.x + t * (b.x - a.x);
        const y = a.y + t * (b.y - a.y);
        const radius = a.radius + t * (b.radius - a.radius) - 1e-6;
        for (let j = 0; j < HEIGHT; j++) {
          for (let i = 0; i < WIDTH; i++) {
            const inside = Math.hypot(i + 0.5 - x, j + 0.5 - y) < radius;
            if (inside && !plane.get(i, j)) throw new Error(`pixel ${i}, ${j} is missing`);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('stays in its bounds', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 6 }), (samples) => {
        const plane = painted(samples);
        const touched = plane.bounds();
        const bounds = strokeBounds(samples, rectOf(plane));
        if (touched) expect(contains(bounds, touched)).toBe(true);
      }),
    );
  });

  it('of a click sets at least the pixel under it, and clears it again', () => {
    const plane = new BitPlane(9, 9);
    const click = [strokeSample(4.05, 4.05, 0.1)];
    rasteriseStroke(plane, click, true);
    expect(plane.count()).toBe(1);
    expect(plane.get(4, 4)).toBe(true);
    rasteriseStroke(plane, click, false);
    expect(plane.isEmpty()).toBe(true);
  });
});

/** Number of pixels that are joined (by edges or corners) to the one under the sample. */
function reach(plane: BitPlane, from: StrokeSample): number {
  const seen = new BitPlane(plane.width, plane.height);
  const queue: [number, number][] = [[Math.floor(from.x), Math.floor(from.y)]];
  let count = 0;
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [x, y] = next;
    if (!plane.get(x, y) || seen.get(x, y)) continue;
    seen.set(x, y, true);
    count++;
    for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) queue.push([x + i, y + j]);
  }
  return count;
}
