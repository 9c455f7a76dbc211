import { expect, test } from 'vitest';
import { encodePicture } from './encode-picture';
import { withoutExifPrefix } from './exif';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { type TiffTags, tiffTags, withTiffTags } from './tiff-tags';
import { pipelineOf, testImage } from '../testing/pictures';

const SIZE = { width: 40, height: 30 };

/** Tags as a camera's EXIF block has them. */
async function cameraTags(): Promise<TiffTags> {
  const file = await pipelineOf(testImage(40, 30, 3))
    .jpeg()
    .withExif({
      IFD0: { Artist: 'Ada Lovelace', Copyright: '(c) Ada' },
      IFD2: { DateTimeOriginal: '2001:01:01 10:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 0/1' },
    })
    .toBuffer();
  const { exif } = await sharp(file).metadata();
  const tags = exif && tiffTags(withoutExifPrefix(exif));
  if (!tags) throw new TypeError('it has tags');
  return tags;
}

function textOf({ data }: { readonly data: Uint8Array }): string {
  return Buffer.from(data).toString('latin1').replace(/\0$/, '');
}

/** A TIFF with two resolutions. */
async function tiff(): Promise<Buffer> {
  const plain = await pipelineOf(testImage(40, 30, 3))
    .tiff({ compression: 'lzw', xres: 204 / 25.4, yres: 98 / 25.4, resolutionUnit: 'inch' })
    .toBuffer();
  return withTiffTags(plain, { ...(await cameraTags()), resolution: [] }, SIZE, 'everything');
}

test('a TIFF keeps author, copyright, date, place and both resolutions', async () => {
  const picture = await readPicture(await tiff());
  const { bytes, notes } = await encodePicture(picture, picture.samples, 'tiff');
  expect(notes).toEqual([]);
  const tags = tiffTags(bytes);
  expect(tags?.about.map(textOf)).toEqual(expect.arrayContaining(['Ada Lovelace', '(c) Ada']));
  expect(tags?.exif.map(textOf)).toContain('2001:01:01 10:00:00');
  expect(tags?.place.map(textOf)).toContain('N');
  const ratios = tags?.resolution.filter(({ type }) => type === 5).map(({ data }) => Buffer.from(data));
  const [across, down] = (ratios ?? []).map((data) => data.readUInt32LE(0) / data.readUInt32LE(4));
  expect([Math.round(across), Math.round(down)]).toEqual([204, 98]);
  expect((await readPicture(bytes)).samples).toEqual(picture.samples);
});

test('EXIF of other formats becomes tags of a TIFF, and on request nothing personal does', async () => {
  const camera = await pipelineOf(testImage(40, 30, 3))
    .jpeg()
    .withExif({ IFD0: { Artist: 'Ada Lovelace' } })
    .toBuffer();
  const picture = await readPicture(camera);
  const { bytes } = await encodePicture(picture, picture.samples, 'tiff');
  expect(tiffTags(bytes)?.about.map(textOf)).toContain('Ada Lovelace');
  const plain = await encodePicture(picture, picture.samples, 'tiff', { keepMetadata: false });
  expect(plain.bytes.toString('latin1')).not.toContain('Lovelace');
});

test('what a TIFF says of its origin is noted where another format does not take it', async () => {
  const picture = await readPicture(await tiff());
  expect((await encodePicture(picture, picture.samples, 'png')).notes).toEqual([
    'Author, copyright, date and place (TIFF tags) are not written to PNG.',
  ]);
});

test('a fourth channel that is no transparency is left out, and that is said', async () => {
  const file = await pipelineOf(testImage(40, 30, 4))
    .tiff({ compression: 'lzw' })
    .toBuffer();
  const alpha = await readPicture(file);
  expect(alpha).toMatchObject({ channels: 4, origin: { notes: [] } });
  // ExtraSamples, SHORT, one value: 2 is transparency, 0 anything.
  const at = file.indexOf(Buffer.from([0x52, 1, 3, 0, 1, 0, 0, 0, 2, 0]));
  expect(at).toBeGreaterThan(0);
  file[at + 8] = 0;
  const saved = await readPicture(file);
  expect(saved.channels).toBe(3);
  expect(saved.origin.notes).toEqual(['Its extra channel, such as a saved selection, is not kept.']);
});
