/**
 * EXIF as bytes. The picture library writes its own, shorter version of a file's EXIF; this keeps every byte of the
 * original but those that a changed picture makes untrue. Layout: TIFF 6.0, section 2, and EXIF 2.32, section 4.
 */
import type { Size } from '../../shared/geometry';

const TAG = {
  orientation: 0x0112,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  exifDirectory: 0x8769,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
} as const;

const SHORT = 3;
const LONG = 4;

interface Entry {
  readonly tag: number;
  readonly type: number;
  /** Where the value stands, for values of at most four bytes. */
  readonly valueAt: number;
}

/** The block without the "Exif" prefix that JPEG and some WebP files put before it. */
export function withoutExifPrefix(block: Uint8Array): Uint8Array {
  const prefix = Buffer.from('Exif\0\0', 'latin1');
  return Uint8Array.from(prefix.equals(block.subarray(0, 6)) ? block.subarray(6) : block);
}

/**
 * A copy that fits upright samples of the given size: orientation 1, the new width and height, and no thumbnail, since
 * that would still show what was removed from the picture. Its bytes are zeroed, so that the block keeps its length and
 * every offset in it (maker notes have some) stays right. Null when the block is no readable EXIF.
 */
export function uprightExif(block: Uint8Array, size: Size): Uint8Array | null {
  const copy = Uint8Array.from(block); // a Buffer's slice would be no copy
  const tiff = TiffBlock.over(copy);
  if (!tiff) return null;
  const main = tiff.directory(tiff.firstDirectory);
  if (!main) return null;
  for (const entry of main.entries) {
    if (entry.tag === TAG.orientation) tiff.setNumber(entry, 1);
    if (entry.tag === TAG.exifDirectory) setSize(tiff, tiff.number(entry), size);
  }
  const thumbnail = main.next === 0 ? null : tiff.directory(main.next);
  if (thumbnail) {
    const value = (tag: number): number => {
      const entry = thumbnail.entries.find((candidate) => candidate.tag === tag);
      return entry ? tiff.number(entry) : 0;
    };
    const start = value(TAG.thumbnailOffset);
    copy.fill(0, start, start + value(TAG.thumbnailLength));
  }
  tiff.unlinkNext(main);
  return copy;
}

function setSize(tiff: TiffBlock, at: number, size: Size): void {
  for (const entry of tiff.directory(at)?.entries ?? []) {
    if (entry.tag === TAG.pixelWidth) tiff.setNumber(entry, size.width);
    if (entry.tag === TAG.pixelHeight) tiff.setNumber(entry, size.height);
  }
}

interface Directory {
  readonly entries: readonly Entry[];
  /** Where the pointer to the next directory stands, and what it says; 0 for the last. */
  readonly nextAt: number;
  readonly next: number;
}

/** Directories of a TIFF structure in memory; whatever points outside the block is treated as absent. */
class TiffBlock {
  readonly firstDirectory: number;
  private readonly view: DataView;
  private readonly little: boolean;

  private constructor(view: DataView, little: boolean) {
    this.view = view;
    this.little = little;
    this.firstDirectory = view.getUint32(4, little);
  }

  static over(bytes: Uint8Array): TiffBlock | null {
    if (bytes.length < 8) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const order = view.getUint16(0);
    if (order !== 0x4949 && order !== 0x4d4d) return null;
    const little = order === 0x4949;
    return view.getUint16(2, little) === 42 ? new TiffBlock(view, little) : null;
  }

  directory(at: number): Directory | null {
    if (at < 8 || at + 2 > this.view.byteLength) return null;
    const count = this.view.getUint16(at, this.little);
    const nextAt = at + 2 + 12 * count;
    if (nextAt + 4 > this.view.byteLength) return null;
    const entries = Array.from({ length: count }, (_, i): Entry => {
      const entryAt = at + 2 + 12 * i;
      return {
        tag: this.view.getUint16(entryAt, this.little),
        type: this.view.getUint16(entryAt + 2, this.little),
        valueAt: entryAt + 8,
      };
    });
    return { entries, nextAt, next: this.view.getUint32(nextAt, this.little) };
  }

  number(entry: Entry): number {
    if (entry.type === SHORT) return this.view.getUint16(entry.valueAt, this.little);
    return entry.type === LONG ? this.view.getUint32(entry.valueAt, this.little) : 0;
  }

  setNumber(entry: Entry, value: number): void {
    if (entry.type === SHORT) this.view.setUint16(entry.valueAt, value, this.little);
    if (entry.type === LONG) this.view.setUint32(entry.valueAt, value, this.little);
  }

  unlinkNext(directory: Directory): void {
    this.view.setUint32(directory.nextAt, 0, this.little);
  }
}
