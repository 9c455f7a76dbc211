/** PackBits, the run-length code of Photoshop's channels (TIFF 6.0, section 9): runs of 1 to 128 bytes, equal or not. */

const LONGEST = 128;

/** Most bytes that so many can become. */
export function packedBound(length: number): number {
  return length + Math.ceil(length / LONGEST);
}

/**
 * Packs one row.
 * @param to has room for `packedBound(row.length)` bytes
 * @returns how many bytes were written to it
 */
export function packRow(row: Uint8Array, to: Uint8Array): number {
  const { length } = row;
  let out = 0;
  let at = 0;
  while (at < length) {
    let end = at + 1;
    const last = Math.min(length, at + LONGEST);
    while (end < last && row[end] === row[at]) end++;
    if (end - at >= 2) {
      to[out++] = 257 - (end - at);
      to[out++] = row[at];
      at = end;
      continue;
    }
    // Up to where three are alike: a run of two in the middle would cost more than it saves.
    while (end < last && !(end + 2 < length && row[end] === row[end + 1] && row[end] === row[end + 2])) end++;
    to[out++] = end - at - 1;
    for (let i = at; i < end; i++) to[out++] = row[i];
    at = end;
  }
  return out;
}

/** Unpacks one row into `to`, which it has to fill; false when the bytes do not fit it. */
export function unpackRow(packed: Uint8Array, to: Uint8Array): boolean {
  let out = 0;
  let at = 0;
  while (at < packed.length && out < to.length) {
    const count = packed[at++];
    if (count === LONGEST) continue;
    if (count < LONGEST) {
      const end = at + count + 1;
      if (end > packed.length || out + count + 1 > to.length) return false;
      while (at < end) to[out++] = packed[at++];
    } else {
      const end = out + 257 - count;
      if (end > to.length || at >= packed.length) return false;
      to.fill(packed[at++], out, end);
      out = end;
    }
  }
  return out === to.length;
}
