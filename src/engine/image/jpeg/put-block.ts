import type { BitSplicer } from './bit-splicer';
import type { GrowingCodes } from './growing-codes';

/** A block as a sequential scan holds it (ITU-T T.81, F.1.2). @param before DC of the block before in its plane */
export function putBlock(
  out: BitSplicer,
  blocks: Int16Array,
  at: number,
  before: number,
  dc: GrowingCodes,
  ac: GrowingCodes,
): void {
  const put = (codes: GrowingCodes, symbol: number, value: number, size: number): void => {
    codes.put(out, symbol, value < 0 ? value - 1 : value, size);
  };
  const change = blocks[at] - before;
  const size = bitsOf(change);
  put(dc, size, change, size);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const value = blocks[at + k];
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) put(ac, 0xf0, 0, 0);
    const length = bitsOf(value);
    put(ac, (zeros << 4) | length, value, length);
    zeros = 0;
  }
  if (zeros > 0) put(ac, 0, 0, 0);
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}
