import { describe, expect, it } from 'vitest';
import { furnished } from '../testing/pictures';
import { readPicture } from './read-picture';
import { screenPicture } from './screen-picture';
import { rawSamples, sharp } from './sharp';

describe('a picture for the clipboard', () => {
  it.each([8, 16] as const)(
    'of %i bit in Display P3 is 8 bit in sRGB, without profile and camera data',
    async (depth) => {
      const file = await furnished('png', 4, depth, 1);
      const picture = await readPicture(file);
      const copied = await screenPicture(picture, picture.samples);
      const about = await sharp(copied).metadata();
      expect(about).toMatchObject({
        format: 'png',
        width: picture.width,
        height: picture.height,
        channels: 4,
        depth: 'uchar',
      });
      expect([about.icc, about.exif]).toEqual([undefined, undefined]);
      // As the library shows the file itself.
      const shown = await rawSamples(sharp(file).pipelineColourspace('srgb').toColourspace('srgb'), 8);
      const now = await rawSamples(sharp(copied), 8);
      const apart = now.samples.map((value, i) => Math.abs(value - (shown.samples[i] ?? 0)));
      expect(Math.max(...apart)).toBeLessThanOrEqual(1);
      const plain = await rawSamples(sharp(file, { ignoreIcc: true }).toColourspace('srgb'), 8);
      expect(
        Math.max(...now.samples.map((value, i) => Math.abs(value - (plain.samples[i] ?? 0)))),
        'colours were converted',
      ).toBeGreaterThan(5);
    },
  );
});
