import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StudioError } from '../../shared/errors';
import { readPicture } from './read-picture';
import { sharp } from './sharp';
import { pipelineOf, temporaryFolder, testImage } from '../testing/pictures';

async function failure(reading: Promise<unknown>): Promise<StudioError> {
  const thrown: unknown = await reading.catch((error: unknown) => error);
  if (!(thrown instanceof StudioError)) throw new TypeError(`expected a StudioError, not ${String(thrown)}`);
  return thrown;
}

test.each([
  ['png', 1],
  ['png', 2],
  ['png', 3],
  ['png', 4],
  ['tiff', 1],
  ['tiff', 2],
  ['tiff', 3],
  ['tiff', 4],
] as const)('%s with %i channels gives the very samples, of 8 and of 16 bit', async (format, channels) => {
  for (const depth of [8, 16] as const) {
    const image = testImage(21, 13, channels, depth);
    const bytes = await pipelineOf(image)
      [format](format === 'tiff' ? { compression: 'lzw' } : {})
      .toBuffer();
    const picture = await readPicture(bytes);
    expect(picture).toMatchObject({ width: 21, height: 13, depth, channels: channels % 2 === 0 ? 4 : 3 });
    expect(picture.origin).toMatchObject({ path: '', format, grey: channels < 3, lossless: true, notes: [] });
    const own = Array.from(picture.samples).filter((_, i) => {
      const channel = i % picture.channels;
      return channels > 2 || channel === 0 || channel === 3;
    });
    expect(own).toEqual(Array.from(image.samples));
  }
});

test('lossless WebP is told from lossy WebP and gives the very samples', async () => {
  const image = testImage(31, 17, 4);
  const lossless = await readPicture(await pipelineOf(image).webp({ lossless: true, exact: true }).toBuffer());
  expect(lossless.origin).toMatchObject({ format: 'webp', lossless: true });
  expect(lossless.samples).toEqual(image.samples);
  const lossy = await readPicture(await pipelineOf(image).webp({ quality: 80 }).toBuffer());
  expect(lossy.origin.lossless).toBe(false);
});

test('AVIF is read with 8, 10 and 12 bits', async () => {
  for (const bits of [8, 10, 12] as const) {
    const bytes = await pipelineOf(testImage(40, 30, 3, bits === 8 ? 8 : 16))
      .avif({ bitdepth: bits })
      .toBuffer();
    const picture = await readPicture(bytes);
    expect(picture).toMatchObject({ width: 40, height: 30, depth: bits === 8 ? 8 : 16 });
    expect(picture.origin).toMatchObject({ format: 'avif', lossless: false, encoding: { bits } });
  }
});

test.each(['mif1', 'msf1'])('AVIF that begins with the brand %s of all its family is read as AVIF', async (brand) => {
  const bytes = await pipelineOf(testImage(40, 30, 3))
    .avif({ bitdepth: 8 })
    .toBuffer();
  const plain = await readPicture(bytes);
  expect(bytes.toString('latin1', 4, 12)).toBe('ftypavif');
  bytes.write(brand, 8, 'latin1');
  const picture = await readPicture(bytes);
  expect(picture).toMatchObject({ width: 40, height: 30, depth: 8, origin: { format: 'avif' } });
  expect(picture.samples).toEqual(plain.samples);
});

test('a palette is resolved to its colours', async () => {
  const samples = Uint8Array.from({ length: 10 * 10 * 3 }, (_, i) => (i % 30 < 15 ? 200 : 40));
  const bytes = await pipelineOf({ width: 10, height: 10, channels: 3, samples }).png({ palette: true }).toBuffer();
  expect((await sharp(bytes).metadata()).isPalette).toBe(true);
  expect((await readPicture(bytes)).samples).toEqual(samples);
});

