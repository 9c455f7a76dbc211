import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTensors, encodeTensors, fromHalf, toHalf } from './safetensors';

describe('safetensors files', () => {
  it('give back what was put in', () => {
    const tensors = {
      a: { shape: [2, 3], values: Float32Array.of(1, -2, 3e-30, 4e30, 0, -0) },
      'b.weight': { shape: [1], values: Float32Array.of(7) },
    };
    const file = decodeTensors(encodeTensors({ tensors, metadata: { step: '3' } }));
    expect(file.metadata).toEqual({ step: '3' });
    expect(file.tensors).toEqual(tensors);
  });

  it('refuse tensors that lie over each other, before any is decoded', () => {
    const values = 1000;
    const entry = { dtype: 'F32', shape: [values], data_offsets: [0, 4 * values] };
    const header = Buffer.from(JSON.stringify({ first: entry, again: entry }));
    const bytes = Buffer.concat([Buffer.alloc(8), header, Buffer.alloc(4 * values)]);
    bytes.writeBigUInt64LE(BigInt(header.length), 0);
    expect(() => decodeTensors(bytes)).toThrow('claim more values than it holds');
  });

  it('refuse what is cut off or is something else', () => {
    const bytes = encodeTensors({ tensors: { a: { shape: [4], values: new Float32Array(4) } }, metadata: {} });
    expect(() => decodeTensors(bytes.subarray(0, bytes.length - 1))).toThrow('cut off');
    expect(() => decodeTensors(bytes.subarray(0, 20))).toThrow('header');
    expect(() => decodeTensors(new Uint8Array(4))).toThrow('too short');
    expect(() => decodeTensors(new Uint8Array(64).fill(255))).toThrow('header');
  });
});

describe('half precision', () => {
  it('knows the numbers of IEEE 754', () => {
    const known: [number, number][] = [
      [0, 0],
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [2 ** -14, 0x0400],
      [2 ** -24, 0x0001],
      [0.333251953125, 0x3555],
    ];
    for (const [value, bits] of known) {
      expect(toHalf(value)).toBe(bits);
      expect(fromHalf(bits)).toBe(value);
    }
    expect(toHalf(1e6)).toBe(0x7c00);
    expect(fromHalf(0x7c00)).toBe(Infinity);
  });

  it('rounds to within half a step, and back to itself', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const rounded = fromHalf(toHalf(value));
        expect(Math.abs(rounded - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
        expect(fromHalf(toHalf(rounded))).toBe(rounded);
      }),
    );
  });
});
