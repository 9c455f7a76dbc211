import { expect, test } from 'vitest';
import { encodePicture } from './encode-picture';
import { coloursOf } from './few-colours';
import { readPicture } from './read-picture';
import type { PictureFormat } from '../../shared/picture-formats';
import { sharp } from './sharp';
import { pipelineOf, testImage } from '../testing/pictures';

/** The picture with a fill of other colours in its middle, as it is read again. */
async function filled(file: Buffer, format: PictureFormat = 'png') {
  const picture = await readPicture(file);
  const samples = picture.samples.slice();
  for (let y = 10; y < 20; y++) {
    for (let x = 10; x < 30; x++) samples.set([8 * x, 100, 140 - y], picture.channels * (y * picture.width + x));
  }
  const { bytes } = await encodePicture(picture, samples, format);
  const again = await readPicture(bytes);
  const row = 5 * picture.width * picture.channels;
  const outside = again.samples.subarray(0, row).every((sample, at) => sample === picture.samples[at]);
  return {
    colours: [...(coloursOf(again) ?? [])].sort((a, b) => a - b),
    before: [...(coloursOf(picture) ?? [])],
    outside,
    /** Bits a pixel and colour type (0 grey, 3 palette) of a PNG. */
    header: [...bytes.subarray(24, 26)],
    about: await sharp(bytes).metadata(),
  };
}

test('a picture of one bit keeps its two values', async () => {
  const bits = new Uint8Array(40 * 30).map((_, i) => ((i * 7) % 11 < 5 ? 255 : 0));
  const file = await pipelineOf({ width: 40, height: 30, channels: 1, samples: bits })
    .tiff({ bitdepth: 1, compression: 'ccittfax4' })
    .toBuffer();
  expect(await filled(file)).toMatchObject({ colours: [0, 0xffffff], outside: true, header: [1, 0] });
  const { about, colours, outside } = await filled(file, 'tiff');
  expect({ bits: about.bitsPerSample, colours, outside }).toEqual({
    bits: 1,
    colours: [0, 0xffffff],
    outside: true,
  });
});

test.each([
  { colours: 8, bits: 4 },
  { colours: 200, bits: 8 },
])('a picture with a palette of $colours keeps to its colours and its profile', async ({ colours: most, bits }) => {
  const file = await pipelineOf(testImage(41, 30, 3))
    .withIccProfile('p3')
    .png({ palette: true, colours: most, dither: 0 })
    .toBuffer();
  expect((await sharp(file).metadata()).isPalette).toBe(true);
  const { colours, before, outside, header, about } = await filled(file);
  expect(header).toEqual([bits, 3]);
  expect(about.icc).toBeDefined();
  expect(before.length).toBeGreaterThan(4);
  expect(before).toEqual(expect.arrayContaining(colours));
  expect(outside).toBe(true);
});

test('a grey picture that is stored as colour gets no tint', async () => {
  const { samples } = testImage(40, 30, 1);
  const grey = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => samples[Math.floor(i / 3)]);
  const file = await pipelineOf({ width: 40, height: 30, channels: 3, samples: grey }).png().toBuffer();
  const { colours } = await filled(file);
  for (const colour of colours) expect([(colour >> 8) & 255, colour & 255]).toEqual([colour >> 16, colour >> 16]);
});
