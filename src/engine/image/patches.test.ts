import { expect, test } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { applyPatches, cropSamples } from './patches';
import type { Patch, Picture } from './picture';
import { countDifferences, testImage, testPatch } from '../testing/pictures';

function pictureOf(width: number, height: number, channels: 3 | 4, depth: 8 | 16 = 8, grey = false): Picture {
  const { samples } = testImage(width, height, channels, depth);
  return { width, height, channels, depth, samples, origin: { path: '', format: 'png', grey, lossless: true } };
}

function fullPatch(box: Patch['box'], colour: readonly number[], depth: 8 | 16 = 8): Patch {
  const hole = new BitPlane(box.width, box.height);
  hole.fill(true);
  const values = Array.from({ length: box.width * box.height }, () => colour).flat();
  return { box, depth, samples: depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values), hole };
}

test('samples change inside the hole only, and the picture itself does not', () => {
  for (const depth of [8, 16] as const) {
    const picture = pictureOf(30, 20, 3, depth);
    const before = picture.samples.slice();
    const patch = testPatch({ x: 5, y: 4, width: 11, height: 9 }, depth);
    const result = applyPatches(picture, [patch]);
    expect(picture.samples).toEqual(before);
    expect(countDifferences(picture, result, patch)).toEqual({ outside: 0, inside: patch.hole.count() * 3 });
  }
});

test('the last patch lies on top', () => {
  const box = { x: 1, y: 1, width: 1, height: 1 };
  const result = applyPatches(pictureOf(3, 3, 3), [fullPatch(box, [1, 2, 3]), fullPatch(box, [4, 5, 6])]);
  expect([...result.slice(12, 15)]).toEqual([4, 5, 6]);
});

test('the part of a patch outside the picture is ignored', () => {
  const picture = pictureOf(4, 4, 3);
  const result = applyPatches(picture, [fullPatch({ x: 3, y: 3, width: 5, height: 5 }, [9, 8, 7])]);
  expect([...result.slice(-3)]).toEqual([9, 8, 7]);
  expect(result.slice(0, -3)).toEqual(picture.samples.slice(0, -3));
});

test('a filled pixel is as opaque as its patch, whatever was there', () => {
  const picture = {
    ...pictureOf(4, 1, 4),
    samples: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 128, 0, 0, 0, 255),
  };
  const patch = fullPatch({ x: 0, y: 0, width: 4, height: 1 }, [1, 2, 3]);
  const opaque = [1, 2, 3, 255];
  expect([...applyPatches(picture, [patch])]).toEqual([opaque, opaque, opaque, opaque].flat());
  const soft = applyPatches(picture, [{ ...patch, alpha: Uint8Array.of(255, 128, 102, 255) }]);
  expect([3, 7, 11, 15].map((at) => soft[at])).toEqual([255, 128, 102, 255]);
});

test('on a grey picture a patch counts by its brightness', () => {
  const result = applyPatches(pictureOf(1, 1, 3, 8, true), [
    fullPatch({ x: 0, y: 0, width: 1, height: 1 }, [255, 0, 0]),
  ]);
  expect([...result]).toEqual([53, 53, 53]);
});

test('a patch of another depth is scaled', () => {
  const box = { x: 0, y: 0, width: 1, height: 1 };
  expect([...applyPatches(pictureOf(1, 1, 3, 16), [fullPatch(box, [255, 1, 0])])]).toEqual([65_535, 257, 0]);
  expect([...applyPatches(pictureOf(1, 1, 3, 8), [fullPatch(box, [65_535, 257, 100], 16)])]).toEqual([255, 1, 0]);
});

test('a patch of half opacity is mixed with what lies below, at both depths, and touches nothing else', () => {
  for (const depth of [8, 16] as const) {
    const picture = pictureOf(30, 20, 3, depth);
    const patch = testPatch({ x: 5, y: 4, width: 11, height: 9 }, depth);
    const all = applyPatches(picture, [patch]);
    const half = applyPatches(picture, [{ ...patch, opacity: 0.5 }]);
    half.forEach((sample, i) => {
      const expected = picture.samples[i] === all[i] ? all[i] : Math.round((picture.samples[i] + all[i]) / 2);
      expect(sample).toBe(expected);
    });
    expect(countDifferences(picture, half, patch).outside).toBe(0);
    expect(applyPatches(picture, [{ ...patch, opacity: 0 }])).toEqual(picture.samples);
    expect(applyPatches(picture, [{ ...patch, opacity: 1 }])).toEqual(all);
  }
});

test('over a see-through pixel a patch of half opacity is half opaque, and its colour is its own', () => {
  const picture = { ...pictureOf(2, 1, 4), samples: Uint8Array.of(200, 0, 0, 0, 200, 0, 0, 255) };
  const patch = { ...fullPatch({ x: 0, y: 0, width: 2, height: 1 }, [100, 50, 0]), opacity: 0.5 };
  expect([...applyPatches(picture, [patch])]).toEqual([100, 50, 0, 128, 150, 25, 0, 255]);
});

test('a crop is what the whole would show there', () => {
  const picture = pictureOf(30, 20, 4);
  const patches = [testPatch({ x: 2, y: 2, width: 12, height: 12 }), testPatch({ x: 8, y: 5, width: 15, height: 9 })];
  const whole = applyPatches(picture, patches);
  const box = { x: 6, y: 3, width: 10, height: 8 };
  const crop = cropSamples(picture, box, patches);
  const expected = Array.from({ length: box.height }, (_, y) => {
    const from = ((box.y + y) * 30 + box.x) * 4;
    return [...whole.slice(from, from + box.width * 4)];
  }).flat();
  expect([...crop.samples]).toEqual(expected);
  expect(() => cropSamples(picture, { x: 25, y: 0, width: 6, height: 1 })).toThrow(RangeError);
});
