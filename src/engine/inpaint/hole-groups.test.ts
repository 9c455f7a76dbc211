import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { contains, type Rect, rectOf } from '../../shared/geometry';
import { planCrop, workingSides } from './crop-plan';
import { groupHoles, type HoleGroup } from './hole-groups';

const SIDES = workingSides(512, 8);

function group(hole: BitPlane): HoleGroup[] {
  return groupHoles(hole, (box: Rect) => {
    const { scale, working } = planCrop(box, hole, SIDES);
    return { scale, area: working.width * working.height };
  });
}

function planeWith(width: number, height: number, ...rects: [number, number, number, number][]): BitPlane {
  const plane = new BitPlane(width, height);
  for (const [x, y, w, h] of rects) plane.fillRect({ x, y, width: w, height: h }, true);
  return plane;
}

describe('grouping holes', () => {
  it('gives every hole pixel to exactly one group', () => {
    const rect = fc.tuple(
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
    );
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 12 }), fc.integer({ min: 1, max: 1601 }), (rects, width) => {
        const hole = planeWith(width, 1003, ...rects);
        const covered = new BitPlane(width, 1003);
        let pixels = 0;
        for (const { box, hole: part } of group(hole)) {
          expect(contains(rectOf(hole), box)).toBe(true);
          expect(box.x % 8).toBe(0);
          pixels += part.count();
          covered.combine(part, 'or', box.x, box.y);
        }
        expect(pixels).toBe(hole.count());
        expect(covered.equals(hole)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing in an empty plane', () => {
    expect(group(new BitPlane(100, 100))).toEqual([]);
  });

  it('keeps holes that are far apart separate', () => {
    const groups = group(planeWith(4000, 3000, [100, 100, 50, 50], [3000, 2500, 60, 60]));
    expect(groups.map(({ box }) => box.y)).toEqual([100, 2500]);
  });

  it('fills holes next to each other in one crop', () => {
    expect(group(planeWith(4000, 3000, [100, 100, 30, 30], [150, 100, 30, 30], [100, 160, 20, 20]))).toHaveLength(1);
  });

  it('cuts a scratch across a large picture, so that every piece is worked on at full size', () => {
    const hole = new BitPlane(6000, 4000);
    for (let x = 0; x < 6000; x++) hole.fillRect({ x, y: Math.floor(x / 2), width: 1, height: 12 }, true);
    const groups = group(hole);
    expect(groups.length).toBeGreaterThan(8);
    for (const { box } of groups) expect(planCrop(box, hole, SIDES).scale).toBe(1);
  });

  it('does not cut a large solid hole', () => {
    expect(group(planeWith(6000, 4000, [1000, 1000, 2000, 1500]))).toHaveLength(1);
  });

  it('takes a plane full of specks without one crop for each', () => {
    const hole = new BitPlane(4000, 4000);
    for (let y = 0; y < 4000; y += 100) for (let x = 0; x < 4000; x += 100) hole.set(x, y, true);
    const groups = group(hole);
    expect(groups.length).toBeLessThan(600);
    expect(groups.reduce((sum, { hole: part }) => sum + part.count(), 0)).toBe(1600);
  });
});
