import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { drawPatch, patchCovers } from './plane-patch';

it('a patch is drawn where it lies, on or off, whatever its padding holds', () => {
  const place = fc.record({
    x: fc.integer({ min: 0, max: 20 }),
    y: fc.integer({ min: 0, max: 9 }),
    width: fc.integer({ min: 1, max: 29 }),
    height: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(place, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), fc.boolean(), (box, bytes, on) => {
      const bits = Uint8Array.from({ length: ((box.width + 7) >> 3) * box.height }, () => Number(bytes.next().value));
      const part = new BitPlane(box.width, box.height, bits.slice());
      const plane = new BitPlane(50, 17);
      plane.fill(!on);
      const expected = plane.clone();
      expected.combine(part, on ? 'or' : 'and-not', box.x, box.y);
      drawPatch(plane, { box, bits }, on);
      expect(plane.equals(expected)).toBe(true);
    }),
  );
});

it('a patch covers the places whose pixels it draws, and none outside its box', () => {
  const coordinate = fc.double({ min: -2, max: 14, noNaN: true });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), coordinate, coordinate, (bits, x, y) => {
      const patch = { box: { x: 1, y: 2, width: 11, height: 5 }, bits: Uint8Array.from(bits) };
      const plane = new BitPlane(13, 9);
      drawPatch(plane, patch, true);
      expect(patchCovers(patch, { x, y })).toBe(plane.get(Math.floor(x), Math.floor(y)));
    }),
  );
});

it('a patch that reaches over the edge is refused', () => {
  const plane = new BitPlane(10, 10);
  const patch = { box: { x: 4, y: 0, width: 8, height: 1 }, bits: new Uint8Array(1) };
  expect(() => drawPatch(plane, patch, true)).toThrow('edge');
});
