import fc from 'fast-check';
import { expect, test } from 'vitest';
import { luma, planesToSamples, sampleTo8, samplesToPlanes } from './planes';

test('samples come back from planes as they were, for 8 and 16 bit, with and without alpha', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(3 as const, 4 as const),
      fc.constantFrom(8 as const, 16 as const),
      fc.infiniteStream(fc.integer({ min: 0, max: 65_535 })),
      (width, height, channels, depth, numbers) => {
        const values = [...numbers.take(width * height * channels)];
        const samples = depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values, (value) => value >> 8);
        const planes = samplesToPlanes({ width, height, channels, depth, samples });
        expect(planes.every((value) => value >= -1 && value <= 1)).toBe(true);
        const back = planesToSamples(planes, { width, height }, depth);
        expect([...back]).toEqual([...samples].filter((_, i) => i % channels < 3));
      },
    ),
  );
});

test('a box is cut out at its place, plane by plane', () => {
  const samples = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i);
  const picture = { width: 4, height: 3, channels: 3, depth: 8, samples } as const;
  const planes = samplesToPlanes(picture, { x: 2, y: 1, width: 2, height: 2 });
  const at = (index: number) => Math.round((planes[index] + 1) * 127.5);
  expect([0, 1, 2, 3].map(at)).toEqual([18, 21, 30, 33]);
  expect([4, 5, 6, 7].map(at)).toEqual([19, 22, 31, 34]);
  expect(() => samplesToPlanes(picture, { x: 3, y: 0, width: 2, height: 1 })).toThrow(RangeError);
});

test('values outside [-1, 1] are clamped and values between samples rounded', () => {
  expect([...planesToSamples(Float32Array.of(-7, 3, 0), { width: 1, height: 1 }, 8)]).toEqual([0, 255, 128]);
  expect([...planesToSamples(Float32Array.of(-1, 1, 0), { width: 1, height: 1 }, 16)]).toEqual([0, 65_535, 32_768]);
});

test('8 bit survive the way over 16, and grey keeps its value as brightness', () => {
  for (let value = 0; value < 256; value++) {
    expect(sampleTo8(value * 257)).toBe(value);
    expect(luma(value, value, value)).toBe(value);
  }
  expect(luma(65_535, 65_535, 65_535)).toBe(65_535);
});