test('CMYK becomes sRGB, and the picture says so', async () => {
  const red = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#d02020' } })
    .toColourspace('cmyk')
    .jpeg({ quality: 100 })
    .toBuffer();
  const picture = await readPicture(red);
  expect(picture).toMatchObject({ channels: 3, depth: 8, origin: { grey: false } });
  expect(picture.origin.notes).toEqual(['The CMYK colours were converted to sRGB.']);
  expect(picture.origin.metadata?.hasProfile).toBe(false);
  expect(picture.samples[0]).toBeGreaterThan(150);
  expect(picture.samples[1]).toBeLessThan(90);
});

// Where the stored pixel of an upright (x, y) lies, for a stored size w x h: EXIF 2.32, tag 0x0112.
const STORED: Record<number, (x: number, y: number, w: number, h: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
};

test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is applied to the samples', async (orientation) => {
  const image = testImage(7, 5, 3);
  const picture = await readPicture(await pipelineOf(image).withMetadata({ orientation }).png().toBuffer());
  expect([picture.width, picture.height]).toEqual(orientation < 5 ? [7, 5] : [5, 7]);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const [sx, sy] = STORED[orientation](x, y, 7, 5);
      expect(picture.samples[(y * picture.width + x) * 3]).toBe(image.samples[(sy * 7 + sx) * 3]);
    }
  }
});

test('an ICC profile is kept but not applied', async () => {
  const bytes = await pipelineOf(testImage(9, 9, 3))
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const picture = await readPicture(bytes);
  const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
  expect(Buffer.from(picture.samples).equals(stored)).toBe(true);
  expect(picture.origin.metadata?.hasProfile).toBe(true);
});

test.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)('a single pixel of %s can be read', async (format) => {
  expect(
    await readPicture(
      await pipelineOf(testImage(1, 1, 3))
        [format]()
        .toBuffer(),
    ),
  ).toMatchObject({ width: 1, height: 1 });
});

test('of an animation and of several pages the first is read, with a note', async () => {
  const frames = [testImage(12, 8, 3), testImage(12, 8, 3)].map((image, i) => {
    return { ...image, samples: image.samples.map((value) => value - i * 50) };
  });
  const stacked = Uint8Array.from(frames.flatMap((frame) => [...frame.samples]));
  const animation = await sharp(stacked, { raw: { width: 12, height: 16, channels: 3, pageHeight: 8 } })
    .webp({ lossless: true, loop: 0, delay: [100, 100] })
    .toBuffer();
  const picture = await readPicture(animation);
  expect(picture).toMatchObject({ width: 12, height: 8 });
  expect(picture.samples.slice(0, 3)).toEqual(frames[0].samples.slice(0, 3));
  expect(picture.origin.notes).toEqual(['Only the first of its 2 pages or frames was opened.']);
});

test('a path may hold any letters', async () => {
  const path = join(await temporaryFolder(), 'Übung – 修復 🖌.jpg');
  await pipelineOf(testImage(20, 10, 3))
    .jpeg()
    .toFile(path);
  expect((await readPicture(path)).origin.path).toBe(path);
});

test.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)(
  'a %s cut short is called damaged, wherever it was cut',
  async (format) => {
    const folder = await temporaryFolder();
    const whole = await pipelineOf(testImage(64, 48, 3))
      [format](format === 'tiff' ? { compression: 'lzw' } : {})
      .toBuffer();
    for (const share of [0.1, 0.5, 0.9]) {
      const path = join(folder, `cut-${share}.${format}`);
      await writeFile(path, whole.subarray(0, Math.max(20, Math.floor(whole.length * share))));
      const error = await failure(readPicture(path));
      expect(error.code).toBe('file-unreadable');
      expect(error.message).toContain(`"cut-${share}.${format}" is damaged or incomplete`);
      expect(error.file).toBe(path);
      expect(error.remedy).not.toBe('');
    }
  },
);

