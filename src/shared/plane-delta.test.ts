import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { applyDelta, planePatchOf, recordChange } from './plane-delta';
import { planePatchSchema } from './protocol/values';

const rect = fc.record({
  x: fc.integer({ min: -20, max: 220 }),
  y: fc.integer({ min: -20, max: 160 }),
  width: fc.integer({ min: 1, max: 240 }),
  height: fc.integer({ min: 1, max: 180 }),
});

function planeOf(
  width: number,
  height: number,
  rects: readonly { x: number; y: number; width: number; height: number }[],
) {
  const plane = new BitPlane(width, height);
  rects.forEach((r, i) => plane.fillRect(r, i % 3 !== 2));
  return plane;
}

describe('the difference of two planes', () => {
  it('turns each state into the other, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 5 }), rect, fc.boolean(), (rects, change, on) => {
        const plane = planeOf(203, 141, rects);
        const before = plane.clone();
        const delta = recordChange(plane, change, () => plane.fillRect(change, on));
        const after = plane.clone();
        applyDelta(plane, delta);
        expect(plane.equals(before)).toBe(true);
        applyDelta(plane, delta);
        expect(plane.equals(after)).toBe(true);
      }),
    );
  });

  it('is empty and free when nothing changed', () => {
    const plane = planeOf(100, 100, [{ x: 10, y: 10, width: 50, height: 50 }]);
    const delta = recordChange(plane, { x: 0, y: 0, width: 100, height: 100 }, () =>
      plane.fillRect({ x: 20, y: 20, width: 5, height: 5 }, true),
    );
    expect(delta.bytes).toBe(0);
    expect(delta.box).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });

  it('costs what a stroke covers, not its box', () => {
    const plane = new BitPlane(8000, 8000);
    const delta = recordChange(plane, { x: 0, y: 0, width: 8000, height: 8000 }, () => {
      for (let i = 0; i < 8000; i++) plane.set(i, i, true);
    });
    expect(delta.bytes).toBe(125 * 512);
  });
});

describe('a plane as a message', () => {
  it('passes the schema and gives the same pixels back', () => {
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 4 }), (rects) => {
        const plane = planeOf(203, 141, rects);
        const patch = planePatchOf(plane);
        if (!patch) {
          expect(plane.isEmpty()).toBe(true);
          return;
        }
        expect(planePatchSchema.safeParse(patch).success).toBe(true);
        const back = new BitPlane(203, 141);
        back.combine(new BitPlane(patch.box.width, patch.box.height, patch.bits), 'or', patch.box.x, patch.box.y);
        expect(back.equals(plane)).toBe(true);
      }),
    );
  });
});
