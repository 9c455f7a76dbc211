import type { Sharp } from 'sharp';
import { errorFor } from '../../shared/error-texts';
import type { StudioError } from '../../shared/errors';
import { formatLabels, PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { setImmediate } from 'node:timers/promises';
import { describeColours } from './colour-description';
import { replaceExif } from './containers';
import { coloursOf, greyBits, inColours, indicesOf, isNeutral, untinted } from './few-colours';
import { uprightExif } from './exif';
import { inFewBits } from './png-palette';
import { ranOutOfMemory } from './picture-errors';
import { keptSegment } from './jpeg/kept-segments';
import { type NotInPart, transplant } from './jpeg/transplant';
import { jfifDensity, jfifDensityAt, NO_DENSITY, withoutPngDensity } from './density';
import { profileOf, tiffResolution, withMetadata } from './metadata';
import type { Picture, PictureMetadata, Samples } from './picture';
import { largestSample, luma, newSamples, sampleTo8 } from './planes';
import { withColourMap } from './tiff-palette';
import { tellsOfOrigin, type TiffTags, tiffTags, withTiffTags } from './tiff-tags';
import { colourSpace, type RawImage, rawInput, sharp } from './sharp';

export interface EncodeOptions {
  /** 1..100 for JPEG, AVIF and WebP (which it makes lossy). Absent: like the original. */
  readonly quality?: number;
  /** EXIF, XMP, IPTC. The ICC profile is kept in any case, as the colours mean nothing without it. Default true. */
  readonly keepMetadata?: boolean;
  /** The colour (8 bit) that transparent pixels are laid on where a format has no alpha. Absent: such a picture is refused for it. */
  readonly matte?: readonly [number, number, number];
}

export interface EncodedPicture {
  readonly bytes: Buffer;
  /** What the format could not hold, one sentence each, for a person to read. */
  readonly notes: readonly string[];
}

/**
 * Encodes samples the way the picture's file was encoded. Format, quality, chroma subsampling, depth, grey, alpha, ICC
 * profile, EXIF, XMP, IPTC and density are the original's, as far as the format can hold them; orientation is upright,
 * a thumbnail in the EXIF block is dropped. PNG, TIFF and lossless WebP decode to exactly these samples; PNG and TIFF
 * hold 16 bit, AVIF 10 or 12, JPEG and WebP 8. Transparent pixels are refused where there is no alpha (JPEG), unless
 * `matte` says what to lay them on. Of few colours come PNGs and TIFFs with a
 * palette or few bits; elsewhere, and where a TIFF is transparent, they are stored as full colour, of these colours alone.
 * @param samples width x height x channels, of the picture's depth, as from `applyPatches`
 * @param file the destination, for messages
 * @throws StudioError format-unsupported, out-of-memory
 */
export async function encodePicture(
  picture: Picture,
  samples: Samples,
  format: PictureFormat,
  options: EncodeOptions = {},
  file = '',
): Promise<EncodedPicture> {
  const { width, height, channels, depth, origin } = picture;
  if (samples.length !== width * height * channels || samples instanceof Uint16Array !== (depth === 16)) {
    throw new RangeError('the samples are not of the size and depth of the picture');
  }
  const inPart = format === 'jpeg' ? await likeItself(picture, samples, options) : null;
  if (inPart !== null && typeof inPart !== 'string') return { bytes: inPart, notes: [] };
  const outDepth = PICTURE_FORMATS[format].depth === 8 ? 8 : depth;
  const plain = inOwnColours(picture, samples);
  const few = origin.encoding?.fewColours ? coloursOf({ ...picture, samples: plain }) : null;
  const indexed = few && format === 'tiff' ? asIndices(picture, plain, few) : null;
  const image =
    indexed ?? reduce({ width, height, channels, samples: plain }, picture, outDepth, format, options, file);
  const keep = options.keepMetadata === false ? 'profile' : 'everything';
  try {
    const dressed = origin.metadata
      ? await withMetadata(origin.metadata, image, outDepth, keep)
      : sharp(...rawInput(image)).toColourspace(colourSpace(image.channels, outDepth));
    let bytes: Buffer = await asFormat(dressed, picture, format, options, few).toBuffer();
    const exif = keep === 'everything' && origin.metadata?.exif ? uprightExif(origin.metadata.exif, picture) : null;
    if (exif) bytes = replaceExif(bytes, format, exif);
    const hasDensity = origin.metadata?.density !== undefined;
    // One that was a PNG gets its own chunks back below.
    if (format === 'png' && origin.format !== 'png' && !hasDensity) bytes = withoutPngDensity(bytes);
    const tags = tagsOf(origin.metadata) ?? (hasDensity ? null : NO_DENSITY);
    if (tags && format === 'tiff') bytes = withTiffTags(bytes, tags, picture, keep);
    if (format === 'jpeg') bytes = withoutInventedDensity(bytes, picture);
    if (indexed && few) bytes = withColourMap(bytes, few, await profileOf(origin.metadata));
    if (few && format === 'png' && plain instanceof Uint8Array)
      bytes = inFewBits(bytes, { width, height, channels, samples: plain }, few, origin.grey);
    const described = describeColours(bytes, format, origin.colours, origin.format);
    const anew: readonly string[] = inPart === null ? [] : [ENCODED_ANEW[inPart]];
    return { bytes: described.file, notes: [...anew, ...notesFor(picture, format, keep), ...described.notes] };
  } catch (thrown) {
    throw encodingFailed(format, file, thrown);
  }
}

const ENCODED_ANEW: Readonly<Record<NotInPart, string>> = {
  canvas: 'The new canvas does not begin with a whole block of the JPEG, so all of it is encoded anew.',
  kind: 'This kind of JPEG cannot be changed in part, so all of it is encoded anew.',
};

/** The picture's own JPEG with the blocks coded anew that have changed; null where another quality is asked for, or it is no JPEG. */
async function likeItself(
  picture: Picture,
  samples: Samples,
  options: EncodeOptions,
): Promise<Buffer | NotInPart | null> {
  const { file, frame, orientation } = picture.origin;
  if (!file || options.quality !== undefined) return null;
  const keep = options.keepMetadata === false ? 'profile' : 'everything';
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  return transplant(
    bytes,
    picture,
    samples,
    (segment, size) => keptSegment(segment, keep, { ...(orientation && { orientation }), ...(frame && { size }) }),
    () => setImmediate(),
  );
}

/** From the file's own tags, or from its EXIF block. */
function tagsOf(metadata: PictureMetadata | undefined): TiffTags | null {
  return metadata?.tags ?? (metadata?.exif ? tiffTags(metadata.exif) : null);
}

/** A JPEG of a picture that says no density says none: only how wide a pixel is to its height. */
function withoutInventedDensity(file: Buffer, { origin }: Picture): Buffer {
  const own =
    origin.file && jfifDensity(Buffer.from(origin.file.buffer, origin.file.byteOffset, origin.file.byteLength));
  const at = jfifDensityAt(file);
  if (at < 0 || (own === undefined && origin.metadata?.density !== undefined)) return file;
  const result = Buffer.from(file);
  result.set(own ?? [0, 0, 1, 0, 1], at);
  return result;
}

/** In the colours that the picture has, where these are few, and without a tint where it is grey. */
function inOwnColours(picture: Picture, samples: Samples): Samples {
  const { channels, origin } = picture;
  if (samples === picture.samples || samples.length !== picture.samples.length) return samples;
  const colours = origin.encoding?.fewColours ? coloursOf(picture) : null;
  if (colours) return inColours(samples, channels, colours);
  return !origin.grey && isNeutral(picture) ? untinted(samples, channels) : samples;
}

/** Largest TIFF whose directory is written anew, bytes; a palette needs that. */
const MOST_INDEXED = 2 ** 30;

/** Places in a palette as samples; null where a TIFF cannot hold them so, or holds them as levels of grey. */
function asIndices({ width, height, channels, origin }: Picture, samples: Samples, few: Uint32Array): RawImage | null {
  const plain = samples instanceof Uint8Array && channels === 3 && !origin.grey && width * height < MOST_INDEXED;
  return plain ? { width, height, channels: 1, samples: indicesOf(samples, channels, few) } : null;
}

function encodingFailed(format: PictureFormat, file: string, thrown: unknown): StudioError {
  const about = { file, cause: thrown };
  const { label } = PICTURE_FORMATS[format];
  if (ranOutOfMemory(thrown)) return errorFor('no-memory-to-write', { format: label }, about);
  const others = formatLabels(({ lossless }) => lossless === 'always').join(', ');
  return errorFor('not-encoded', { format: label, others }, about);
}

/** The samples in the channels and the depth that the format holds. */
function reduce(
  image: RawImage,
  picture: Picture,
  depth: 8 | 16,
  format: PictureFormat,
  options: EncodeOptions,
  file: string,
): RawImage {
  const { grey } = picture.origin;
  const alpha = picture.channels === 4;
  const dropAlpha = alpha && !PICTURE_FORMATS[format].alpha;
  if (!grey && !dropAlpha && depth === picture.depth) return image;
  const opaque = largestSample(picture.depth);
  const { samples } = image;
  const matte = options.matte?.map((value) => (picture.depth === 16 ? value * 257 : value));
  const to = depth === picture.depth ? (sample: number) => sample : sampleTo8;
  const channels = (grey ? 1 : 3) + (alpha && !dropAlpha ? 1 : 0);
  const reduced = newSamples(image.width * image.height * channels, depth);
  for (let from = 0, at = 0; from < samples.length; from += image.channels, at += channels) {
    let [red, green, blue] = [samples[from], samples[from + 1], samples[from + 2]];
    if (dropAlpha && samples[from + 3] < opaque) {
      if (!matte) throw transparent(format, file);
      const share = samples[from + 3] / opaque;
      red = Math.round(red * share + matte[0] * (1 - share));
      green = Math.round(green * share + matte[1] * (1 - share));
      blue = Math.round(blue * share + matte[2] * (1 - share));
    }
    reduced[at] = to(grey ? luma(red, green, blue) : red);
    if (!grey) {
      reduced[at + 1] = to(green);
      reduced[at + 2] = to(blue);
    }
    if (alpha && !dropAlpha) reduced[at + channels - 1] = to(samples[from + 3]);
  }
  return { ...image, channels, samples: reduced };
}

function transparent(format: PictureFormat, file: string): StudioError {
  const others = formatLabels(({ alpha }) => alpha).join(', ');
  return errorFor('holds-no-alpha', { format: PICTURE_FORMATS[format].label, others }, { file });
}

function asFormat(
  dressed: Sharp,
  picture: Picture,
  format: PictureFormat,
  options: EncodeOptions,
  few: Uint32Array | null,
): Sharp {
  const { origin, depth, samples } = picture;
  const { encoder, encode, usualQuality } = PICTURE_FORMATS[format];
  const same = origin.format === format;
  return dressed.toFormat(
    encoder,
    encode({
      quality: options.quality ?? (same ? origin.quality : undefined) ?? usualQuality ?? 100,
      likeLossless: options.quality === undefined && same && origin.lossless,
      chromaSubsampling: same ? origin.encoding?.chromaSubsampling : undefined,
      progressive: same ? origin.encoding?.progressive : undefined,
      bits: origin.encoding?.bits,
      depth,
      size: samples.byteLength,
      greyBits: few && origin.grey ? greyBits(few) : null,
      resolution: tiffResolution(origin.metadata?.density),
    }),
  );
}

function notesFor(picture: Picture, format: PictureFormat, keep: 'everything' | 'profile'): string[] {
  const notes: string[] = [];
  const { label, depth, exif } = PICTURE_FORMATS[format];
  const { metadata } = picture.origin;
  // One that holds fewer bits wrote what it is read from, too.
  const lost = depth < picture.depth && !(depth > 8 && picture.origin.format === format);
  if (lost) notes.push(`${label} holds ${depth} bits of the ${picture.depth}.`);
  if (keep === 'everything' && metadata?.exif && !exif)
    notes.push(`The camera's own notes in its EXIF data are not written to ${label}.`);
  if (keep === 'everything' && metadata?.tags && tellsOfOrigin(metadata.tags) && format !== 'tiff')
    notes.push(`Author, copyright, date and place (TIFF tags) are not written to ${label}.`);
  return notes;
}