test('files that are no pictures are refused by name, whatever they are called', async () => {
  const folder = await temporaryFolder();
  const text = join(folder, 'letter.jpg');
  await writeFile(text, 'Dear reader, this is not a picture.');
  const empty = join(folder, 'empty.png');
  await writeFile(empty, '');
  const inner = join(folder, 'holiday');
  await mkdir(inner);
  expect(await failure(readPicture(text))).toMatchObject({ code: 'format-unsupported', file: text });
  expect((await failure(readPicture(text))).message).toBe('"letter.jpg" is not a picture of a known kind.');
  expect(await failure(readPicture(empty))).toMatchObject({
    code: 'file-unreadable',
    message: '"empty.png" is empty.',
  });
  expect((await failure(readPicture(inner))).message).toBe('"holiday" is a folder, not a picture.');
  expect(await failure(readPicture(join(folder, 'gone.png')))).toMatchObject({ code: 'file-missing' });
  expect(await failure(readPicture(join(text, 'inside.png')))).toMatchObject({ code: 'file-missing' });
});

test('SVG is named as what it is and not decoded', async () => {
  for (const begins of ['', '\ufeff', '<?xml version="1.0"?>', '<!-- no picture -->\n  ', '<!DOCTYPE svg>']) {
    const svg = Buffer.from(`${begins}<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"/>`);
    expect((await failure(readPicture(svg, { name: 'a.png' }))).message).toBe(
      '"a.png" is a picture of kind SVG, which can\'t be read.',
    );
  }
});

test('no loader but those of the formats that are read is ever given a file, whatever it begins with', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
  for (const begins of [' ', '\n\n\n', 'x', `${' '.repeat(100)}`])
    expect(await failure(readPicture(Buffer.from(begins + drawing)))).toMatchObject({ code: 'format-unsupported' });
  await expect(sharp(Buffer.from(drawing)).metadata()).rejects.toThrow();
  await expect(sharp(Buffer.from('%PDF-1.7')).metadata()).rejects.toThrow();
});

test('a pipe or a device is refused at once', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows has no named pipes in folders');
  const pipe = join(await temporaryFolder(), 'photo.png');
  execFileSync('mkfifo', [pipe]);
  const says = { code: 'file-unreadable', message: '"photo.png" is no file, but a pipe or a device.' };
  expect(await failure(readPicture(pipe))).toMatchObject(says);
  expect(await failure(readPicture('/dev/zero'))).toMatchObject({ reason: { id: 'no-regular-file' } });
});

test('a file without permission says so', async ({ skip }) => {
  skip(process.getuid?.() === 0, 'root may read every file');
  skip(process.platform === 'win32', 'Windows has no permission bits');
  const path = join(await temporaryFolder(), 'secret.png');
  await writeFile(path, 'x');
  await chmod(path, 0);
  expect(await failure(readPicture(path))).toMatchObject({
    code: 'file-unreadable',
    message: '"secret.png" may not be read.',
  });
});

test('a picture over the limit is refused before it is decoded', async () => {
  const bytes = await pipelineOf(testImage(1000, 1100, 3))
    .png()
    .toBuffer();
  const error = await failure(readPicture(bytes, { maxMegapixels: 1, name: 'big.png' }));
  expect(error).toMatchObject({ code: 'picture-too-large', message: '"big.png" has 1 megapixels; the limit is 1.' });
  const long = await sharp({ create: { width: 70_000, height: 1, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  expect((await failure(readPicture(long))).message).toContain('a side can have at most 65535');
});

test('a JPEG without its end marker is read, and one of 12 bits is called so', async () => {
  const file = await pipelineOf(testImage(40, 30, 3))
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const endless = await readPicture(file.subarray(0, file.length - 2));
  expect(endless.samples).toEqual((await readPicture(file)).samples);
  const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
  const deep = Buffer.from(file);
  deep[frame + 4] = 12;
  await expect(readPicture(deep)).rejects.toMatchObject({ code: 'format-unsupported', message: /12 bits/ });
});
