import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uprightExif, withoutExifPrefix } from './exif';

/**
 * A block with orientation 6, a size of 7 x 5 in the Exif directory, maker notes nobody can read, and a thumbnail.
 * Laid out by hand: directory at 8, Exif directory at 64, thumbnail directory at 112, its bytes at 150.
 */
function handMade(little: boolean): Uint8Array {
  const bytes = Buffer.alloc(170, 0xab);
  const u16 = (value: number, at: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at));
  const directory = (
    at: number,
    next: number,
    entries: readonly (readonly [tag: number, type: 3 | 4, value: number])[],
  ) => {
    u16(entries.length, at);
    entries.forEach(([tag, type, value], i) => {
      u16(tag, at + 2 + 12 * i);
      u16(type, at + 4 + 12 * i);
      u32(1, at + 6 + 12 * i);
      if (type === 3) u16(value, at + 10 + 12 * i);
      else u32(value, at + 10 + 12 * i);
    });
    u32(next, at + 2 + 12 * entries.length);
  };
  bytes.write(little ? 'II' : 'MM', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  directory(8, 112, [
    [0x0112, 3, 6],
    [0x8769, 4, 64],
  ]);
  directory(64, 0, [
    [0xa002, 4, 7],
    [0xa003, 3, 5],
  ]);
  directory(112, 0, [
    [0x0201, 4, 150],
    [0x0202, 4, 12],
  ]);
  return Uint8Array.from(bytes);
}

test('only orientation, size and thumbnail change, in either byte order', () => {
  for (const little of [true, false]) {
    const before = handMade(little);
    const after = uprightExif(before, { width: 5, height: 7 });
    if (!after) throw new TypeError('it can be read');
    const view = new DataView(after.buffer);
    expect(view.getUint16(18, little)).toBe(1);
    expect(view.getUint32(74, little)).toBe(5);
    expect(view.getUint16(86, little)).toBe(7);
    expect(view.getUint32(34, little)).toBe(0);
    expect([...after.subarray(150, 162)]).toEqual(Array.from({ length: 12 }, () => 0));
    const allowed = new Set([
      18,
      19,
      34,
      35,
      36,
      37,
      74,
      75,
      76,
      77,
      86,
      87,
      ...Array.from({ length: 12 }, (_, i) => 150 + i),
    ]);
    after.forEach((byte, at) => {
      if (!allowed.has(at)) expect(byte).toBe(before[at]);
    });
    expect(before).toEqual(handMade(little));
  }
});

test('a broken block is refused or left in peace, never an exception', () => {
  expect(uprightExif(new Uint8Array(3), { width: 1, height: 1 })).toBeNull();
  expect(uprightExif(Buffer.from('neither II nor MM'), { width: 1, height: 1 })).toBeNull();
  fc.assert(
    fc.property(fc.nat(169), fc.integer({ min: 0, max: 255 }), fc.nat(170), (at, value, length) => {
      const block = handMade(at % 2 === 0);
      block[at] = value;
      const result = uprightExif(block.subarray(0, length), { width: 3, height: 4 });
      expect(result === null || result.length === length).toBe(true);
    }),
  );
});

test('the prefix is taken off where there is one', () => {
  const block = handMade(true);
  expect(withoutExifPrefix(Buffer.concat([Buffer.from('Exif\0\0'), block]))).toEqual(block);
  expect(withoutExifPrefix(block)).toEqual(block);
});
