import { intersect, isEmpty, type Rect, rectOf, type Size } from './geometry';

/**
 * A picture-sized plane of bits: the hole, or the region that patches may come from. Rows start on a byte, the first
 * pixel is the lowest bit. A 100-megapixel plane takes 12.5 MB.
 */
export class BitPlane {
  readonly width: number;
  readonly height: number;
  /** Bytes per row. */
  readonly stride: number;
  /** height x stride bytes; bits past the width are always 0. */
  readonly bits: Uint8Array;

  constructor(width: number, height: number, bits?: Uint8Array) {
    if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
      throw new RangeError(`a plane needs whole positive sides, not ${width} x ${height}`);
    }
    this.width = width;
    this.height = height;
    this.stride = (width + 7) >> 3;
    if (bits && bits.length !== this.stride * height) {
      throw new RangeError(`a ${width} x ${height} plane has ${this.stride * height} bytes, not ${bits.length}`);
    }
    this.bits = bits ?? new Uint8Array(this.stride * height);
    if (bits) this.clearPadding();
  }

  get(x: number, y: number): boolean {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return false;
    return ((this.bits[y * this.stride + (x >> 3)] ?? 0) & (1 << (x & 7))) !== 0;
  }

  set(x: number, y: number, on: boolean): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const index = y * this.stride + (x >> 3);
    const bit = 1 << (x & 7);
    const old = this.bits[index] ?? 0;
    this.bits[index] = on ? old | bit : old & ~bit;
  }

  /** Sets the pixels x0 <= x < x1 of a row; parts outside the plane are ignored. */
  fillSpan(y: number, x0: number, x1: number, on: boolean): void {
    if (y < 0 || y >= this.height) return;
    const from = Math.max(0, x0);
    const to = Math.min(this.width, x1);
    if (from >= to) return;
    const row = y * this.stride;
    const first = from >> 3;
    const last = (to - 1) >> 3;
    const firstBits = (0xff << (from & 7)) & 0xff;
    const lastBits = 0xff >> (7 - ((to - 1) & 7));
    if (first === last) {
      this.setBits(row + first, firstBits & lastBits, on);
      return;
    }
    this.setBits(row + first, firstBits, on);
    this.bits.fill(on ? 0xff : 0, row + first + 1, row + last);
    this.setBits(row + last, lastBits, on);
  }

  fillRect(rect: Rect, on: boolean): void {
    const r = intersect(rect, rectOf(this));
    for (let y = r.y; y < r.y + r.height; y++) this.fillSpan(y, r.x, r.x + r.width, on);
  }

  fill(on: boolean): void {
    this.bits.fill(on ? 0xff : 0);
    if (on) this.clearPadding();
  }

  clone(): BitPlane {
    return new BitPlane(this.width, this.height, this.bits.slice());
  }

  equals(other: BitPlane): boolean {
    return (
      this.width === other.width &&
      this.height === other.height &&
      this.bits.every((byte, index) => byte === other.bits[index])
    );
  }

  isEmpty(): boolean {
    return this.bits.every((byte) => byte === 0);
  }

  /** Number of pixels that are on. */
  count(): number {
    const { bits } = this;
    let total = 0;
    // By index: walking along an array makes an object of every byte where this has not been compiled yet.
    for (let at = 0; at < bits.length; at++) total += BIT_COUNTS[bits[at] ?? 0] ?? 0;
    return total;
  }

  /** The smallest rectangle that holds every pixel that is on; null when none is. */
  bounds(): Rect | null {
    let top = -1;
    let bottom = -1;
    let left = this.width;
    let right = -1;
    for (let y = 0; y < this.height; y++) {
      const row = this.bits.subarray(y * this.stride, (y + 1) * this.stride);
      const first = row.findIndex((byte) => byte !== 0);
      if (first < 0) continue;
      if (top < 0) top = y;
      bottom = y;
      const low = row[first] ?? 0;
      left = Math.min(left, first * 8 + lowestBit(low));
      let last = row.length - 1;
      while ((row[last] ?? 0) === 0) last--;
      right = Math.max(right, last * 8 + highestBit(row[last] ?? 0));
    }
    return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  }

  /** A copy of a part, byte by byte. Pixels outside the plane are off. @param rect in whole pixels */
  crop(rect: Rect): BitPlane {
    const part = new BitPlane(rect.width, rect.height);
    const inside = intersect(rect, rectOf(this));
    if (isEmpty(inside)) return part;
    const shift = rect.x & 7;
    const first = (inside.x - rect.x) >> 3;
    const last = (inside.x + inside.width - 1 - rect.x) >> 3;
    for (let y = inside.y; y < inside.y + inside.height; y++) {
      const row = this.bits.subarray(y * this.stride, (y + 1) * this.stride);
      const target = (y - rect.y) * part.stride;
      for (let j = first; j <= last; j++) {
        const from = (rect.x + 8 * j) >> 3;
        part.bits[target + j] = ((row[from] ?? 0) | ((row[from + 1] ?? 0) << 8)) >> shift;
      }
    }
    part.clearPadding();
    return part;
  }

  /** Combines another plane, placed with its corner at (x, y), into this one. */
  combine(other: BitPlane, mode: 'or' | 'and-not' | 'xor' | 'replace', x = 0, y = 0): void {
    if (x === 0 && y === 0 && other.width === this.width && other.height === this.height) {
      const theirs = other.bits;
      for (let i = 0; i < theirs.length; i++) this.bits[i] = COMBINE[mode](this.bits[i] ?? 0, theirs[i] ?? 0);
      return;
    }
    for (let j = 0; j < other.height; j++) {
      for (let i = 0; i < other.width; i++) {
        const theirs = other.get(i, j) ? 1 : 0;
        const mine = this.get(x + i, y + j) ? 1 : 0;
        this.set(x + i, y + j, (COMBINE[mode](mine, theirs) & 1) === 1);
      }
    }
  }

  invert(): void {
    for (let i = 0; i < this.bits.length; i++) this.bits[i] = ~(this.bits[i] ?? 0);
    this.clearPadding();
  }

  /** One byte a pixel, 0 or `on`: for code that works on samples. */
  toBytes(on = 255): Uint8Array {
    const bytes = new Uint8Array(this.width * this.height);
    for (let y = 0, at = 0; y < this.height; y++) {
      const row = y * this.stride;
      for (let x = 0; x < this.width; x++, at++) {
        if (((this.bits[row + (x >> 3)] ?? 0) >> (x & 7)) & 1) bytes[at] = on;
      }
    }
    return bytes;
  }

  /** Pixels with a value of at least `threshold` are on. */
  static fromBytes(size: Size, bytes: ArrayLike<number>, threshold = 128): BitPlane {
    const plane = new BitPlane(size.width, size.height);
    if (bytes.length !== size.width * size.height) {
      throw new RangeError(`${size.width} x ${size.height} pixels need as many bytes, not ${bytes.length}`);
    }
    for (let y = 0, at = 0; y < size.height; y++) {
      const row = y * plane.stride;
      for (let x = 0; x < size.width; x++, at++) {
        if ((bytes[at] ?? 0) >= threshold)
          plane.bits[row + (x >> 3)] = (plane.bits[row + (x >> 3)] ?? 0) | (1 << (x & 7));
      }
    }
    return plane;
  }

  private setBits(index: number, bits: number, on: boolean): void {
    const old = this.bits[index] ?? 0;
    this.bits[index] = on ? old | bits : old & ~bits;
  }

  private clearPadding(): void {
    const spare = this.stride * 8 - this.width;
    if (spare === 0) return;
    const keep = 0xff >> spare;
    for (let y = 1; y <= this.height; y++)
      this.bits[y * this.stride - 1] = (this.bits[y * this.stride - 1] ?? 0) & keep;
  }
}

const COMBINE = {
  or: (mine: number, theirs: number) => mine | theirs,
  'and-not': (mine: number, theirs: number) => mine & ~theirs,
  xor: (mine: number, theirs: number) => mine ^ theirs,
  replace: (_mine: number, theirs: number) => theirs,
} as const;

const BIT_COUNTS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

function lowestBit(byte: number): number {
  return 31 - Math.clz32(byte & -byte);
}

function highestBit(byte: number): number {
  return 31 - Math.clz32(byte);
}
