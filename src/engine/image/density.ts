/** Pixels per inch, as files say them. The picture library takes 72 or 25.4 for what says none, and writes that as if it were meant. */
import type { Metadata } from 'sharp';
import { pngChunks, withPngChunks } from './containers';
import type { TiffTags } from './tiff-tags';

/** What a file says; undefined: nothing, whatever the library takes it for. @param about what that says of it */
export function densityOf(bytes: Uint8Array, { format, density, exif }: Metadata): number | undefined {
  if (exif !== undefined || format === 'tiff') return density;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'jpeg') return (jfifDensity(file)?.[0] ?? 0) === 0 ? undefined : density;
  if (format !== 'png') return undefined;
  const chunk = pngChunks(file).find(({ name }) => name === 'pHYs');
  return chunk && file[chunk.start + PNG_UNIT] === PER_METRE ? density : undefined;
}

/** Of a PNG's pHYs chunk: where its unit stands, and the one that is not only a ratio. */
const PNG_UNIT = 8;
const PER_METRE = 1;

/** A JFIF file's unit and densities, 5 bytes (JFIF 1.02); undefined: it has none. */
export function jfifDensity(file: Buffer): Uint8Array | undefined {
  const at = jfifDensityAt(file);
  return at < 0 ? undefined : file.subarray(at, at + 5);
}

/** Where those stand; -1: nowhere. */
export function jfifDensityAt(file: Buffer): number {
  const at = file.indexOf('JFIF\0', 0, 'latin1');
  return at >= 0 && at < 32 ? at + 7 : -1;
}

export function withoutPngDensity(file: Buffer): Buffer {
  return withPngChunks(file, ['pHYs'], []);
}

const SHORT = 3;
const RATIONAL = 5;
const one = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0);

/** Resolutions must stand in a TIFF; this unit says that they are only a ratio (TIFF 6.0, ResolutionUnit). */
export const NO_DENSITY: TiffTags = {
  resolution: [
    { tag: 282, type: RATIONAL, count: 1, data: one },
    { tag: 283, type: RATIONAL, count: 1, data: one },
    { tag: 296, type: SHORT, count: 1, data: Uint8Array.of(1, 0) },
  ],
  about: [],
  exif: [],
  place: [],
};
