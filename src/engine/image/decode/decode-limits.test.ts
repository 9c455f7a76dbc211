import { expect, test } from 'vitest';
import { decodeLimits, fitsMachine } from './decode-limits';

const MACHINE = 16 * 2 ** 30;
const PHOTO = { width: 6000, height: 4000 };
const LARGEST = { width: 30_000, height: 10_000 };

test('what a decode may take follows from what the file claims', () => {
  const header = decodeLimits(10e6, null, MACHINE);
  expect(header.seconds).toBe(35);
  const photo = decodeLimits(10e6, PHOTO, MACHINE);
  expect(photo.seconds).toBe(35 + 2 * 24);
  expect(photo.bytes - header.bytes).toBe(40 * 24e6);
  // The longest that anything can take.
  expect(decodeLimits(2 ** 31, LARGEST, MACHINE).seconds).toBeLessThan(30 * 60);
});

test('no claim is worth more than four fifths of the machine', () => {
  expect(decodeLimits(10e6, LARGEST, 4 * 2 ** 30).bytes).toBe(Math.round(0.8 * 4 * 2 ** 30));
});

test('what no decoder can hold is not begun', () => {
  expect(fitsMachine(LARGEST, MACHINE)).toBe(true);
  expect(fitsMachine(LARGEST, 2 ** 31)).toBe(false);
  expect(fitsMachine(PHOTO, 2 ** 31)).toBe(true);
});
