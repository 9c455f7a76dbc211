/** Picture files for this folder's tests, made from nothing. */
import { PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { onTestFinished } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import type { Rect } from '../../shared/geometry';
import type { Patch, Picture, Samples } from '../image/picture';
import { newSamples } from '../image/planes';
import { colourSpace, type RawImage, rawInput, sharp } from '../image/sharp';

/** A folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inpaint-image-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Smooth colours with some noise: every sample is different from its neighbours, and lossy formats keep it roughly. */
export function testImage(width: number, height: number, channels: number, depth: 8 | 16 = 8): RawImage {
  const samples = newSamples(width * height * channels, depth);
  let seed = 12_345;
  for (let i = 0; i < samples.length; i++) {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / channels / width);
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const value = 128 + 70 * Math.sin(x / 9 + (i % channels)) + 40 * Math.cos(y / 7) + ((seed >> 16) & 15);
    samples[i] = depth === 16 ? value * 257 + ((seed >> 8) & 255) : value;
  }
  return { width, height, channels, samples };
}

/** A pipeline over raw samples, in the plain colour space of their channels and depth. */
export function pipelineOf(image: RawImage): Sharp {
  const depth = image.samples instanceof Uint16Array ? 16 : 8;
  return sharp(...rawInput(image)).toColourspace(colourSpace(image.channels, depth));
}

/** A patch with an elliptic hole in the box, of samples that the test picture does not have. */
export function testPatch(box: Rect, depth: 8 | 16 = 8): Patch {
  const samples = newSamples(box.width * box.height * 3, depth);
  for (let i = 0; i < samples.length; i++) samples[i] = depth === 16 ? 60_001 + (i % 5000) : 3 + (i % 17);
  const hole = new BitPlane(box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const dx = (2 * x + 1) / box.width - 1;
      const dy = (2 * y + 1) / box.height - 1;
      hole.set(x, y, dx * dx + dy * dy <= 1);
    }
  }
  return { box, depth, samples, hole };
}

/** Samples that differ, outside and inside a patch's hole. */
export function countDifferences(
  picture: Picture,
  samples: Samples,
  patch: Patch,
): { outside: number; inside: number } {
  const count = { outside: 0, inside: 0 };
  for (let i = 0; i < samples.length; i++) {
    if (picture.samples[i] === samples[i]) continue;
    const pixel = Math.floor(i / picture.channels);
    const x = (pixel % picture.width) - patch.box.x;
    const y = Math.floor(pixel / picture.width) - patch.box.y;
    count[patch.hole.get(x, y) ? 'inside' : 'outside'] += 1;
  }
  return count;
}

/** XMP with an orientation of its own. */
export const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="6" tiff:Make="Ö"/></x:xmpmeta>';

/** Unlike what the program writes by itself. */
const FURNISHED_AS: Readonly<Partial<Record<PictureFormat, object>>> = {
  jpeg: { quality: 84, chromaSubsampling: '4:4:4' },
  webp: { lossless: true, exact: true },
  tiff: { compression: 'deflate', xres: 300 / 25.4, yres: 300 / 25.4 },
  avif: { quality: 80 },
};

/** A picture file of 37 x 23 stored pixels with all metadata there is. */
export async function furnished(
  format: PictureFormat,
  channels: 3 | 4,
  depth: 8 | 16,
  orientation = 6,
): Promise<Buffer> {
  const pipeline = pipelineOf(testImage(37, 23, channels, depth))
    .withIccProfile('p3')
    .withMetadata({ icc: 'p3', density: 300, orientation, exif: { IFD0: { Artist: 'Ada', Copyright: 'Lovelace' } } })
    .withXmp(XMP);
  return pipeline.toFormat(PICTURE_FORMATS[format].encoder, FURNISHED_AS[format]).toBuffer();
}
