import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { readMask, writeMask } from '../image/mask-file';
import { applyPatches } from '../image/patches';
import type { Patch, Picture, Samples } from '../image/picture';
import { largestSample } from '../image/planes';
import { readPicture } from '../image/read-picture';
import { screenPicture } from '../image/screen-picture';
import { sharp } from '../image/sharp';
import { writePicture } from '../image/write-picture';
import { pipelineOf, temporaryFolder, testImage, testPatch } from '../testing/pictures';
import { exportBeforeAfter, exportLayers, filledPlane } from './exports';
import { exportLayered, type LayeredFormat } from './layered-export';

const WIDTH = 40;
const HEIGHT = 36;
const BOX = { x: 4, y: 6, width: 12, height: 17 };
/** Of samples from 0 to 1: what formats with loss, and few colours of a palette, may do to the noise of the test picture. */
const LOSS = 0.08;

const image = (channels: 1 | 3 | 4, depth: 8 | 16 = 8) => pipelineOf(testImage(WIDTH, HEIGHT, channels, depth));
/** Two colours, and four with one that is see-through. */
const drawn = (colours: readonly (readonly number[])[]) => {
  const channels = colours[0]?.length === 4 ? 4 : 3;
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, i) => colours[((i % WIDTH) >> 3) % colours.length] ?? []);
  return sharp(Uint8Array.from(pixels.flat()), { raw: { width: WIDTH, height: HEIGHT, channels } });
};
const TWO = [
  [0, 0, 0],
  [255, 255, 255],
];
const FOUR = [
  [150, 90, 90, 255],
  [90, 150, 90, 255],
  [90, 90, 150, 255],
  [0, 0, 0, 0],
];

async function photoshop(depth: 8 | 16): Promise<Buffer> {
  const folder = await temporaryFolder();
  const picture = await readPicture(await image(3, depth).png().toBuffer(), { name: 'a.png' });
  const path = join(folder, 'a.psd');
  await exportLayered({ picture, originalName: 'Original', fills: [], keepMetadata: true }, 'psd', path);
  return readFile(path);
}

async function bitmap(): Promise<Buffer> {
  const { data } = await image(3).raw().toBuffer({ resolveWithObject: true });
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(WIDTH, 18);
  head.writeInt32LE(-HEIGHT, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  for (let at = 0; at < data.length; at += 3) data.subarray(at, at + 3).reverse();
  return Buffer.concat([head, data]);
}

/** Kinds of files beside the plain ones of testing/forms.ts. */
const FILES: Readonly<Record<string, readonly [extension: string, bytes: () => Promise<Buffer>]>> = {
  'progressive JPEG': ['jpg', () => image(3).jpeg({ progressive: true }).toBuffer()],
  'JPEG of full colour resolution': ['jpg', () => image(3).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()],
  'grey JPEG': ['jpg', () => image(1).jpeg().toBuffer()],
  'grey progressive JPEG': ['jpg', () => image(1).jpeg({ progressive: true }).toBuffer()],
  'CMYK JPEG': ['jpg', () => image(3).toColourspace('cmyk').jpeg().toBuffer()],
  'JPEG that lies on its side': ['jpg', () => image(3).jpeg().withMetadata({ orientation: 6 }).toBuffer()],
  'interlaced PNG': ['png', () => image(3).png({ progressive: true }).toBuffer()],
  'PNG of 1 bit': ['png', () => drawn(TWO).toColourspace('b-w').png({ palette: true, colours: 2 }).toBuffer()],
  'PNG with a palette that is see-through in part': ['png', () => drawn(FOUR).png({ palette: true }).toBuffer()],
  'grey PNG of 16 bit': ['png', () => image(1, 16).toColourspace('grey16').png().toBuffer()],
  'WebP without loss': ['webp', () => image(4).webp({ lossless: true }).toBuffer()],
  'AVIF of full colour resolution': ['avif', () => image(3).avif({ chromaSubsampling: '4:4:4' }).toBuffer()],
  'TIFF in tiles': ['tif', () => image(3, 16).tiff({ tile: true, compression: 'deflate' }).toBuffer()],
  'TIFF of 1 bit': ['tif', () => drawn(TWO).toColourspace('b-w').tiff({ bitdepth: 1 }).toBuffer()],
  'CMYK TIFF': ['tif', () => image(3).toColourspace('cmyk').tiff().toBuffer()],
  'TIFF of JPEGs': ['tif', () => image(3).tiff({ compression: 'jpeg' }).toBuffer()],
  GIF: ['gif', () => image(3).gif().toBuffer()],
  'GIF that is see-through in part': ['gif', () => drawn(FOUR).gif().toBuffer()],
  BMP: ['bmp', bitmap],
  HEIC: ['heic', () => readFile(join(import.meta.dirname, '..', 'image', 'read-only', 'fixtures', 'gradient.heic'))],
  'PSD of 8 bit': ['psd', () => photoshop(8)],
  'PSD of 16 bit': ['psd', () => photoshop(16)],
};

/** Of samples from 0 to 1, where anything can be seen of them. */
function meanDifference(one: Picture, other: Pick<Picture, 'channels' | 'depth'> & { samples: Samples }): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < one.width * one.height; i++) {
    if (one.channels === 4 && one.samples[4 * i + 3] === 0) continue;
    for (let channel = 0; channel < 3; channel++, count++) {
      const a = (one.samples[i * one.channels + channel] ?? 0) / largestSample(one.depth);
      sum += Math.abs(a - (other.samples[i * other.channels + channel] ?? 0) / largestSample(other.depth));
    }
  }
  return sum / count;
}

