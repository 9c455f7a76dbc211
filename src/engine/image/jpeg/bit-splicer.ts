/** A scan's bits as they are put together: new ones, such that are copied, and such that other codes are put for. */
import { LOOK, valueAt, type WalkTable, WORD_BITS, wordAt } from './walk-table';

/** Bits that are put at a time. */
export const MOST_BITS = 23;
/** Bytes between two looks at whether there is room; each may need a zero behind it. */
const CHUNK = 1 << 16;

export class BitSplicer {
  /** What a scan holds: a zero follows each byte of ones. */
  private bytes: Uint8Array;
  private length = 0;
  /** The last ones, not yet a byte. */
  private bits = 0;
  private count = 0;

  /** @param expected bytes */
  constructor(expected: number) {
    this.bytes = new Uint8Array(expected + 4 * CHUNK);
  }

  /** @param length at most `MOST_BITS` */
  put(value: number, length: number): void {
    this.bits = (this.bits << length) | (value & ((1 << length) - 1));
    this.count += length;
    if (this.count < 8) return;
    this.reserve(4);
    while (this.count >= 8) {
      this.count -= 8;
      const byte = (this.bits >> this.count) & 255;
      this.bytes[this.length++] = byte;
      if (byte === 0xff) this.bytes[this.length++] = 0;
    }
    this.bits &= (1 << this.count) - 1;
  }

  /** The bits from .. to - 1 of data without zeros behind bytes of ones. */
  copy(data: Uint8Array, from: number, to: number): void {
    const lead = Math.min(to - from, (8 - (from & 7)) & 7);
    if (lead > 0) this.put(data[from >> 3] >> (8 - (from & 7) - lead), lead);
    const [first, last] = [(from + lead) >> 3, to >> 3];
    for (let at = first; at < last; at += CHUNK) this.copyBytes(data, at, Math.min(last, at + CHUNK));
    const rest = to - from - lead - 8 * Math.max(0, last - first);
    if (rest > 0) this.put(data[last] >> (8 - rest), rest);
  }

  private copyBytes(data: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    const { bytes, count } = this;
    let [bits, length] = [this.bits, this.length];
    for (let at = from; at < to; at++) {
      bits = ((bits << 8) | data[at]) & 0xffff;
      const byte = (bits >> count) & 255;
      bytes[length++] = byte;
      if (byte === 0xff) bytes[length++] = 0;
    }
    this.bits = bits & ((1 << count) - 1);
    this.length = length;
  }

  /**
   * A block's coefficients that begin at a bit of such data, its mean aside, by other codes.
   * @param codes by symbol: code << 5 | its length
   * @returns where they end
   */
  recode(data: Uint8Array, bit: number, table: WalkTable, codes: Int32Array): number {
    this.reserve(64 * 4);
    const { bytes } = this;
    const { short, long } = table;
    let { bits, count } = this;
    let to = this.length;
    let at = bit;
    for (let k = 1; k < 64;) {
      const word = wordAt(data, at);
      const found = short[word >>> (32 - LOOK)] || long[word >>> 16];
      if (found === 0) throw new RangeError('a code that no symbol has');
      const length = found >> 8;
      const symbol = found & 255;
      const size = symbol & 15;
      const entry = codes[symbol];
      const put = (entry & 31) + size;
      if (put > 16 || length + size > WORD_BITS) {
        this.hold(bits, count, to);
        this.put(entry >> 5, entry & 31);
        this.put(valueAt(data, at + length, size), size);
        ({ bits, count, length: to } = this);
      } else {
        // Of no bits, a shift by as many as there are would leave all.
        bits = (bits << put) | ((entry >> 5) << size) | (((word << length) >>> 1) >>> (31 - size));
        count += put;
        if (count >= 16) {
          count -= 16;
          const high = (bits >> (count + 8)) & 255;
          const low = (bits >> count) & 255;
          bytes[to++] = high;
          if (high === 0xff) bytes[to++] = 0;
          bytes[to++] = low;
          if (low === 0xff) bytes[to++] = 0;
          bits &= (1 << count) - 1;
        }
      }
      at += length + size;
      if (size === 0 && symbol !== 0xf0) break;
      k += (symbol >> 4) + 1;
    }
    this.hold(bits, count, to);
    return at;
  }

  /** Takes over what a loop of its own has put together: at most 15 bits that are not in a byte. */
  private hold(bits: number, count: number, length: number): void {
    this.bits = bits;
    this.count = count;
    this.length = length;
    this.put(0, 0);
  }

  /** Room for so many bytes, each with a zero behind it. */
  private reserve(more: number): void {
    if (this.length + 2 * more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * this.bytes.length + 2 * more);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** All that was put together since the last end, filled up with ones. */
  end(): Buffer {
    if (this.count > 0) this.put(0xff, 8 - this.count);
    const scan = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    this.bits = 0;
    return scan;
  }
}
