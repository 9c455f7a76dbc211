import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitPlane } from './bit-plane';

it('crops to the pixels of the part, and to nothing where the plane has none', () => {
  const side = fc.integer({ min: 1, max: 40 });
  const part = fc.record({
    x: fc.integer({ min: -50, max: 50 }),
    y: fc.integer({ min: -8, max: 8 }),
    width: side,
    height: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(side, part, fc.uint8Array({ minLength: 30, maxLength: 30 }), (width, rect, bytes) => {
      const stride = (width + 7) >> 3;
      const plane = new BitPlane(width, 6, Uint8Array.from(bytes.subarray(0, 6 * stride)));
      const expected = new BitPlane(rect.width, rect.height);
      for (let y = 0; y < rect.height; y++)
        for (let x = 0; x < rect.width; x++) expected.set(x, y, plane.get(rect.x + x, rect.y + y));
      expect([...plane.crop(rect).bits]).toEqual([...expected.bits]);
    }),
    { numRuns: 500 },
  );
});
