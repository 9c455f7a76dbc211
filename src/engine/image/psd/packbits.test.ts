import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packedBound, packRow, unpackRow } from './packbits';

it('rows come back as they were, and never grow beyond the bound', () => {
  const bytes = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 300 })), { maxLength: 12 });
  fc.assert(
    fc.property(bytes, fc.uint8Array({ maxLength: 400 }), (runs, noise) => {
      const row = Uint8Array.from([
        ...runs.flatMap(([value, count]) => new Array<number>(count).fill(value)),
        ...noise,
      ]);
      const packed = new Uint8Array(packedBound(row.length));
      const length = packRow(row, packed);
      expect(length).toBeLessThanOrEqual(packed.length);
      const back = new Uint8Array(row.length);
      expect(unpackRow(packed.subarray(0, length), back)).toBe(true);
      expect(back).toEqual(row);
    }),
  );
});

it('are packed as the example of the specification', () => {
  // Technical Note TN1023, "Understanding PackBits".
  const packed = [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa];
  const row = [0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22].concat(
    new Array<number>(10).fill(0xaa),
  );
  const to = new Uint8Array(packedBound(row.length));
  expect([...to.subarray(0, packRow(Uint8Array.from(row), to))]).toEqual(packed);
  const back = new Uint8Array(row.length);
  expect(unpackRow(Uint8Array.from(packed), back)).toBe(true);
  expect([...back]).toEqual(row);
});

it.each([
  ['too short', [0x02, 1, 2]],
  ['too long', [0x81, 7]],
  ['a run without its byte', [0xfe]],
])('a row that is %s is refused', (_, packed) => {
  expect(unpackRow(Uint8Array.from(packed), new Uint8Array(3))).toBe(false);
});
