import { basename } from 'node:path';
import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import { type MaskMeaning, maskMeaning } from './mask-meaning';
import { isSideways, storedSize, upright } from './orientation';
import type { Picture } from './picture';
import { largestSample, luma, sampleTo8 } from './planes';
import { readPicture } from './read-picture';
import { rawInput, sharp } from './sharp';
import { writeAside } from '../files/write-aside';

/** A source region, of which a half-covered pixel may be anything, begins here. */
const HALF = 0.5;

/** What a mask is for: the photo, or its size alone. */
type MaskedPhoto = Size & Partial<Picture>;

/**
 * A mask from a picture file of any format that can be read. White is the hole: a pixel belongs to it when its brightest
 * channel has more than a twentieth of white (of formats that may lose something, whose black is not quite black: a
 * seventh), laid on black where the file has alpha. Masks that are made otherwise are understood by `maskMeaning`, best
 * where the photo itself is given; one that lies as the photo is stored is turned as the photo is. (For a photo whose own
 * transparent pixels are the hole: `alphaMask`.)
 * @throws StudioError mask-size-mismatch when it has not the size of the picture; bad-request when it is no mask; and as
 * `readPicture`
 */
export async function readMask(
  source: string | Uint8Array,
  photo: MaskedPhoto,
  signal?: AbortSignal,
): Promise<MaskMeaning> {
  const mask = await readMaskPicture(source, photo, signal);
  const file = typeof source === 'string' ? source : '';
  const name = file === '' ? 'The pasted mask' : basename(file);
  const orientation = photo.origin?.orientation ?? 1;
  if (isSideways(orientation) && hasSize(mask, storedSize(orientation, photo)) && !hasSize(mask, photo)) {
    const { hole, notes } = maskMeaning(mask, null, name);
    return { hole: upright(hole, orientation), notes: [...notes, { kind: 'turned' }] };
  }
  checkSize(mask, photo, file);
  return maskMeaning(mask, isWhole(photo) ? photo : null, name);
}

/** A source region from a picture file: like a mask, but of pixels that are at least half white. */
export async function readSourceMask(source: string | Uint8Array, size: Size): Promise<BitPlane> {
  const mask = await readMaskPicture(source, size);
  checkSize(mask, size, typeof source === 'string' ? source : '');
  const { samples, channels, depth } = mask;
  const to8 = depth === 16 ? sampleTo8 : (sample: number) => sample;
  return planeWhere(mask, (at) => {
    const brightness = luma(to8(samples[at]), to8(samples[at + 1]), to8(samples[at + 2]));
    return (channels === 4 ? (brightness * to8(samples[at + 3])) / 255 : brightness) >= 255 * HALF;
  });
}

function isWhole(photo: MaskedPhoto): photo is Picture {
  return photo.samples !== undefined;
}

/** One that claims another size than the photo's, lying as it is shown or as it is stored, is not decoded. */
function readMaskPicture(source: string | Uint8Array, photo: Size, signal?: AbortSignal): Promise<Picture> {
  const file = typeof source === 'string' ? source : '';
  const onClaims = (claims: Size): void => {
    const turned = { width: claims.height, height: claims.width };
    if (!hasSize(turned, photo)) checkSize(claims, photo, file);
  };
  return readPicture(source, { name: file === '' ? 'The pasted mask' : undefined, onClaims, signal });
}

function hasSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function checkSize(mask: Size, size: Size, file: string): void {
  if (hasSize(mask, size)) return;
  const { width, height } = mask;
  throw errorFor(
    'mask-of-other-size',
    { width, height, pictureWidth: size.width, pictureHeight: size.height },
    { file },
  );
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
