/**
 * What a TIFF file or an EXIF block says of who made a picture, when, where and how, in tags that the picture library does not
 * carry over: taken from one, and written into the first directory of a TIFF file (TIFF 6.0; EXIF 2.32, 4.6).
 */
import type { Size } from '../../shared/geometry';
import { withoutPhotoshopPreviews } from './previews';
import { type Entry, LONG, TiffBlock } from './tiff-block';

export interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The low bytes first. */
  readonly data: Uint8Array;
}

export interface TiffTags {
  /** Both resolutions with their unit. */
  readonly resolution: readonly Field[];
  /** Author, copyright, date, captions, camera, IPTC, Photoshop's resources. */
  readonly about: readonly Field[];
  readonly exif: readonly Field[];
  readonly place: readonly Field[];
}

const RESOLUTION = [282, 283, 296];
const DESCRIPTION = 270;
const PHOTOSHOP = 34_377;
const ABOUT = [
  269,
  DESCRIPTION,
  271,
  272,
  285,
  305,
  306,
  315,
  316,
  18_246,
  33_432,
  33_723,
  PHOTOSHOP,
  40_091,
  40_092,
  40_093,
  40_094,
  40_095,
];
const EXIF_DIRECTORY = 34_665;
const PLACE_DIRECTORY = 34_853;
/** The camera's own notes point into the file that they come from; another directory is not followed. */
const LEFT_OUT = [0x927c, 0xa005];
const [PIXEL_WIDTH, PIXEL_HEIGHT] = [0xa002, 0xa003];
const UNDEFINED = 7;

/** null: it is none, or has none of these tags. */
export function tiffTags(bytes: Uint8Array): TiffTags | null {
  const tiff = TiffBlock.over(bytes);
  const main = tiff?.directory(tiff.firstDirectory);
  if (!tiff || !main) return null;
  const among = (entries: readonly Entry[], test: (tag: number) => boolean) =>
    entries.filter(({ tag }) => test(tag)).flatMap((entry) => fieldOf(tiff, entry));
  const under = (tag: number) => {
    const pointer = main.entries.find((entry) => entry.tag === tag);
    const entries = pointer ? (tiff.directory(tiff.number(pointer))?.entries ?? []) : [];
    return among(entries, (one) => !LEFT_OUT.includes(one));
  };
  const tags = {
    resolution: among(main.entries, (tag) => RESOLUTION.includes(tag)),
    about: among(main.entries, (tag) => ABOUT.includes(tag)),
    exif: under(EXIF_DIRECTORY),
    place: under(PLACE_DIRECTORY),
  };
  return Object.values(tags).every((fields) => fields.length === 0) ? null : tags;
}

/** Whether tags say more than how densely the picture is printed. */
export function tellsOfOrigin({ about, exif, place }: TiffTags): boolean {
  return about.length + exif.length + place.length > 0;
}

function fieldOf(tiff: TiffBlock, entry: Entry): Field[] {
  const data = tiff.littleValue(entry);
  if (!data) return [];
  const { tag, type } = entry;
  if (tag === PHOTOSHOP) {
    const kept = withoutPhotoshopPreviews(Buffer.from(data));
    return kept.length === 0 ? [] : [{ tag, type: UNDEFINED, count: kept.length, data: kept }];
  }
  // What a program wrote there about the array that the samples were is not true of another one.
  if (tag === DESCRIPTION && Buffer.from(data).toString('latin1', 0, 8) === '{"shape"') return [];
  return [{ tag, type, count: entry.count, data }];
}

/**
 * The file with these tags in its first directory, which is written anew at its end. Returned as it is where it is no plain
 * TIFF with the low bytes first.
 * @param keep everything, or the resolutions alone
 */
export function withTiffTags(file: Buffer, tags: TiffTags, size: Size, keep: 'everything' | 'profile'): Buffer {
  return withRows(file, (end) => {
    const fresh = tags.resolution.map((field) => end.row(field));
    if (keep === 'profile') return fresh;
    fresh.push(...tags.about.map((field) => end.row(field)));
    const exif = tags.exif.map((field) => sized(field, size));
    if (exif.length > 0) fresh.push(pointer(EXIF_DIRECTORY, end.directory(exif.map((field) => end.row(field)))));
    if (tags.place.length > 0) {
      fresh.push(pointer(PLACE_DIRECTORY, end.directory(tags.place.map((field) => end.row(field)))));
    }
    return fresh;
  });
}

/** The file with these fields in its first directory; as `withTiffTags`. */
export function withFields(file: Buffer, fields: readonly Field[]): Buffer {
  return withRows(file, (end) => fields.map((field) => end.row(field)));
}

function withRows(file: Buffer, rowsAt: (end: Appendix) => Row[]): Buffer {
  const tiff = TiffBlock.over(file);
  const main = tiff?.directory(tiff.firstDirectory);
  if (!tiff || !main || !tiff.little || file.length > 2 ** 31) return file;
  const end = new Appendix(file.length);
  const fresh = rowsAt(end);
  const replaced = new Set(fresh.map(({ tag }) => tag));
  const old = main.entries
    .filter(({ tag }) => !replaced.has(tag))
    .map(({ tag, valueAt }): Row => ({ tag, bytes: Buffer.from(file.subarray(valueAt - 8, valueAt + 4)) }));
  const at = end.directory([...old, ...fresh]);
  const result = Buffer.concat([file, end.bytes()]);
  result.writeUInt32LE(at, 4);
  return result;
}

function sized(field: Field, { width, height }: Size): Field {
  if (field.tag !== PIXEL_WIDTH && field.tag !== PIXEL_HEIGHT) return field;
  const data = Buffer.alloc(4);
  data.writeUInt32LE(field.tag === PIXEL_WIDTH ? width : height);
  return { ...field, type: LONG, count: 1, data };
}

/** A directory's row of 12 bytes. */
interface Row {
  readonly tag: number;
  readonly bytes: Buffer;
}

function pointer(tag: number, to: number): Row {
  const bytes = rowOf(tag, LONG, 1);
  bytes.writeUInt32LE(to, 8);
  return { tag, bytes };
}

function rowOf(tag: number, type: number, count: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  return bytes;
}

/** What is put behind a file. */
class Appendix {
  private readonly parts: Buffer[] = [];

  constructor(private length: number) {
    if (length % 2 === 1) this.add(Buffer.alloc(1));
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  row({ tag, type, count, data }: Field): Row {
    const bytes = rowOf(tag, type, count);
    if (data.length <= 4) bytes.set(data, 8);
    else bytes.writeUInt32LE(this.add(Buffer.from(data)), 8);
    return { tag, bytes };
  }

  /** @returns where it stands */
  directory(rows: readonly Row[]): number {
    const count = Buffer.alloc(2);
    count.writeUInt16LE(rows.length);
    const sorted = [...rows].sort((a, b) => a.tag - b.tag).map(({ bytes }) => bytes);
    return this.add(Buffer.concat([count, ...sorted, Buffer.alloc(4)]));
  }

  private add(part: Buffer): number {
    const at = this.length;
    const whole = part.length % 2 === 1 && part.length > 1 ? Buffer.concat([part, Buffer.alloc(1)]) : part;
    this.parts.push(whole);
    this.length += whole.length;
    return at;
  }
}
