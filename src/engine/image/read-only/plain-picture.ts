import { deflateSync } from 'node:zlib';
import { type NewChunk, withPngChunks } from '../containers';
import type { CodePoints } from '../avif-colour';
import { uprightExif } from '../exif';
import { coloursOf } from '../few-colours';
import { inFewBits } from '../png-palette';
import { colourSpace, type RawImage, rawInput, sharp } from '../sharp';

/** A picture of a format that is only read: its samples and what it says of itself. */
export interface PlainPicture extends RawImage {
  readonly density?: number;
  /** An ICC profile. */
  readonly profile?: Uint8Array;
  /** A TIFF structure without the "Exif" prefix. */
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
  /** What its colours are, where it has no profile. */
  readonly colours?: CodePoints;
  /** The file has a palette. */
  readonly fewColours?: boolean;
  /** What reading left out, one sentence each, for a person to read. */
  readonly notes: readonly string[];
}

/** Quick to write, as it is read again at once. */
const COMPRESSION = 1;

/** The picture as a PNG of exactly these samples (PNG specification, third edition, section 11.3). */
export async function asPng(picture: PlainPicture): Promise<Buffer> {
  const { samples, channels, width, height, density, profile, exif, xmp, colours } = picture;
  const depth = samples instanceof Uint16Array ? 16 : 8;
  const pixels = sharp(...rawInput(picture)).toColourspace(colourSpace(channels, depth));
  const full = await pixels.png({ compressionLevel: COMPRESSION }).toBuffer();
  const png = picture.fewColours === true ? inPalette(full, picture) : full;
  const upright = exif && uprightExif(exif, { width, height });
  // Colours have to come first.
  const chunks: NewChunk[] = [];
  if (profile) chunks.push({ name: 'iCCP', payload: Buffer.concat([PROFILE_HEAD, deflateSync(profile)]) });
  else if (colours) chunks.push({ name: 'cICP', payload: Uint8Array.of(colours.primaries, colours.transfer, 0, 1) });
  if (density !== undefined) chunks.push({ name: 'pHYs', payload: densityOf(density) });
  if (xmp) chunks.push({ name: 'iTXt', payload: Buffer.concat([XMP_HEAD, xmp]) });
  if (upright) chunks.push({ name: 'eXIf', payload: upright });
  // The library invents a resolution.
  return withPngChunks(png, ['pHYs'], chunks);
}

/** With the palette that its format had. */
function inPalette(png: Buffer, { samples, channels, width, height }: PlainPicture): Buffer {
  if (!(samples instanceof Uint8Array) || (channels !== 3 && channels !== 4)) return png;
  const colours = coloursOf({ samples, channels, depth: 8 });
  return colours ? inFewBits(png, { samples, channels, width, height }, colours, false) : png;
}

/** A keyword, no compression, no language, no translation of the keyword. */
const XMP_HEAD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');
/** A name, and that it is deflated. */
const PROFILE_HEAD = Buffer.from('icc\0\0', 'latin1');

/** Pixels per metre, twice. */
function densityOf(perInch: number): Buffer {
  const bytes = Buffer.alloc(9);
  for (const at of [0, 4]) bytes.writeUInt32BE(Math.round(perInch / 0.0254), at);
  bytes[8] = 1;
  return bytes;
}
