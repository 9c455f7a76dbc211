import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import { PICTURE_FORMATS } from '../../shared/picture-formats';
import type { Picture } from './picture';
import { largestSample, luma, sampleTo8 } from './planes';
import { readPicture } from './read-picture';
import { rawInput, sharp } from './sharp';
import { writeAside } from '../files/write-aside';

/**
 * From this coverage on a pixel belongs to a hole: the soft edge of a stroke, and a thin line that was made smaller, cover
 * what they touch. What a lossy file rings is less than the second.
 */
const COVERS = 0.05;
const COVERS_LOSSY = 0.15;
/** A source region, of which a half-covered pixel may be anything, begins here. */
const HALF = 0.5;

/**
 * A mask from a picture file of any format that can be read. White is the hole: a pixel belongs to it when it is brighter
 * than a twentieth of white (of formats that may lose something, whose black is not quite black: a seventh). Where the
 * file has alpha it counts as laid on black, so that white strokes on a transparent layer work and a transparent pixel is
 * never hole. (For a photo whose own transparent pixels are the hole: `alphaMask`.)
 * @throws StudioError mask-size-mismatch when it has not the size of the picture; and as `readPicture`
 */
export async function readMask(source: string | Uint8Array, size: Size): Promise<BitPlane> {
  return readCoverage(source, size, (lossy) => (lossy ? COVERS_LOSSY : COVERS));
}

/** A source region from a picture file: like a mask, but of pixels that are at least half white. */
export async function readSourceMask(source: string | Uint8Array, size: Size): Promise<BitPlane> {
  return readCoverage(source, size, () => HALF);
}

async function readCoverage(
  source: string | Uint8Array,
  size: Size,
  leastOf: (lossy: boolean) => number,
): Promise<BitPlane> {
  const mask = await readPicture(source, { name: typeof source === 'string' ? undefined : 'The pasted mask' });
  if (mask.width !== size.width || mask.height !== size.height) {
    const path = typeof source === 'string' ? source : undefined;
    throw errorFor(
      'mask-of-other-size',
      { width: mask.width, height: mask.height, pictureWidth: size.width, pictureHeight: size.height },
      path === undefined ? {} : { file: path },
    );
  }
  const { samples, channels, depth, origin } = mask;
  const least = 255 * leastOf(PICTURE_FORMATS[origin.format].lossless !== 'always');
  const to8 = depth === 16 ? sampleTo8 : (sample: number) => sample;
  return planeWhere(mask, (at) => {
    const brightness = luma(to8(samples[at]), to8(samples[at + 1]), to8(samples[at + 2]));
    return (channels === 4 ? (brightness * to8(samples[at + 3])) / 255 : brightness) >= least;
  });
}

/**
 * The pixels of a picture that anything shows through: its own hole. What a soft eraser left half-transparent is a part of
 * it, since it still shows half of what was erased. Empty for a picture without alpha.
 */
export function alphaMask(picture: Picture): BitPlane {
  if (picture.channels === 3) return new BitPlane(picture.width, picture.height);
  const opaque = largestSample(picture.depth);
  return planeWhere(picture, (at) => picture.samples[at + 3] < opaque);
}

/**
 * Writes a mask as an 8-bit grey PNG of 0 and 255, which every program opens; `readMask` returns the same plane.
 * @throws StudioError disk-full, file-not-writable
 */
export async function writeMask(plane: BitPlane, path: string): Promise<void> {
  const image = { width: plane.width, height: plane.height, channels: 1, samples: plane.toBytes() };
  await writeAside(
    path,
    await sharp(...rawInput(image))
      .toColourspace('b-w')
      .png()
      .toBuffer(),
  );
}

/** The plane of the pixels for which `test`, given the index of their first sample, holds. */
function planeWhere(picture: Picture, test: (at: number) => boolean): BitPlane {
  const plane = new BitPlane(picture.width, picture.height);
  for (let y = 0, at = 0; y < picture.height; y++) {
    const row = y * plane.stride;
    for (let x = 0; x < picture.width; x++, at += picture.channels) {
      if (test(at)) plane.bits[row + (x >> 3)] |= 1 << (x & 7);
    }
  }
  return plane;
}
