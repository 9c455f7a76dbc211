/**
 * Formats of pictures that are read, and saved as another: their own cannot hold a result, or nobody should write it. What they
 * show is opened as a PNG would be, of the same samples.
 */
import { formatLabels, formatOfPath, PICTURE_EXTENSIONS } from './picture-formats';

interface ReadOnlyRow {
  /** As people call it. */
  readonly label: string;
  /** Of its files' names, without the dot, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  /** How its files begin, a character for each byte; looked at in the first 16. */
  readonly begins: RegExp;
}

const FORMATS = {
  gif: { label: 'GIF', extensions: ['gif'], begins: /^GIF8[79]a/ },
  /** With the length of its second header: two letters alone are too few to know it by. */
  // eslint-disable-next-line no-control-regex -- first bytes of files are what they are
  bmp: { label: 'BMP', extensions: ['bmp', 'dib'], begins: /^BM[^]{12}[\x0c(@4l8|]/ },
  heic: {
    label: 'HEIC',
    extensions: ['heic', 'heif', 'hif'],
    begins: /^[^]{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)/,
  },
  psd: { label: 'PSD', extensions: ['psd', 'psb'], begins: /^8BPS/ },
} as const satisfies Readonly<Record<string, ReadOnlyRow>>;

export type ReadOnlyFormat = keyof typeof FORMATS;

export const READ_ONLY_FORMATS: Readonly<Record<ReadOnlyFormat, ReadOnlyRow>> = FORMATS;
export const READ_ONLY_FORMAT_NAMES = Object.keys(FORMATS) as readonly ReadOnlyFormat[];

/** All extensions of pictures that are read, without the dot. */
export const READABLE_EXTENSIONS: readonly string[] = [
  ...PICTURE_EXTENSIONS,
  ...READ_ONLY_FORMAT_NAMES.flatMap((format) => READ_ONLY_FORMATS[format].extensions),
];

/** The format that a file claims to be of by how it begins. `head`: its first 16 bytes or more. */
export function readOnlyFormatOfBytes(head: Uint8Array): ReadOnlyFormat | undefined {
  const characters = String.fromCharCode(...head.subarray(0, 16));
  return READ_ONLY_FORMAT_NAMES.find((format) => READ_ONLY_FORMATS[format].begins.test(characters));
}

/** The format that a file's name or path says. */
export function readOnlyFormatOfPath(path: string): ReadOnlyFormat | undefined {
  const extension = /[^/\\]\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  return READ_ONLY_FORMAT_NAMES.find((format) => READ_ONLY_FORMATS[format].extensions.includes(extension));
}

/** Whether a file's name is that of a picture that is read. */
export function isPicturePath(path: string): boolean {
  return formatOfPath(path) !== undefined || readOnlyFormatOfPath(path) !== undefined;
}

/** What people call the formats that are read. */
export function readableLabels(): readonly string[] {
  return [...formatLabels(), ...READ_ONLY_FORMAT_NAMES.map((format) => READ_ONLY_FORMATS[format].label)];
}
