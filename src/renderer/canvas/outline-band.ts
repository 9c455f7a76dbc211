import { BitPlane } from '../../shared/bit-plane';

/** The widest band, pixels. */
export const MOST_RADIUS = 8;
/** Pixels of a word; one word on each side of a row holds what the band reaches for. */
const WORD = 32;

/**
 * What lies within `radius` pixels of the border of a plane, on both sides of it, inside one square whose corner is at
 * (left, top), a multiple of 8; null when nothing does. Beyond the plane's end it is off. Works on whole words of pixels:
 * it takes as long for a plane full of borders as for one with a single dot.
 */
export function bandOf(plane: BitPlane, left: number, top: number, side: number, radius: number): BitPlane | null {
  const words = side / WORD + 2;
  const rows = side + 2 * radius;
  const on = new Uint32Array(words * rows);
  if (!copyRows(plane, left, top - radius, on, words)) return null;
  const off = on.map((word) => ~word);
  for (let i = 0; i < radius; i++) {
    grow(on, words);
    grow(off, words);
  }
  const band = new Uint8Array(on.map((word, i) => word & (off[i] ?? 0)).buffer);
  const square = new BitPlane(side, side);
  for (let y = 0; y < side; y++) {
    const from = (y + radius) * words * 4 + 4;
    square.bits.set(band.subarray(from, from + side / 8), y * square.stride);
  }
  return square.isEmpty() ? null : square;
}

/** Copies rows from `top` on, the words from one before `left` on; whether anything is on there. */
function copyRows(plane: BitPlane, left: number, top: number, into: Uint32Array<ArrayBuffer>, words: number): boolean {
  const bytes = new Uint8Array(into.buffer);
  const first = (left - WORD) >> 3;
  const from = Math.max(0, first);
  const to = Math.min(plane.stride, first + words * 4);
  let any = false;
  for (let y = 0; y * words < into.length; y++) {
    const row = top + y;
    if (row < 0 || row >= plane.height || from >= to) continue;
    const part = plane.bits.subarray(row * plane.stride + from, row * plane.stride + to);
    bytes.set(part, y * words * 4 + from - first);
    any ||= part.some((byte) => byte !== 0);
  }
  return any;
}

/** Every pixel spreads to its eight neighbours. */
function grow(pixels: Uint32Array, words: number): void {
  for (let i = 0, before = 0; i < pixels.length; i++) {
    const word = pixels[i] ?? 0;
    const column = i % words;
    const previous = column === 0 ? 0 : before;
    const next = column === words - 1 ? 0 : (pixels[i + 1] ?? 0);
    before = word;
    pixels[i] = word | (word << 1) | (previous >>> 31) | (word >>> 1) | (next << 31);
  }
  const above = new Uint32Array(words);
  for (let i = 0; i < pixels.length; i++) {
    const column = i % words;
    const word = pixels[i] ?? 0;
    pixels[i] = word | (above[column] ?? 0) | (pixels[i + words] ?? 0);
    above[column] = word;
  }
}