describe.each(Object.entries(FILES))('%s', (_, [extension, bytes]) => {
  async function opened(): Promise<{ folder: string; path: string; picture: Picture; patch: Patch; result: Samples }> {
    const folder = await temporaryFolder();
    const path = join(folder, `photo.${extension}`);
    await writeFile(path, await bytes());
    const picture = await readPicture(path);
    const patch = testPatch(BOX, picture.depth);
    return { folder, path, picture, patch, result: applyPatches(picture, [patch]) };
  }

  it('is saved, over itself where its format is written, and as every other', async () => {
    const { folder, path, picture, result } = await opened();
    const whole = { ...picture, samples: result };
    const own = picture.origin.format;
    for (const [format, row] of Object.entries(PICTURE_FORMATS)) {
      const over = format === own && row.extensions.some((one) => one === extension);
      const target = over ? path : join(folder, `saved.${row.extensions[0]}`);
      const matte = row.alpha || picture.channels === 3 ? {} : { matte: [255, 255, 255] as const };
      await writePicture(picture, result, target, { format: format as PictureFormat, ...matte, overwrite: true });
      const saved = await readPicture(target);
      expect([saved.width, saved.height], format).toEqual([picture.width, picture.height]);
      if (picture.channels === 3 || row.alpha) expect(meanDifference(whole, saved), format).toBeLessThan(LOSS);
    }
  });

  it('is exported as layers, for other editors, as mask, beside the original, and copied', async () => {
    const { folder, picture, patch, result } = await opened();
    const place = join(folder, 'layers');
    const files = await exportLayers(
      picture,
      'photo',
      [{ name: 'Fill', visible: true, opacity: 1, patches: [patch] }],
      place,
      'full',
    );
    for (const file of files) {
      const layer = await readPicture(join(place, file));
      expect([layer.width, layer.height, layer.channels]).toEqual([picture.width, picture.height, 4]);
    }

    const fill = { name: 'Fill', box: BOX, patches: () => Promise.resolve([patch]), visible: true, opacity: 1 };
    const fills = [{ ...fill, others: [], othersName: 'Others' }];
    for (const format of ['psd', 'ora'] satisfies LayeredFormat[]) {
      const path = join(folder, `layered.${format}`);
      await exportLayered({ picture, originalName: 'Original', fills, keepMetadata: true }, format, path);
      if (format === 'psd') {
        const merged = await readPicture(path);
        expect([merged.width, merged.height, merged.depth]).toEqual([picture.width, picture.height, picture.depth]);
        if (picture.channels === 3) expect(meanDifference({ ...picture, samples: result }, merged)).toBe(0);
      } else expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK');
    }

    const maskPath = join(folder, 'mask.png');
    await writeMask(filledPlane(picture, [patch]), maskPath);
    expect((await readMask(maskPath, picture)).hole.get(BOX.x + 6, BOX.y + 8)).toBe(true);

    const both = join(folder, 'both.png');
    await exportBeforeAfter(picture, result, both, {});
    expect(await readPicture(both)).toMatchObject({ width: 2 * picture.width + 2, height: picture.height });

    const copied = await sharp(await screenPicture(picture, result)).metadata();
    expect(copied).toMatchObject({ format: 'png', width: picture.width, height: picture.height });
  });
});
