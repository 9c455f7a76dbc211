import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { insertPngChunk, replaceExif } from './containers';
import { encodePicture } from './encode-picture';
import { uprightExif, withoutExifPrefix, withoutExifPreviews } from './exif';
import { applyPatches } from './patches';
import type { Picture } from './picture';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import {
  countDifferences,
  furnished,
  pipelineOf,
  temporaryFolder,
  testImage,
  testPatch,
  XMP,
} from '../testing/pictures';
import { writePicture } from './write-picture';

test.each([
  ['png', 3, 8],
  ['png', 4, 8],
  ['png', 3, 16],
  ['png', 4, 16],
  ['tiff', 3, 8],
  ['tiff', 4, 8],
  ['tiff', 3, 16],
  ['tiff', 4, 16],
  ['webp', 3, 8],
  ['webp', 4, 8],
] as const)(
  '%s with %i channels of %i bit: outside the hole the written file has the very samples',
  async (format, channels, depth) => {
    const folder = await temporaryFolder();
    const source = join(folder, `in.${format}`);
    await writeFile(source, await furnished(format, channels, depth));
    const picture = await readPicture(source);
    const patch = testPatch({ x: 3, y: 5, width: 15, height: 12 }, depth);
    const samples = applyPatches(picture, [patch]);
    const written = await writePicture(picture, samples, join(folder, `out.${format}`));
    expect(written).toMatchObject({ format, notes: [] });
    const again = await readPicture(written.path);
    expect(again).toMatchObject({ width: 23, height: 37, channels, depth });
    expect(again.samples).toEqual(samples);
    expect(countDifferences(picture, again.samples, patch).outside).toBe(0);
  },
);

test.each(['png', 'tiff'] as const)(
  'grey %s stays grey, with and without alpha, of 8 and of 16 bit',
  async (format) => {
    for (const channels of [1, 2]) {
      for (const depth of [8, 16] as const) {
        const bytes = await pipelineOf(testImage(13, 9, channels, depth))
          [format](format === 'tiff' ? { compression: 'lzw' } : {})
          .toBuffer();
        const picture = await readPicture(bytes);
        const samples = applyPatches(picture, [testPatch({ x: 2, y: 2, width: 6, height: 5 }, depth)]);
        const encoded = await encodePicture(picture, samples, format);
        expect(await sharp(encoded.bytes).metadata()).toMatchObject({
          channels,
          space: depth === 16 ? 'grey16' : 'b-w',
        });
        expect((await readPicture(encoded.bytes)).samples).toEqual(samples);
      }
    }
  },
);

test.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)(
  '%s keeps profile, XMP, density and EXIF, upright or, in its own JPEG, as it is stored',
  async (format) => {
    const before = await furnished(format, 3, 8);
    const old = await sharp(before).metadata();
    const picture = await readPicture(before);
    const encoded = await encodePicture(picture, picture.samples, format);
    const fresh = await sharp(encoded.bytes).metadata();
    const asStored = format === 'jpeg';
    expect(fresh).toMatchObject(asStored ? { width: 37, height: 23 } : { width: 23, height: 37 });
    expect(old.icc && fresh.icc?.equals(old.icc)).toBe(true);
    expect(fresh.xmp?.toString()).toBe(asStored ? XMP : XMP.replace('Orientation="6"', 'Orientation="1"'));
    expect(fresh.orientation ?? 1).toBe(asStored ? 6 : 1);
    if (format !== 'webp' && format !== 'avif') expect(fresh.density).toBe(300);
    if (format === 'tiff') return;
    expect(fresh.exif?.toString('latin1')).toContain('Lovelace');
    if (format === 'avif' || !old.exif || !fresh.exif) return;
    const block = withoutExifPrefix(old.exif);
    const expected = asStored ? withoutExifPreviews(block) : uprightExif(block, picture);
    expect(withoutExifPrefix(fresh.exif)).toEqual(expected);
  },
);

test.each(['jpeg', 'png', 'webp'] as const)(
  '%s keeps EXIF that the library would not understand, byte for byte',
  async (format) => {
    const plain = await furnished(format, 3, 8, 1);
    const old = (await sharp(plain).metadata()).exif;
    if (!old) throw new TypeError('it has EXIF');
    const strange = Buffer.concat([
      withoutExifPrefix(old),
      Buffer.from('maker notes at the end, pointed to from nowhere'),
    ]);
    const picture = await readPicture(replaceExif(plain, format, strange));
    const encoded = await encodePicture(picture, picture.samples, format);
    const fresh = (await sharp(encoded.bytes).metadata()).exif;
    expect(fresh && withoutExifPrefix(fresh)).toEqual(
      format === 'jpeg' ? withoutExifPreviews(strange) : uprightExif(strange, picture),
    );
    expect(fresh?.toString('latin1')).toContain('pointed to from nowhere');
  },
);

test('on request everything personal is left out, and the profile still kept', async () => {
  const picture = await readPicture(await furnished('jpeg', 3, 8));
  const { bytes } = await encodePicture(picture, picture.samples, 'jpeg', { keepMetadata: false });
  const about = await sharp(bytes).metadata();
  expect(about.exif?.toString('latin1')).not.toContain('Lovelace');
  expect(about.orientation).toBe(6);
  expect(about.xmp).toBeUndefined();
  expect(about.icc).toBeDefined();
});

