import { basename } from 'node:path';
import type { Metadata } from 'sharp';
import { errorFor } from '../../shared/error-texts';
import {
  extensionOf,
  formatOfBytes,
  PICTURE_FORMAT_NAMES,
  PICTURE_FORMATS,
  type PictureFormat,
} from '../../shared/picture-formats';
import { READ_ONLY_FORMATS, type ReadOnlyFormat, readOnlyFormatOfBytes } from '../../shared/read-only-formats';
import { withAvifBrand } from './avif-brand';
import { type ColourDescription, colourDescription } from './colour-description';
import { isLosslessWebp } from './containers';
import { kindOfBytes } from './unread-kinds';
import { readRegularFile } from '../files/read-file';
import { decodingFailed, notAPicture } from './picture-errors';
import { pointsBehind } from './jpeg/kept-segments';
import { frameOf, segmentsFrom } from './jpeg/segments';
import { estimateJpegQuality } from './jpeg-quality';
import { takeMetadata } from './metadata';
import { readOnlyAsPng, type ReadOnlyFile } from './read-only/read-only-picture';
import { tellsOfFurtherData } from './previews';
import { TiffBlock } from './tiff-block';
import type { OriginalEncoding, Picture, PictureMetadata, PictureOrigin } from './picture';
import { MAX_SIDE, rawSamples, sharp } from './sharp';

export interface ReadOptions {
  /** Largest picture that is decoded, megapixels. A picture needs 3 to 8 bytes a pixel in memory. */
  readonly maxMegapixels?: number;
  /** What to call a picture that has no file, in messages. */
  readonly name?: string;
}

export const DEFAULT_MAX_MEGAPIXELS = 300;
/** Files are read whole; Node can't do that above this size. */
const MAX_FILE_BYTES = 2 ** 31 - 1;
const RGB_SPACES = new Set(['srgb', 'rgb', 'rgb16']);
const GREY_SPACES = new Set(['b-w', 'grey16']);
const CONVERTED_SPACES: Readonly<Record<string, string>> = { cmyk: 'CMYK', lab: 'Lab', labs: 'Lab', labq: 'Lab' };

/** A picture's file in memory, with what can be known without decoding it. */
export interface PictureFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly about: Metadata;
  readonly format: PictureFormat;
  /** Whether a JPEG's missing end marker was put behind its bytes: then they must be whole otherwise. */
  readonly ended: boolean;
  /** The format that it is really of, where that is only read; `bytes` are a PNG then. */
  readonly readOnly?: ReadOnlyFormat;
  /** What making that PNG left out. */
  readonly notes?: readonly string[];
}

/**
 * Decodes a picture from a file or from a file's bytes (the clipboard). The samples are the file's own: an ICC profile
 * is not applied, 16 bit stay 16, EXIF orientation is. Of an animation or a file of several pages: the first.
 * @throws StudioError file-missing, file-unreadable (no permission, a folder, empty, damaged), format-unsupported,
 * picture-too-large, out-of-memory
 */
export async function readPicture(source: string | Uint8Array, options: ReadOptions = {}): Promise<Picture> {
  return decodePicture(await openPictureFile(source, options));
}

