import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/pictures';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { readPicture } from './read-picture';
import { encodePicture } from './encode-picture';
import { pngChunks } from './containers';
import { withoutExifPrefix } from './exif';
import { TiffBlock } from './tiff-block';
import { tiffTags } from './tiff-tags';
import { jfifDensity, withoutPngDensity } from './density';

const image = () => sharp(Buffer.alloc(16 * 16 * 3, 90), { raw: { width: 16, height: 16, channels: 3 } });

/** Files that say no density. */
const SILENT: Readonly<Record<string, () => Promise<Buffer>>> = {
  png: async () => withoutPngDensity(await image().png().toBuffer()),
  jpg: () => image().jpeg().toBuffer(),
  webp: () => image().webp({ lossless: true }).toBuffer(),
  gif: () => image().gif().toBuffer(),
  avif: () => image().avif().toBuffer(),
};
const WRITTEN = ['png', 'jpeg', 'webp', 'tiff', 'avif'] as const;

async function written(name: string, bytes: Buffer, format: (typeof WRITTEN)[number]): Promise<Buffer> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  const picture = await readPicture(path);
  return (await encodePicture(picture, picture.samples, format)).bytes;
}

describe('a picture whose file says no density', () => {
  for (const [ending, file] of Object.entries(SILENT)) {
    for (const format of WRITTEN) {
      it(`gets none as ${format} from ${ending}`, async () => {
        const bytes = await written(`photo.${ending}`, await file(), format);
        const about = await sharp(bytes).metadata();
        expect(about.exif).toBeUndefined();
        if (format === 'png') expect(pngChunks(bytes).map(({ name }) => name)).not.toContain('pHYs');
        if (format === 'jpeg') expect(jfifDensity(bytes)?.[0] ?? 0, 'the unit of JFIF').toBe(0);
        if (format === 'tiff') {
          const tiff = TiffBlock.over(bytes);
          const unit = tiff?.directory(tiff.firstDirectory)?.entries.find(({ tag }) => tag === 296);
          expect(unit && tiff?.number(unit)).toBe(1);
        }
      });
    }
  }
});

/** Of a rational number. */
function perInch(data: Uint8Array): number {
  const numbers = Buffer.from(data);
  return numbers.readUInt32LE(0) / numbers.readUInt32LE(4);
}

describe('a picture whose file says a density', () => {
  for (const format of WRITTEN) {
    it(`keeps it as ${format}`, async () => {
      const bytes = await written('photo.png', await image().withMetadata({ density: 300 }).png().toBuffer(), format);
      const { density, exif } = await sharp(bytes).metadata();
      // WebP and AVIF say it in EXIF alone, where sharp does not look for it.
      const said = exif && tiffTags(withoutExifPrefix(exif))?.resolution.find(({ tag }) => tag === 282)?.data;
      expect(format === 'webp' || format === 'avif' ? said && perInch(said) : density).toBeCloseTo(300, 3);
    });
  }
});