test('a grey profile stays with a grey picture', async () => {
  const plain = await pipelineOf(testImage(8, 8, 1))
    .png()
    .toBuffer();
  const profile = greyProfile();
  const payload = Buffer.concat([Buffer.from('grey\0\0', 'latin1'), deflateSync(profile)]);
  const picture = await readPicture(insertPngChunk(plain, 'iCCP', payload));
  expect(picture.origin).toMatchObject({ grey: true, metadata: { hasProfile: true } });
  const { bytes } = await encodePicture(picture, picture.samples, 'png');
  const about = await sharp(bytes).metadata();
  expect(about).toMatchObject({ channels: 1 });
  expect(about.icc?.equals(profile)).toBe(true);
  expect((await readPicture(bytes)).samples).toEqual(picture.samples);
});

test('JPEG keeps quality, subsampling, scans and, where nothing changed, every sample', async () => {
  for (const chromaSubsampling of ['4:2:0', '4:4:4'] as const) {
    const image = testImage(64, 48, 3);
    const options = { quality: 77, chromaSubsampling, progressive: chromaSubsampling === '4:2:0' };
    const picture = await readPicture(await pipelineOf(image).jpeg(options).toBuffer());
    expect(picture.origin).toMatchObject({ quality: 77, encoding: { chromaSubsampling } });
    const { bytes } = await encodePicture(picture, picture.samples, 'jpeg');
    expect(await sharp(bytes).metadata()).toMatchObject({ chromaSubsampling, isProgressive: options.progressive });
    const again = await readPicture(bytes);
    expect(again.origin.quality).toBe(77);
    expect(again.samples).toEqual(picture.samples);
  }
});

test('what a format cannot hold is said', async () => {
  const picture = await readPicture(await furnished('png', 3, 16, 1));
  const jpeg = await encodePicture(picture, picture.samples, 'jpeg');
  expect(jpeg.notes).toEqual(['JPEG holds 8 bits of the 16.']);
  const shown = await readPicture(jpeg.bytes);
  const distances = Array.from(shown.samples, (value, i) => Math.abs(value - (picture.samples[i] >> 8)));
  expect(Math.max(...distances)).toBeLessThan(40);
  expect((await encodePicture(picture, picture.samples, 'avif')).notes).toEqual(['AVIF holds 12 bits of the 16.']);
  const tiff = await encodePicture(picture, picture.samples, 'tiff');
  expect(tiff.notes).toEqual(["The camera's own notes in its EXIF data are not written to TIFF."]);
  expect((await readPicture(tiff.bytes)).samples).toEqual(picture.samples);
});

test('transparent pixels are refused for JPEG unless a matte is given; opaque alpha is dropped', async () => {
  const samples = Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 255);
  const picture = await readPicture(await pipelineOf({ width: 2, height: 1, channels: 4, samples }).png().toBuffer());
  await expect(encodePicture(picture, picture.samples, 'jpeg')).rejects.toMatchObject({ code: 'format-unsupported' });
  const matte = [255, 255, 255] as const;
  const laid = await readPicture(
    (await encodePicture(picture, picture.samples, 'jpeg', { matte, quality: 100 })).bytes,
  );
  expect(laid.channels).toBe(3);
  expect(laid.samples[1]).toBeGreaterThan(245);
  expect(laid.samples[4]).toBeLessThan(10);
  const opaque = picture.samples.map((value, i) => (i % 4 === 3 ? 255 : value));
  expect((await encodePicture(picture, opaque, 'jpeg')).bytes.length).toBeGreaterThan(0);
});

test('a CMYK picture is written as sRGB without the CMYK profile', async () => {
  const cmyk = await pipelineOf(testImage(16, 16, 3))
    .toColourspace('cmyk')
    .withIccProfile('cmyk')
    .jpeg()
    .toBuffer();
  const picture = await readPicture(cmyk);
  const about = await sharp((await encodePicture(picture, picture.samples, 'jpeg')).bytes).metadata();
  expect(about).toMatchObject({ space: 'srgb', channels: 3, hasProfile: false });
});

test('a picture that never was a file can be written', async () => {
  const image = testImage(9, 7, 3);
  const origin = { path: '', format: 'png', grey: false, lossless: true } as const;
  const picture: Picture = { ...image, channels: 3, depth: 8, origin };
  expect((await readPicture((await encodePicture(picture, image.samples, 'png')).bytes)).samples).toEqual(
    image.samples,
  );
  await expect(encodePicture(picture, new Uint16Array(9 * 7 * 3), 'png')).rejects.toThrow(RangeError);
});

/** The smallest ICC profile there is for grey: version 2.1, D50, gamma 1.8. */
function greyProfile(): Buffer {
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', Buffer.concat([Buffer.from('desc\0\0\0\0\0\0\0\x05grey\0', 'latin1'), Buffer.alloc(78)])],
    ['cprt', Buffer.from('text\0\0\0\0none\0', 'latin1')],
    ['wtpt', Buffer.from('58595a20000000000000f6d6000100000000d32d', 'hex')],
    ['kTRC', Buffer.from('63757276000000000000000101cc', 'hex')],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const data: Buffer[] = [];
  let at = 128 + table.length;
  tags.forEach(([name, body], i) => {
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(body.length, 12 + 12 * i);
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    data.push(padded);
    at += padded.length;
  });
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrGRAYXYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  header.set(Buffer.from('0000f6d6000100000000d32d', 'hex'), 68);
  return Buffer.concat([header, table, ...data]);
}