/** The second half of `readPicture`. Errors: file-unreadable (damaged), format-unsupported, out-of-memory */
export async function decodePicture(file: PictureFile): Promise<Picture> {
  const { bytes, about, path, name } = file;
  const depth = about.depth === 'ushort' ? 16 : 8;
  const space = depth === 16 ? 'rgb16' : 'srgb';
  const converted = CONVERTED_SPACES[about.space];
  const notes: string[] = [...(file.notes ?? [])];
  try {
    let decoder = sharp(bytes, {
      ignoreIcc: converted === undefined,
      limitInputPixels: false,
      failOn: file.ended ? 'warning' : 'error',
    }).autoOrient();
    const extra = about.format === 'tiff' && about.hasAlpha && hasExtraChannel(bytes);
    if (extra) {
      decoder = decoder.removeAlpha();
      notes.push('Its extra channel, such as a saved selection, is not kept.');
    }
    if (converted === undefined) decoder = decoder.pipelineColourspace(space);
    const [raw, metadata] = await Promise.all([
      rawSamples(decoder.toColourspace(space), depth),
      takeMetadataIfReadable(file, depth, converted === undefined, about.hasAlpha && !extra),
    ]);
    if (raw.channels !== 3 && raw.channels !== 4)
      throw notAPicture(path, name, `${about.space} with ${raw.channels} channels`);
    if (converted !== undefined) notes.push(`The ${converted} colours were converted to sRGB.`);
    if ((about.pages ?? 1) > 1) notes.push(`Only the first of its ${about.pages} pages or frames was opened.`);
    if (hasMoreBehind(file)) notes.push('The gain map, film or further picture behind it is not kept.');
    if (metadata === null) notes.push('Its metadata could not be read and will not be kept.');
    const origin: PictureOrigin = {
      path,
      format: file.format,
      grey: GREY_SPACES.has(about.space),
      ...quality(file),
      notes,
      encoding: encodingOf(file),
      ...(file.format === 'jpeg' && converted === undefined ? { file: bytes } : {}),
      ...((about.pages ?? 1) > 1 ? { pages: about.pages } : {}),
      ...colouredAs(colourDescription(bytes, file.format)),
      ...(about.orientation === undefined || about.orientation === 1 ? {} : { orientation: about.orientation }),
      ...(metadata ? { metadata } : {}),
    };
    return { width: raw.width, height: raw.height, channels: raw.channels, depth, samples: raw.samples, origin };
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
}

/** Reads a file whole and checks that it is a picture that can be decoded. Errors as in `readPicture`. */
export async function openPictureFile(source: string | Uint8Array, options: ReadOptions = {}): Promise<PictureFile> {
  const path = typeof source === 'string' ? source : '';
  const name = options.name ?? (path === '' ? 'The pasted picture' : basename(path));
  const whole = typeof source === 'string' ? await readWhole(source) : bufferOver(source);
  const ended = lacksEndMarker(whole);
  const bytes = ended ? Buffer.concat([whole, END_OF_JPEG]) : withAvifBrand(whole);
  if (bytes.length === 0) {
    throw errorFor('file-empty', { name }, { file: path });
  }
  const claimed = formatOfBytes(bytes);
  const readOnly = claimed === undefined ? readOnlyFormatOfBytes(bytes) : undefined;
  if (readOnly !== undefined) return openReadOnly({ path, name, bytes }, readOnly, options);
  // No library sees what is none of the formats that are read: some take forever over what others made of it.
  if (claimed === undefined) throw notAPicture(path, name, kindOfBytes(bytes));
  let about: Metadata;
  try {
    about = await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
  const format = formatOf(about);
  if (format === undefined) throw notAPicture(path, name, about.format.toUpperCase());
  const known = RGB_SPACES.has(about.space) || GREY_SPACES.has(about.space) || about.space in CONVERTED_SPACES;
  if (!known) throw notAPicture(path, name, `${format.toUpperCase()} with colours of type "${about.space}"`);
  // Lab is stored as floats or signed numbers by the library itself, and is converted anyway.
  const plain = about.depth === 'uchar' || about.depth === 'ushort' || about.space.startsWith('lab');
  if (!plain) throw notAPicture(path, name, `${format.toUpperCase()} with samples of type "${about.depth}"`);
  const precision = format === 'jpeg' ? (frameOf(bytes)?.precision ?? 8) : 8;
  if (precision !== 8) throw notAPicture(path, name, `JPEG with ${precision} bits a sample`);
  checkSize(about, path, name, options.maxMegapixels ?? DEFAULT_MAX_MEGAPIXELS);
  return { path, name, bytes, about, format, ended };
}

/** The usual ending of a file's format, with its dot. */
export function endingOf({ format, readOnly }: PictureFile): string {
  return readOnly === undefined ? extensionOf(format) : `.${READ_ONLY_FORMATS[readOnly].extensions[0]}`;
}

/** As a PNG of what it shows. Errors as in `readPicture`. */
async function openReadOnly(file: ReadOnlyFile, readOnly: ReadOnlyFormat, options: ReadOptions): Promise<PictureFile> {
  const { path, name, bytes } = file;
  const check = (width: number, height: number) =>
    checkSize({ width, height }, path, name, options.maxMegapixels ?? DEFAULT_MAX_MEGAPIXELS);
  try {
    const png = await readOnlyAsPng(file, readOnly, check);
    const opened = await openPictureFile(png.bytes, { ...options, name });
    return { ...opened, path, readOnly, notes: png.notes };
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
}

const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/** Whether a JPEG begins and never ends, as some cameras and transfers leave it. */
function lacksEndMarker(bytes: Buffer): boolean {
  return formatOfBytes(bytes) === 'jpeg' && bytes.lastIndexOf(END_OF_JPEG) < segmentsFrom(bytes, 2).at;
}

/** Whether a TIFF's fourth channel is something else than transparency (TIFF 6.0, ExtraSamples). */
function hasExtraChannel(bytes: Buffer): boolean {
  const tiff = TiffBlock.over(bytes);
  const samples = tiff?.find(EXTRA_SAMPLES);
  const kinds = samples && tiff?.littleValue(samples);
  return !kinds || kinds[0] === 0;
}

/** The tag that says what channels beyond the colours are; where it is missing, nobody said that they are transparency. */
const EXTRA_SAMPLES = 338;

/** Whether a JPEG or its XMP speaks of what is stored behind the picture. */
function hasMoreBehind({ bytes, about, format }: PictureFile): boolean {
  if (tellsOfFurtherData(about.xmpAsString ?? '')) return true;
  return format === 'jpeg' && pointsBehind(segmentsFrom(bytes, 2).segments);
}

function colouredAs(colours: ColourDescription | undefined): Pick<PictureOrigin, 'colours'> {
  return colours === undefined ? {} : { colours };
}

function formatOf(about: Metadata): PictureFormat | undefined {
  return PICTURE_FORMAT_NAMES.find((format) => {
    const { name, compression = about.compression } = PICTURE_FORMATS[format].decoder;
    return about.format === name && about.compression === compression;
  });
}

function readWhole(path: string): Promise<Buffer> {
  return readRegularFile(path, MAX_FILE_BYTES, () =>
    errorFor('file-too-large', { name: basename(path) }, { file: path }),
  );
}

function checkSize(about: Pick<Metadata, 'width' | 'height'>, path: string, name: string, maxMegapixels: number): void {
  const { width, height } = about;
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw errorFor('side-too-long', { name, width, height, most: MAX_SIDE }, { file: path });
  }
  const megapixels = (width * height) / 1e6;
  if (megapixels > maxMegapixels) {
    throw errorFor(
      'too-many-pixels',
      { name, megapixels: Math.round(megapixels), most: maxMegapixels },
      { file: path },
    );
  }
}

/** Metadata that is broken must not keep a person from their picture. */
async function takeMetadataIfReadable(
  file: PictureFile,
  depth: 8 | 16,
  keepProfile: boolean,
  alpha: boolean,
): Promise<PictureMetadata | null> {
  const { bytes, about } = file;
  const form = { grey: GREY_SPACES.has(about.space), alpha, depth, keepProfile };
  return takeMetadata(bytes, about, form).catch(() => null);
}

function quality(file: PictureFile): Pick<PictureOrigin, 'quality' | 'lossless'> {
  if (file.format === 'jpeg') {
    const estimate = estimateJpegQuality(file.bytes);
    return { lossless: false, ...(estimate === undefined ? {} : { quality: estimate }) };
  }
  if (file.format === 'webp') return { lossless: isLosslessWebp(file.bytes) };
  return { lossless: PICTURE_FORMATS[file.format].lossless === 'always' };
}

function encodingOf({ about, bytes }: PictureFile): OriginalEncoding {
  if (about.format === 'jpeg') {
    const [brightness, colour] = frameOf(bytes)?.components ?? [];
    const quarter = brightness?.h === 2 && brightness.v === 2 && colour?.h === 1 && colour.v === 1;
    const chromaSubsampling = quarter ? '4:2:0' : '4:4:4';
    return { chromaSubsampling, progressive: about.isProgressive ?? false };
  }
  // Of one bit, or up to eight that name colours.
  if (about.format !== 'heif') return about.isPalette || about.bitsPerSample === 1 ? { fewColours: true } : {};
  const bits = about.bitsPerSample;
  return bits === 10 || bits === 12 ? { bits } : { bits: 8 };
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
