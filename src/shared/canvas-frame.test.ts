import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { borderPlane, checkFrame, frameOf, frameOfAspect, marginsOf } from './canvas-frame';

const side = fc.integer({ min: 1, max: 20 });
const margin = fc.integer({ min: -9, max: 12 });

it('puts every pixel of a plane where its place lies on the new canvas, and nothing elsewhere', () => {
  fc.assert(
    fc.property(side, side, margin, margin, margin, margin, fc.infiniteStream(fc.boolean()), (w, h, l, t, r, b, on) => {
      const plane = new BitPlane(w, h);
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) plane.set(x, y, on.next().value === true);
      const frame = frameOf(plane, { left: l, top: t, right: r, bottom: b });
      fc.pre(frame.width > 0 && frame.height > 0);
      const moved = plane.crop(frame);
      const expected = new BitPlane(frame.width, frame.height);
      for (let y = 0; y < moved.height; y++)
        for (let x = 0; x < moved.width; x++) expected.set(x, y, plane.get(x + frame.x, y + frame.y));
      expect(moved.equals(expected)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('takes the border for what the old picture does not reach', () => {
  const border = borderPlane(
    { width: 10, height: 6 },
    frameOf({ width: 10, height: 6 }, { left: 3, top: -2, right: 0, bottom: 1 }),
  );
  expect([border.width, border.height]).toEqual([13, 5]);
  expect(border.count()).toBe(3 * 5 + 10);
  expect(border.get(3, 3)).toBe(false);
  expect(border.get(3, 4)).toBe(true);
});

it('finds the margins again that a frame was made of', () => {
  const size = { width: 30, height: 20 };
  const margins = { left: 3, top: -2, right: 7, bottom: 0 };
  expect(marginsOf(size, frameOf(size, margins))).toEqual(margins);
});

it('holds all of the picture in a canvas of another aspect', () => {
  expect(frameOfAspect({ width: 300, height: 200 }, 1)).toEqual({ x: 0, y: -50, width: 300, height: 300 });
  expect(frameOfAspect({ width: 300, height: 200 }, 16 / 9)).toEqual({ x: -28, y: 0, width: 356, height: 200 });
});

it.each([
  ['canvas-nothing-left', { left: -30, top: 0, right: 5, bottom: 0 }],
  ['canvas-nothing-left', { left: -20, top: 0, right: -20, bottom: 0 }],
  ['canvas-too-large', { left: 300, top: 0, right: 0, bottom: 0 }],
] as const)('refuses a canvas: %s', (reason, margins) => {
  const size = { width: 30, height: 20 };
  const check = () => checkFrame(size, frameOf(size, margins));
  expect(check).toThrowError(expect.objectContaining({ reason: expect.objectContaining({ id: reason }) as object }));
});
