import type { Metadata } from 'sharp';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import { formatOfBytes, PICTURE_FORMAT_NAMES, PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { type ReadOnlyFormat, readOnlyFormatOfBytes } from '../../shared/read-only-formats';
import { withAvifBrand } from './avif-brand';
import { DEFAULT_MAX_MEGAPIXELS } from './decode/decode-limits';
import { type ColourDescription, colourDescription } from './colour-description';
import { isLosslessWebp } from './containers';
import { kindOfBytes } from './unread-kinds';
import { decodingFailed, notAPicture } from './picture-errors';
import { END_OF_JPEG, lacksEndMarker } from './jpeg/end-marker';
import { pointsBehind } from './jpeg/kept-segments';
import { frameOf, segmentsFrom } from './jpeg/segments';
import { estimateJpegQuality } from './jpeg-quality';
import { takeMetadata } from './metadata';
import { readOnlyAsPng } from './read-only/read-only-picture';
import { tellsOfFurtherData } from './previews';
import { TiffBlock } from './tiff-block';
import { hasPalette } from './tiff-palette';
import type { OriginalEncoding, Picture, PictureMetadata, PictureOrigin } from './picture';
import { MAX_SIDE, rawSamples, sharp } from './sharp';

const RGB_SPACES = new Set(['srgb', 'rgb', 'rgb16']);
const GREY_SPACES = new Set(['b-w', 'grey16']);
const CONVERTED_SPACES: Readonly<Record<string, string>> = { cmyk: 'CMYK', lab: 'Lab', labs: 'Lab', labq: 'Lab' };

/** A file as it was read, or the bytes of one that is none. */
export interface FileBytes {
  /** Empty: it is none. */
  readonly path: string;
  /** What it is called in messages. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface FileLimits {
  /** Largest picture that is decoded, megapixels. A picture needs 3 to 8 bytes a pixel in memory. */
  readonly maxMegapixels?: number;
  /** Hears what the header claims, as it is stored and before anything is decoded; what it throws refuses the picture. */
  readonly onClaims?: ((claims: Size) => void) | undefined;
}

/** A picture's file in memory, with what can be known without decoding it. */
export interface PictureFile extends FileBytes {
  readonly about: Metadata;
  readonly format: PictureFormat;
  /** Whether a JPEG's missing end marker was put behind its bytes: then they must be whole otherwise. */
  readonly ended: boolean;
  /** The format that it is really of, where that is only read; `bytes` are a PNG then. */
  readonly readOnly?: ReadOnlyFormat;
  /** What making that PNG left out. */
  readonly notes?: readonly string[];
}

/** Decodes a file that was opened. The samples are as `readPicture` says. Errors: file-unreadable (damaged), format-unsupported, out-of-memory */
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

/** Checks that a file's bytes are a picture that can be decoded. Errors as in `readPicture`. */
export async function openPictureFile(file: FileBytes, limits: FileLimits = {}): Promise<PictureFile> {
  const { path, name, bytes: whole } = file;
  const ended = lacksEndMarker(whole);
  const bytes = ended ? Buffer.concat([whole, END_OF_JPEG]) : withAvifBrand(whole);
  const claimed = formatOfBytes(bytes);
  const readOnly = claimed === undefined ? readOnlyFormatOfBytes(bytes) : undefined;
  if (readOnly !== undefined) return openReadOnly({ path, name, bytes }, readOnly, limits);
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
  checkSize(about, file, limits);
  return { path, name, bytes, about, format, ended };
}

/** As a PNG of what it shows. Errors as in `readPicture`. */
async function openReadOnly(file: FileBytes, readOnly: ReadOnlyFormat, limits: FileLimits): Promise<PictureFile> {
  const { path, name, bytes } = file;
  try {
    const png = await readOnlyAsPng(file, readOnly, (width, height) => checkSize({ width, height }, file, limits));
    const opened = await openPictureFile({ path: '', name, bytes: png.bytes }, limits);
    return { ...opened, path, readOnly, notes: png.notes };
  } catch (thrown) {
    throw decodingFailed(path, name, bytes, thrown);
  }
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

function checkSize({ width, height }: Size, { path, name }: FileBytes, limits: FileLimits): void {
  const { maxMegapixels = DEFAULT_MAX_MEGAPIXELS, onClaims } = limits;
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
  onClaims?.({ width, height });
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
  if (about.format !== 'heif') {
    const few = about.isPalette || (about.bitsPerSample ?? 8) < 8 || (about.format === 'tiff' && hasPalette(bytes));
    return few ? { fewColours: true } : {};
  }
  const bits = about.bitsPerSample;
  return bits === 10 || bits === 12 ? { bits } : { bits: 8 };
}
