/** Huffman codes of a scan looked up in its bits (ITU-T T.81, annexes C and F). */
import type { HuffmanTable } from './huffman';

/** Bits that decode most codes at a look. */
export const LOOK = 11;

/** A code by the bits that are read next. 0: no code, or, in `short`, a longer one. */
export class WalkTable {
  readonly short = new Uint16Array(1 << LOOK);
  readonly long = new Uint16Array(1 << 16);

  /** @param entry for a symbol and the length of its code */
  constructor({ counts, symbols }: HuffmanTable, entry: (symbol: number, length: number) => number) {
    let code = 0;
    let at = 0;
    for (let length = 1; length <= 16; length++) {
      for (let i = 0; i < counts[length - 1]; i++, at++, code++) {
        const value = entry(symbols[at], length);
        const first = code << (16 - length);
        this.long.fill(value, first, first + (1 << (16 - length)));
        if (length > LOOK) continue;
        const start = code << (LOOK - length);
        this.short.fill(value, start, start + (1 << (LOOK - length)));
      }
      code <<= 1;
    }
  }
}

/** Bits of a word that are the data's. */
export const WORD_BITS = 25;

/** The next bits, the first one highest. */
export function wordAt(data: Uint8Array, bit: number): number {
  const at = bit >> 3;
  return ((data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]) << (bit & 7);
}

/** What a table has for the code that a word begins with. @throws RangeError where that is none */
export function entryOf(word: number, { short, long }: WalkTable): number {
  const found = short[word >>> (32 - LOOK)] || long[word >>> 16];
  if (found === 0) throw new RangeError('a code that no symbol has');
  return found;
}

/** The number that so many bits make, at most 16. */
export function valueAt(data: Uint8Array, bit: number, size: number): number {
  return size === 0 ? 0 : wordAt(data, bit) >>> (32 - size);
}
