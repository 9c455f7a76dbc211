import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { planeOf } from './plane-patches';

const picture = { width: 45, height: 19 };

/** A part of the picture with random bits, padding and all. */
const parts = fc
  .record({
    x: fc.integer({ min: 0, max: picture.width - 1 }),
    y: fc.integer({ min: 0, max: picture.height - 1 }),
    width: fc.integer({ min: 1, max: picture.width }),
    height: fc.integer({ min: 1, max: picture.height }),
  })
  .map((box) => ({
    ...box,
    width: Math.min(box.width, picture.width - box.x),
    height: Math.min(box.height, picture.height - box.y),
  }))
  .chain((box) => {
    const length = ((box.width + 7) >> 3) * box.height;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bits) => ({ box, bits: Uint8Array.from(bits) }));
  });

describe('a part of a plane from the window', () => {
  it('lands on exactly its pixels of the picture', () => {
    fc.assert(
      fc.property(parts, ({ box, bits }) => {
        const plane = planeOf(picture, { box, bits });
        const expected = new BitPlane(picture.width, picture.height);
        expected.combine(new BitPlane(box.width, box.height, bits.slice()), 'or', box.x, box.y);
        expect(plane.equals(expected)).toBe(true);
      }),
    );
  });

  it('must lie inside the picture', () => {
    const box = { x: 40, y: 0, width: 6, height: 1 };
    expect(() => planeOf(picture, { box, bits: Uint8Array.of(1) })).toThrow('reaches over the edge');
  });
});
