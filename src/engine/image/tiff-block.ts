/** Directories of a TIFF structure in memory: of a TIFF file, or of an EXIF block (TIFF 6.0, section 2). */

export const SHORT = 3;
export const LONG = 4;
/** Bytes of a value by its type; 0: unknown. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the value stands, for values of at most four bytes; else the pointer to it. */
  readonly valueAt: number;
}

export interface Directory {
  readonly entries: readonly Entry[];
  /** Where the pointer to the next directory stands, and what it says; 0 for the last. */
  readonly nextAt: number;
  readonly next: number;
}

/** Whatever points outside the block is treated as absent. */
export class TiffBlock {
  readonly firstDirectory: number;
  private readonly view: DataView;

  private constructor(
    private readonly bytes: Uint8Array,
    readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.firstDirectory = this.view.getUint32(4, little);
  }

  /** null: not TIFF, or its large form. */
  static over(bytes: Uint8Array): TiffBlock | null {
    if (bytes.length < 8) return null;
    const order = (bytes[0] << 8) | bytes[1];
    if (order !== 0x4949 && order !== 0x4d4d) return null;
    const little = order === 0x4949;
    const magic = little ? bytes[2] | (bytes[3] << 8) : (bytes[2] << 8) | bytes[3];
    return magic === 42 ? new TiffBlock(bytes, little) : null;
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
        count: this.view.getUint32(entryAt + 4, this.little),
        valueAt: entryAt + 8,
      };
    });
    return { entries, nextAt, next: this.view.getUint32(nextAt, this.little) };
  }

  /** The entry of a tag in the first directory. */
  find(tag: number): Entry | undefined {
    return this.directory(this.firstDirectory)?.entries.find((entry) => entry.tag === tag);
  }

  number(entry: Entry): number {
    if (entry.type === SHORT) return this.view.getUint16(entry.valueAt, this.little);
    return entry.type === LONG || entry.type === 13 ? this.view.getUint32(entry.valueAt, this.little) : 0;
  }

  setNumber(entry: Entry, value: number): void {
    if (entry.type === SHORT) this.view.setUint16(entry.valueAt, value, this.little);
    if (entry.type === LONG) this.view.setUint32(entry.valueAt, value, this.little);
  }

  /** All bytes of an entry's value, as they stand, a view; null when they are not there. */
  value({ type, count, valueAt }: Entry): Uint8Array | null {
    const length = (TYPE_BYTES[type] ?? 0) * count;
    if (length === 0) return null;
    const at = length <= 4 ? valueAt : this.view.getUint32(valueAt, this.little);
    return at + length <= this.bytes.length ? this.bytes.subarray(at, at + length) : null;
  }

  /** A copy of an entry's value with the low bytes first. */
  littleValue(entry: Entry): Uint8Array | null {
    const value = this.value(entry);
    if (!value) return null;
    const copy = Uint8Array.from(value);
    const size = TYPE_BYTES[entry.type] ?? 1;
    const width = entry.type === 5 || entry.type === 10 ? 4 : size;
    if (this.little || width < 2) return copy;
    for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse();
    return copy;
  }

  unlinkNext(directory: Directory): void {
    this.view.setUint32(directory.nextAt, 0, this.little);
  }
}
