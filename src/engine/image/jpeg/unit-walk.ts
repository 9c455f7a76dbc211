/** Walks through the units of a sequential scan, block by block, without keeping what is not asked for (ITU-T T.81, F.2.2). */
import type { GrowingCodes } from './growing-codes';
import type { BitSplicer } from './bit-splicer';
import type { HuffmanTable } from './huffman';
import type { Interval } from './scan-bits';
import { entryOf, valueAt, WalkTable, wordAt } from './walk-table';

/** Length of the code << 8 | symbol. */
const plain = (symbol: number, length: number): number => (length << 8) | symbol;

/** How many coefficients on << 8 | bits to pass over; the end of the block leads beyond its last coefficient. */
function step(symbol: number, length: number): number {
  const size = symbol & 15;
  const on = size > 0 || symbol === 0xf0 ? (symbol >> 4) + 1 : 64;
  return (on << 8) | (length + size);
}

/** A plane's part of a unit. */
export interface WalkPart {
  /** Blocks in a unit. */
  readonly blocks: number;
  readonly dc: WalkTable;
  readonly ac: WalkTable;
  readonly steps: WalkTable;
}

export function walkPart(blocks: number, dc: HuffmanTable, ac: HuffmanTable): WalkPart {
  return { blocks, dc: new WalkTable(dc, plain), ac: new WalkTable(ac, plain), steps: new WalkTable(ac, step) };
}

export class UnitWalk {
  /** The unit that comes next. */
  unit = 0;
  /** DC of each part's block before it. */
  readonly before: Int32Array;
  /** The bit that comes next, of the interval's data. */
  at = 0;
  private data: Uint8Array;
  private bits: number;

  /** @param every units between restarts; 0: none */
  constructor(
    private readonly intervals: readonly Interval[],
    private readonly every: number,
    private readonly parts: readonly WalkPart[],
  ) {
    this.before = new Int32Array(parts.length);
    this.data = intervals[0].data;
    this.bits = intervals[0].bits;
  }

  /** The interval's, of which `at` counts. */
  get current(): Uint8Array {
    return this.data;
  }

  /** Goes to a unit that was not passed yet. @throws RangeError where the scan is damaged */
  seek(unit: number): void {
    const { every } = this;
    if (every > 0 && Math.floor(unit / every) > Math.floor((this.unit - 1) / every))
      this.restart(Math.floor(unit / every));
    while (this.unit < unit) this.skip();
  }

  private restart(place: number): void {
    if (place >= this.intervals.length) throw new RangeError('a scan that ends too early');
    const { data, bits } = this.intervals[place];
    this.data = data;
    this.bits = bits;
    this.at = 0;
    this.unit = place * this.every;
    this.before.fill(0);
  }

  /** Passes over the unit that comes next. @throws RangeError */
  skip(): void {
    const { parts } = this;
    for (let place = 0; place < parts.length; place++) {
      const { blocks, dc, steps } = parts[place];
      for (let i = 0; i < blocks; i++) {
        this.mean(place, dc);
        this.at = pastBlock(this.data, this.at, steps);
      }
    }
    this.passed();
  }

  /** Reads the unit that comes next: 64 coefficients in zigzag order for each block. @param into zeros */
  read(into: Int16Array): void {
    const { parts } = this;
    let at = 0;
    for (let place = 0; place < parts.length; place++) {
      const { blocks, dc, ac } = parts[place];
      for (let i = 0; i < blocks; i++, at += 64) {
        this.mean(place, dc);
        into[at] = this.before[place];
        this.readBlock(into, at, ac);
      }
    }
    this.passed();
  }

  /** Passes over the unit that comes next, and puts its symbols by other codes. @throws RangeError; NoRoomForSymbol */
  recode(out: BitSplicer, codes: readonly { readonly dc: GrowingCodes; readonly ac: GrowingCodes }[]): void {
    const { parts, data } = this;
    for (let place = 0; place < parts.length; place++) {
      const { blocks, dc, ac } = parts[place];
      for (let i = 0; i < blocks; i++) {
        const found = entryOf(wordAt(data, this.at), dc);
        const size = found & 15;
        const value = valueAt(data, this.at + (found >> 8), size);
        codes[place].dc.put(out, found & 255, value, size);
        this.mean(place, dc);
        this.at = out.recode(data, this.at, ac, codes[place].ac.known);
      }
    }
    this.passed();
  }

  private passed(): void {
    if (this.at > this.bits) throw new RangeError('a scan that ends too early');
    this.unit++;
  }

  private mean(place: number, table: WalkTable): void {
    const found = entryOf(wordAt(this.data, this.at), table);
    this.at += found >> 8;
    this.before[place] += this.signed(found & 15);
  }

  /** T.81, F.2.2.1. */
  private signed(size: number): number {
    if (size === 0) return 0;
    const value = valueAt(this.data, this.at, size);
    this.at += size;
    return value >= 1 << (size - 1) ? value : value - (1 << size) + 1;
  }

  private readBlock(into: Int16Array, at: number, table: WalkTable): void {
    for (let k = 1; k < 64; k++) {
      const found = entryOf(wordAt(this.data, this.at), table);
      this.at += found >> 8;
      const size = found & 15;
      if (size === 0) {
        if ((found & 255) !== 0xf0) return;
        k += 15;
        continue;
      }
      k += (found & 255) >> 4;
      const value = this.signed(size);
      if (k < 64) into[at + k] = value;
    }
  }
}

/** Where a block's coefficients end that begin at a bit, its mean aside. */
function pastBlock(data: Uint8Array, bit: number, table: WalkTable): number {
  let at = bit;
  for (let k = 1; k < 64;) {
    const found = entryOf(wordAt(data, at), table);
    at += found & 255;
    k += found >> 8;
  }
  return at;
}
