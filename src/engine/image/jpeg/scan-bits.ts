/** A scan's bits without the zeros that its bytes of ones are followed by (ITU-T T.81, B.1.1.5 and F.1.2.3). */

/** What stands between two restart markers, or all of a scan without them. */
export interface Interval {
  /** The bits, eight a byte, and at least eight bytes more. */
  readonly data: Uint8Array;
  /** Bits in `data` that are the scan's, those that fill up its last byte among them. */
  readonly bits: number;
  /** Where it stands in the file. */
  readonly from: number;
  readonly to: number;
}

/** Places of bits are counted in 31 bits. */
const MOST_BYTES = 1 << 27;
const PADDING = 8;

/**
 * @param start of the scan's first byte
 * @returns `end`: where the next marker stands that is no restart, or the file's length; null: too long
 */
export function intervalsOf(
  file: Buffer,
  start: number,
): { readonly intervals: readonly Interval[]; readonly end: number } | null {
  const plain = new Uint8Array(file.length - start + PADDING);
  const intervals: Interval[] = [];
  let [at, from, length, first] = [start, start, 0, 0];
  const close = (): void => {
    intervals.push({ data: plain.subarray(first), bits: 8 * (length - first), from, to: at });
    first = length;
  };
  const last = file.length;
  while (at < last) {
    const found = file.indexOf(0xff, at);
    const ones = found < 0 || found + 1 >= last ? last : found;
    length += file.copy(plain, length, at, ones);
    at = ones;
    if (at >= last) break;
    const next = file[at + 1];
    if (next === 0) {
      plain[length++] = 0xff;
      at += 2;
    } else if (next === 0xff) at++;
    else if (next >= 0xd0 && next <= 0xd7) {
      close();
      at += 2;
      from = at;
    } else break;
  }
  close();
  return intervals.some(({ bits }) => bits > 8 * MOST_BYTES) ? null : { intervals, end: at };
}
