import { expect, test } from 'vitest';
import { encodePicture } from './encode-picture';
import { coloursOf } from './few-colours';
import { readPicture } from './read-picture';
import type { PictureFormat } from '../../shared/picture-formats';
import type { Sharp } from 'sharp';
import { sharp } from './sharp';
import { hasPalette } from './tiff-palette';
import { pipelineOf, testImage } from '../testing/pictures';

/** The picture with a fill of other colours in its middle, as it is read again. */
async function filled(file: Buffer, format: PictureFormat = 'png') {
  const picture = await readPicture(file);
  const { channels } = picture;
  const samples = picture.samples.slice();
  for (let y = 10; y < 20; y++) {
    for (let x = 10; x < 30; x++)
      samples.set([8 * x, 100, 140 - y, 255].slice(0, channels), channels * (y * picture.width + x));
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
    bytes,
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

/** Five colours in stripes, the last of them clear, if asked for. */
function stripes(channels: 3 | 4) {
  const colours = [
    [200, 30, 40, 255],
    [20, 160, 60, 255],
    [30, 40, 220, 255],
    [250, 240, 230, 255],
    [10, 20, 30, channels === 4 ? 0 : 255],
  ];
  const samples = Uint8Array.from({ length: 40 * 30 * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return colours[(pixel + Math.floor(pixel / 40)) % 5][i % channels];
  });
  return pipelineOf({ width: 40, height: 30, channels, samples });
}

test.each([
  ['GIF', 3, (of: Sharp) => of.gif({ dither: 0 })],
  ['GIF with a clear colour', 4, (of: Sharp) => of.gif({ dither: 0 })],
  ['PNG with a clear colour', 4, (of: Sharp) => of.png({ palette: true, dither: 0 })],
] as const)('a %s becomes a PNG with a palette of its colours', async (_, channels, encoded) => {
  const { colours, before, outside, header, about } = await filled(await encoded(stripes(channels)).toBuffer());
  expect(header).toEqual([4, 3]);
  expect(about.hasAlpha).toBe(channels === 4);
  expect(before).toHaveLength(5);
  expect(before).toEqual(expect.arrayContaining(colours));
  expect(outside).toBe(true);
});

test('a bitmap with a palette becomes a PNG with one', async () => {
  const head = Buffer.alloc(54 + 8);
  head.write('BM', 'latin1');
  for (const [at, value] of [
    [10, 62],
    [14, 40],
    [18, 40],
    [22, 30],
    [46, 2],
  ])
    head.writeUInt32LE(value, at);
  head.writeUInt32LE(0x00010001, 26);
  head.set([10, 200, 30, 0, 90, 20, 220, 0], 54);
  const { colours, before, header } = await filled(Buffer.concat([head, Buffer.alloc(30 * 8, 0b10010110)]));
  expect(header).toEqual([1, 3]);
  expect(before).toHaveLength(2);
  expect(before).toEqual(expect.arrayContaining(colours));
});

test('a TIFF with a palette stays one, with its profile, as a PNG of it does', async () => {
  const png = await stripes(3).withIccProfile('p3').png({ palette: true, dither: 0 }).toBuffer();
  const { bytes } = await encodePicture(await readPicture(png), (await readPicture(png)).samples, 'tiff');
  expect(hasPalette(bytes)).toBe(true);
  const again = await filled(bytes, 'tiff');
  expect(again.before).toHaveLength(5);
  expect(again).toMatchObject({ outside: true, about: { channels: 3 } });
  expect(again.before).toEqual(expect.arrayContaining(again.colours));
  expect(again.about.icc).toEqual((await sharp(png).metadata()).icc);
  expect(hasPalette(again.bytes)).toBe(true);
  expect((await filled(bytes, 'png')).header).toEqual([4, 3]);
});

test.each([2, 4] as const)('a grey picture of %d bits keeps them', async (bitdepth) => {
  const step = 255 / (2 ** bitdepth - 1);
  const samples = new Uint8Array(40 * 30).map((_, i) => ((i * 7) % 2 ** bitdepth) * step);
  const file = await pipelineOf({ width: 40, height: 30, channels: 1, samples }).tiff({ bitdepth }).toBuffer();
  expect((await filled(file)).header).toEqual([bitdepth, 0]);
  const { about, outside } = await filled(file, 'tiff');
  expect([about.bitsPerSample, about.channels, outside]).toEqual([bitdepth, 1, true]);
});

test('a grey picture that is stored as colour gets no tint', async () => {
  const { samples } = testImage(40, 30, 1);
  const grey = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => samples[Math.floor(i / 3)]);
  const file = await pipelineOf({ width: 40, height: 30, channels: 3, samples: grey }).png().toBuffer();
  const { colours } = await filled(file);
  for (const colour of colours) expect([(colour >> 8) & 255, colour & 255]).toEqual([colour >> 16, colour >> 16]);
});
