import { expect, it } from 'vitest';
import { frameOf } from '../../shared/canvas-frame';
import { framedPicture } from './framed-picture';
import type { Picture } from './picture';

const ORIGIN = { path: '', format: 'png', grey: false, lossless: true } as const;

/** Samples count up, so each says where it was. */
function counted(width: number, height: number, channels: 3 | 4, depth: 8 | 16): Picture {
  const samples = new (depth === 8 ? Uint8Array : Uint16Array)(width * height * channels).map((_, i) => i + 1);
  return { width, height, channels, depth, samples, origin: ORIGIN };
}

const pixel = ({ samples, width, channels }: Picture, x: number, y: number) =>
  Array.from(samples.subarray((y * width + x) * channels, (y * width + x + 1) * channels));

it.each([
  [3, 8],
  [4, 8],
  [3, 16],
  [4, 16],
] as const)('keeps every pixel of the old picture where it lies, with %i channels of %i bit', (channels, depth) => {
  const old = counted(7, 5, channels, depth);
  for (const margins of [
    { left: 3, top: 2, right: 1, bottom: 4 },
    { left: -2, top: 3, right: 0, bottom: -1 },
    { left: -3, top: -1, right: -2, bottom: -2 },
  ]) {
    const frame = frameOf(old, margins);
    const framed = framedPicture(old, frame);
    for (let y = 0; y < framed.height; y++) {
      for (let x = 0; x < framed.width; x++) {
        const [u, v] = [x + frame.x, y + frame.y];
        const inside = u >= 0 && v >= 0 && u < old.width && v < old.height;
        const edge = pixel(old, Math.min(6, Math.max(0, u)), Math.min(4, Math.max(0, v)));
        if (!inside && channels === 4) edge[3] = 0;
        expect(pixel(framed, x, y)).toEqual(edge);
      }
    }
  }
});

it('is the very same picture where the canvas stays as it is', () => {
  const old = counted(7, 5, 3, 8);
  expect(framedPicture(old, { x: 0, y: 0, width: 7, height: 5 })).toBe(old);
});

it('says of a canvas that was changed twice what it covers of the file', () => {
  const once = framedPicture(counted(7, 5, 3, 8), { x: -2, y: 1, width: 9, height: 4 });
  expect(framedPicture(once, { x: 3, y: -1, width: 5, height: 5 }).origin.frame).toEqual({
    ...{ x: 1, y: 0 },
    ...{ width: 5, height: 5 },
  });
});
