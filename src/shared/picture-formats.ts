/**
 * The formats of picture files, one row each: all that tells one from another. What reads, writes, lists, names and offers
 * them goes by this table; CONTRIBUTING.md says how a row is added.
 */

/** What decides how a picture is encoded. */
export interface EncodingChoices {
  /** 1..100, as it was asked for; else as the original had it, where it has the same format; else the row's `usualQuality`. */
  readonly quality: number;
  /** No quality was asked for, and the original has the same format and stores its samples exactly. */
  readonly likeLossless: boolean;
  /** Choices of the original's encoder, where it has the same format. */
  readonly chromaSubsampling: '4:2:0' | '4:4:4' | undefined;
  readonly progressive: boolean | undefined;
  /** Bits of a sample in the original's file, where it says more than 8 or 16. */
  readonly bits: 8 | 10 | 12 | undefined;
  readonly depth: 8 | 16;
  /** Bits of a sample that are enough for it, where it is grey and from a file of few levels. */
  readonly greyBits: 1 | 2 | 4 | null;
  /** All samples, bytes. */
  readonly size: number;
  /** Pixels per millimetre. */
  readonly resolution: { readonly xres?: number; readonly yres?: number; readonly resolutionUnit?: 'inch' };
}

/** Options of sharp's encoders: https://sharp.pixelplumbing.com/api-output */
export interface EncoderOptions {
  quality?: number;
  lossless?: boolean;
  chromaSubsampling?: '4:2:0' | '4:4:4';
  progressive?: boolean;
  exact?: boolean;
  effort?: number;
  bitdepth?: 1 | 2 | 4 | 8 | 10 | 12;
  compression?: 'lzw' | 'ccittfax4';
  predictor?: 'horizontal' | 'none';
  bigtiff?: boolean;
  xres?: number;
  yres?: number;
  resolutionUnit?: 'inch';
}

interface FormatRow {
  /** As people call it. */
  readonly label: string;
  /** Of its files' names, without the dot, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  /** How its files begin, a character for each byte; looked at in the first 16. */
  readonly begins: RegExp;
  /**
   * What sharp calls it where it reads, with the compression that is read where one name stands for several; and the class of
   * libvips that loads it (`vips -l foreign`), since all others are blocked.
   */
  readonly decoder: { readonly name: string; readonly compression?: string; readonly loader: string };
  /** What sharp calls it where it writes. */
  readonly encoder: 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'gif' | 'jxl';
  readonly encode: (choices: EncodingChoices) => EncoderOptions;
  /** Whether samples come back exactly as they were written: always, never, or as its encoder is told. */
  readonly lossless: 'always' | 'never' | 'either';
  /** Where neither a person nor the original says one: high, as what is saved is often edited on. Null: there is no quality to choose. */
  readonly usualQuality: number | null;
  readonly alpha: boolean;
  /** Most bits of a sample. */
  readonly depth: 8 | 12 | 16;
  /** Whether camera data (EXIF) are written to it. */
  readonly exif: boolean;
  /** Longest side that it, or its encoder, can hold, pixels. */
  readonly longestSide: number;
}

const FORMATS = {
  jpeg: {
    label: 'JPEG',
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
    begins: /^\xff\xd8\xff/,
    decoder: { name: 'jpeg', loader: 'VipsForeignLoadJpeg' },
    encoder: 'jpeg',
    encode: ({ quality, chromaSubsampling = '4:4:4', progressive = false }) => ({
      quality,
      chromaSubsampling,
      progressive,
    }),
    lossless: 'never',
    usualQuality: 92,
    alpha: false,
    depth: 8,
    exif: true,
    longestSide: 65_500,
  },
  png: {
    label: 'PNG',
    extensions: ['png'],
    begins: /^\x89PNG/,
    decoder: { name: 'png', loader: 'VipsForeignLoadPng' },
    encoder: 'png',
    encode: () => ({}),
    lossless: 'always',
    usualQuality: null,
    alpha: true,
    depth: 16,
    exif: true,
    longestSide: Infinity,
  },
  webp: {
    label: 'WebP',
    extensions: ['webp'],
    begins: /^RIFF[^]{4}WEBP/,
    decoder: { name: 'webp', loader: 'VipsForeignLoadWebp' },
    encoder: 'webp',
    encode: ({ quality, likeLossless }) => ({ quality, lossless: likeLossless, exact: true }),
    lossless: 'either',
    usualQuality: 90,
    alpha: true,
    depth: 8,
    exif: true,
    longestSide: 16_383,
  },
  tiff: {
    label: 'TIFF',
    extensions: ['tif', 'tiff'],
    begins: /^(II[*+]\0|MM\0[*+])/,
    decoder: { name: 'tiff', loader: 'VipsForeignLoadTiff' },
    encoder: 'tiff',
    encode: ({ size, resolution, greyBits }) => ({
      compression: greyBits === 1 ? 'ccittfax4' : 'lzw',
      ...(greyBits === null
        ? { predictor: 'horizontal' as const }
        : { predictor: 'none' as const, bitdepth: greyBits }),
      bigtiff: size > 2 ** 31,
      ...resolution,
    }),
    lossless: 'always',
    usualQuality: null,
    alpha: true,
    depth: 16,
    exif: false,
    longestSide: Infinity,
  },
  avif: {
    label: 'AVIF',
    extensions: ['avif'],
    begins: /^[^]{4}ftypavi[fs]/,
    decoder: { name: 'heif', compression: 'av1', loader: 'VipsForeignLoadHeif' },
    encoder: 'avif',
    encode: ({ quality, depth, bits }) => ({
      quality,
      bitdepth: depth === 8 ? 8 : bits === 10 ? 10 : 12,
      effort: 3,
    }),
    lossless: 'never',
    // The same look needs a lower number than with JPEG.
    usualQuality: 75,
    alpha: true,
    depth: 12,
    exif: true,
    longestSide: 65_535,
  },
} as const satisfies Readonly<Record<string, FormatRow>>;

export type PictureFormat = keyof typeof FORMATS;

/** The table, in the order in which formats are offered. */
export const PICTURE_FORMATS: Readonly<Record<PictureFormat, FormatRow>> = FORMATS;
export const PICTURE_FORMAT_NAMES = Object.keys(FORMATS) as [PictureFormat, ...PictureFormat[]];

/** All extensions that a picture's file may have, without the dot. */
export const PICTURE_EXTENSIONS: readonly string[] = PICTURE_FORMAT_NAMES.flatMap(
  (format) => PICTURE_FORMATS[format].extensions,
);

/** The format that a file's name or path asks for; undefined when its extension says nothing. */
export function formatOfPath(path: string): PictureFormat | undefined {
  const extension = /[^/\\]\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  return PICTURE_FORMAT_NAMES.find((format) => PICTURE_FORMATS[format].extensions.includes(extension));
}

/** The format that a file claims to be of by how it begins; undefined for all that cannot be read. `head`: its first 16 bytes or more. */
export function formatOfBytes(head: Uint8Array): PictureFormat | undefined {
  const characters = String.fromCharCode(...head.subarray(0, 16));
  return PICTURE_FORMAT_NAMES.find((format) => PICTURE_FORMATS[format].begins.test(characters));
}

/** The usual extension of a format's files, with its dot. */
export function extensionOf(format: PictureFormat): string {
  return `.${PICTURE_FORMATS[format].extensions[0]}`;
}

/** What people call the formats of which something holds. */
export function formatLabels(which: (row: FormatRow) => boolean = () => true): readonly string[] {
  return Object.values(PICTURE_FORMATS)
    .filter(which)
    .map(({ label }) => label);
}
