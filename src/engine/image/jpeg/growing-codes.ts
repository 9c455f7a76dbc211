/** A file's own Huffman codes, to which those of symbols are appended that the file did without. */
import { codesOf, type HuffmanTable, optimalTable } from './huffman';
import { type BitSplicer, MOST_BITS } from './bit-splicer';

/** A table has no code left for a symbol. */
export class NoRoomForSymbol extends RangeError {}

/** A table with codes of about the same lengths, and such for all other symbols that a sequential scan can have. */
export function widened({ counts, symbols }: HuffmanTable, ofMeans: boolean): HuffmanTable {
  const often = new Uint32Array(256);
  if (ofMeans) often.fill(1, 0, 12);
  else for (let zeros = 0; zeros < 16; zeros++) often.fill(1, 16 * zeros + (zeros % 15 === 0 ? 0 : 1), 16 * zeros + 11);
  for (let length = 1, at = 0; length <= 16; at += counts[length - 1], length++) {
    for (const symbol of symbols.subarray(at, at + counts[length - 1])) often[symbol] = RARE_TIMES * 2 ** (16 - length);
  }
  return optimalTable(often);
}

/** Codes of 16 bits that the table has left over, that of ones alone aside. */
export function roomOf({ counts }: HuffmanTable): number {
  return 0xffff - counts.reduce((sum, count, at) => sum + count * (1 << (15 - at)), 0);
}

/** How often the rarest of the file's own symbols counts against those that it does without. */
const RARE_TIMES = 256;

/**
 * The codes of a table stay what they are while others come to it, since canonical codes rise with their length (ITU-T T.81,
 * annex C) and appended ones are as long as can be. A table keeps the code of ones alone unused, and what is left besides is
 * room for more.
 */
export class GrowingCodes {
  /** By symbol: code << 5 | its length; 0: none. */
  readonly known = new Int32Array(256);
  private readonly added: number[] = [];
  /** The next free code of 16 bits. */
  private next: number;

  constructor(private readonly own: HuffmanTable) {
    const { codes, lengths } = codesOf(own);
    for (const symbol of own.symbols) this.known[symbol] = (codes[symbol] << 5) | lengths[symbol];
    this.next = 0xffff - roomOf(own);
  }

  /**
   * Puts a symbol with the bits that follow it.
   * @param size of them
   * @throws NoRoomForSymbol
   */
  put(out: BitSplicer, symbol: number, value: number, size: number): void {
    if (this.known[symbol] === 0) this.append(symbol);
    const code = this.known[symbol] >> 5;
    const length = this.known[symbol] & 31;
    if (length + size <= MOST_BITS) out.put((code << size) | (value & ((1 << size) - 1)), length + size);
    else {
      out.put(code, length);
      out.put(value, size);
    }
  }

  private append(symbol: number): void {
    if (this.next >= 0xffff) throw new NoRoomForSymbol();
    this.known[symbol] = (this.next++ << 5) | 16;
    this.added.push(symbol);
  }

  /** What a file has to hold to be read by these codes. */
  get table(): HuffmanTable {
    const counts = Uint8Array.from(this.own.counts);
    counts[15] += this.added.length;
    return { counts, symbols: Uint8Array.from([...this.own.symbols, ...this.added]) };
  }
}
