/** Huffman codes of JPEG (ITU-T T.81, annexes C, F and K.2) and the bits of a scan. */

/** A code as a DHT segment holds it. */
export interface HuffmanTable {
  /** Number of codes of each length, 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** Symbols by rising code. */
  readonly symbols: Uint8Array;
}

/** Bits that one look at the lookup decodes. */
const LOOK = 9;

/** A code ready for decoding. */
export class HuffmanDecoder {
  /** By the next bits: length << 8 | symbol; 0: a longer code. */
  readonly lookup = new Uint16Array(1 << LOOK);
  /** By length: the largest code of it, -1 for none; and what to add to a code for its symbol's place. */
  readonly largest = new Int32Array(18).fill(-1);
  readonly offset = new Int32Array(18);

  constructor(readonly table: HuffmanTable) {
    let code = 0;
    let at = 0;
    for (let length = 1; length <= 16; length++) {
      this.offset[length] = at - code;
      const count = table.counts[length - 1];
      for (let i = 0; i < count; i++, at++, code++) {
        if (length > LOOK) continue;
        const first = code << (LOOK - length);
        this.lookup.fill((length << 8) | table.symbols[at], first, first + (1 << (LOOK - length)));
      }
      if (count > 0) this.largest[length] = code - 1;
      code <<= 1;
    }
  }
}

/** Reads a scan's bits; a marker ends them, after which there are zeros. */
export class BitReader {
  private bits = 0;
  private count = 0;
  /** Zeros that were read beyond the end. */
  private missing = 0;

  constructor(
    private readonly data: Uint8Array,
    /** Of the next byte that was not taken into the buffer. */
    public at: number,
  ) {}

  /** Whether more was read than there is. */
  get exhausted(): boolean {
    return this.missing * 8 > this.count;
  }

  private fill(): void {
    const { data } = this;
    while (this.count <= 16) {
      let byte = 0;
      if (this.at >= data.length) this.missing++;
      else {
        byte = data[this.at];
        if (byte !== 0xff) this.at++;
        else if (data[this.at + 1] === 0) this.at += 2;
        else {
          byte = 0;
          this.missing++;
        }
      }
      this.bits = ((this.bits << 8) | byte) & 0xffffff;
      this.count += 8;
    }
  }

  symbol(code: HuffmanDecoder): number {
    if (this.count < 16) this.fill();
    const found = code.lookup[(this.bits >> (this.count - LOOK)) & ((1 << LOOK) - 1)];
    if (found !== 0) {
      this.count -= found >> 8;
      return found & 255;
    }
    for (let length = LOOK + 1; length <= 16; length++) {
      const value = (this.bits >> (this.count - length)) & ((1 << length) - 1);
      if (value > code.largest[length]) continue;
      this.count -= length;
      return code.table.symbols[value + code.offset[length]];
    }
    throw new RangeError('a code that no symbol has');
  }

  /** So many bits as a number, at most 16. */
  take(length: number): number {
    if (length === 0) return 0;
    if (this.count < length) this.fill();
    this.count -= length;
    return (this.bits >> this.count) & ((1 << length) - 1);
  }

  /** A signed number of so many bits (T.81, F.2.2.1). */
  signed(length: number): number {
    const value = this.take(length);
    return length === 0 || value >= 1 << (length - 1) ? value : value - (1 << length) + 1;
  }

  /** Goes on after the next restart marker. */
  restart(): void {
    this.bits = 0;
    this.count = 0;
    this.missing = 0;
    const { data } = this;
    while (
      this.at + 1 < data.length &&
      !(data[this.at] === 0xff && data[this.at + 1] >= 0xd0 && data[this.at + 1] <= 0xd7)
    )
      this.at++;
    this.at += 2;
  }
}

/** Codes for symbols by how often they occur, none longer than 16 bits, none of ones alone (T.81, K.2). */
export function optimalTable(frequencies: Uint32Array): HuffmanTable {
  const often = Float64Array.from({ length: 257 }, (_, i) => (i === 256 ? 1 : frequencies[i]));
  const sizes = new Int32Array(257);
  const chain = new Int32Array(257).fill(-1);
  for (;;) {
    let [first, second] = [-1, -1];
    for (let i = 0; i < 257; i++) {
      if (often[i] === 0) continue;
      if (first < 0 || often[i] <= often[first]) [first, second] = [i, first];
      else if (second < 0 || often[i] <= often[second]) second = i;
    }
    if (second < 0) break;
    often[first] += often[second];
    often[second] = 0;
    let at = first;
    for (sizes[at]++; chain[at] >= 0; sizes[at]++) at = chain[at];
    chain[at] = second;
    for (at = second, sizes[at]++; chain[at] >= 0; sizes[at]++) at = chain[at];
  }
  return { counts: limitedCounts(sizes), symbols: bySize(sizes) };
}

function limitedCounts(sizes: Int32Array): Uint8Array {
  const bits = new Int32Array(258);
  for (const size of sizes) if (size > 0) bits[size]++;
  for (let length = 257; length > 16; length--) {
    while (bits[length] > 0) {
      let shorter = length - 2;
      while (bits[shorter] === 0) shorter--;
      bits[length] -= 2;
      bits[length - 1]++;
      bits[shorter + 1] += 2;
      bits[shorter]--;
    }
  }
  // The reserved symbol has the longest code: it is the one of ones alone.
  let longest = 16;
  while (bits[longest] === 0) longest--;
  bits[longest]--;
  return Uint8Array.from({ length: 16 }, (_, i) => bits[i + 1]);
}

function bySize(sizes: Int32Array): Uint8Array {
  const symbols = Array.from({ length: 256 }, (_, symbol) => symbol).filter((symbol) => sizes[symbol] > 0);
  return Uint8Array.from(symbols.sort((a, b) => sizes[a] - sizes[b] || a - b));
}

/** Writes a scan's bits. */
export class BitWriter {
  private bytes = new Uint8Array(1 << 20);
  private length = 0;
  private bits = 0;
  private count = 0;

  /** @param length at most 16 */
  put(value: number, length: number): void {
    this.bits = (this.bits << length) | (value & ((1 << length) - 1));
    this.count += length;
    while (this.count >= 8) {
      this.count -= 8;
      this.byte((this.bits >> this.count) & 255);
    }
    this.bits &= (1 << this.count) - 1;
  }

  private byte(value: number): void {
    if (this.length + 2 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.length++] = value;
    if (value === 0xff) this.bytes[this.length++] = 0;
  }

  /** All of it, the last byte filled up with ones. */
  end(): Uint8Array {
    if (this.count > 0) this.put(0xff, 8 - this.count);
    return this.bytes.subarray(0, this.length);
  }
}

/** By symbol: its code and the code's length. */
export interface HuffmanCodes {
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

export function codesOf({ counts, symbols }: HuffmanTable): HuffmanCodes {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < counts[length - 1]; i++) {
      codes[symbols[at]] = code++;
      lengths[symbols[at++]] = length;
    }
    code <<= 1;
  }
  return { codes, lengths };
}
