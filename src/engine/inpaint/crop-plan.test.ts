import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type Rect, rectOf, type Size } from '../../shared/geometry';
import { planCrop, planCropWithSource, workingSides } from './crop-plan';

/** A picture and a box inside it. */
const scene = fc
  .record({
    width: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 10_000 })),
    height: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 10_000 })),
  })
  .chain((picture) =>
    fc
      .record({
        x: fc.integer({ min: 0, max: picture.width - 1 }),
        y: fc.integer({ min: 0, max: picture.height - 1 }),
        u: fc.double({ min: 0, max: 1, noNaN: true }),
        v: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ x, y, u, v }) => ({
        picture,
        hole: {
          x,
          y,
          width: Math.max(1, Math.floor(u * (picture.width - x))),
          height: Math.max(1, Math.floor(v * (picture.height - y))),
        },
      })),
  );

const SIDES = workingSides(512, 8);

describe('working sides', () => {
  it('are few, multiples of what the generator asks, and end at the working size', () => {
    expect(SIDES).toEqual([128, 256, 384, 512]);
    expect(workingSides(256, 8)).toEqual([128, 256]);
    expect(workingSides(500, 64)).toEqual([128, 256, 384, 448]);
    expect(workingSides(64, 8)).toEqual([64]);
    expect(workingSides(256, 512)).toEqual([512]);
  });
});

describe('planning a crop', () => {
  it('holds the hole, stays inside the picture where it fits, and has a shape from the list', () => {
    fc.assert(
      fc.property(scene, ({ picture, hole }) => {
        const { box, working, scale } = planCrop(hole, picture, SIDES);
        expect(contains(box, hole)).toBe(true);
        expect(SIDES).toContain(working.width);
        expect(SIDES).toContain(working.height);
        for (const [start, length, limit] of axes(box, picture)) {
          if (length <= limit) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(start + length).toBeLessThanOrEqual(limit);
          } else {
            expect(start).toBeLessThanOrEqual(0);
            expect(start + length).toBeGreaterThanOrEqual(limit);
          }
        }
        expect(box.width / working.width).toBeCloseTo(scale, 1);
      }),
      { numRuns: 500 },
    );
  });

  it('gives every hole its least context where the picture has it', () => {
    fc.assert(
      fc.property(scene, ({ picture, hole }) => {
        const { box } = planCrop(hole, picture, SIDES);
        const least = Math.min(
          64,
          hole.x,
          hole.y,
          picture.width - hole.x - hole.width,
          picture.height - hole.y - hole.height,
        );
        expect(hole.x - box.x).toBeGreaterThanOrEqual(least);
        expect(hole.y - box.y).toBeGreaterThanOrEqual(least);
        expect(box.x + box.width - hole.x - hole.width).toBeGreaterThanOrEqual(least);
        expect(box.y + box.height - hole.y - hole.height).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 500 },
    );
  });

  it('works at full size up to half the working side, and scales down beyond', () => {
    const picture = { width: 6000, height: 4000 };
    expect(planCrop({ x: 100, y: 100, width: 256, height: 200 }, picture, SIDES).scale).toBe(1);
    expect(planCrop({ x: 100, y: 100, width: 20, height: 20 }, picture, SIDES).working).toEqual({
      width: 256,
      height: 256,
    });
    const large = planCrop({ x: 2000, y: 1000, width: 1000, height: 800 }, picture, SIDES);
    expect(large.scale).toBeCloseTo(2000 / 512, 6);
    expect(large.working).toEqual({ width: 512, height: 512 });
  });

  it('leans towards a source region far away, and keeps the hole in the crop', () => {
    const picture = { width: 6000, height: 4000 };
    const hole = { x: 5000, y: 3000, width: 100, height: 100 };
    const source = { x: 3500, y: 3000, width: 200, height: 200 };
    const { plan, cells } = planCropWithSource(hole, source, picture, SIDES, (candidate) =>
      contains(candidate.box, source) ? 100 : 0,
    );
    expect(cells).toBe(100);
    expect(contains(plan.box, hole)).toBe(true);
    expect(contains(rectOf(picture), plan.box)).toBe(true);
    expect(plan.scale).toBeLessThan(6);
  });

  it('keeps the closest crop when a wider one finds no more', () => {
    const picture = { width: 3000, height: 2000 };
    const hole = { x: 1000, y: 1000, width: 50, height: 50 };
    const source = { x: 990, y: 900, width: 40, height: 40 };
    const { plan, cells } = planCropWithSource(hole, source, picture, SIDES, () => 2);
    expect(cells).toBe(2);
    expect(plan).toEqual(planCrop(hole, picture, SIDES));
  });
});

function axes(box: Rect, picture: Size): [number, number, number][] {
  return [
    [box.x, box.width, picture.width],
    [box.y, box.height, picture.height],
  ];
}
