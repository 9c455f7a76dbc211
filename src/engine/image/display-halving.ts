/** Half-size pictures for the display: each pixel the mean of two by two, in 8 bit and in the file's own encoding. */
import { promisify } from 'node:util';
import type { Rect, Size } from '../../shared/geometry';
import { halfSize } from '../raster/halving';
import type { Picture } from './picture';
import { sampleTo8 } from './planes';

/** Pixels of the result between two turns of the event loop: some milliseconds. */
const TURN_PIXELS = 500_000;
const nextTurn = promisify(setImmediate);

/**
 * 8-bit samples of the pixels x0 <= x < x1 of row y. The array may be overwritten by the next call for a row of the
 * same parity, and must not be written to.
 */
export type RowSource = (y: number, x0: number, x1: number) => Uint8Array;

/** The rows of a picture in 8 bit, reduced from 16 where it has them. */
export function rowsOf(picture: Picture): RowSource {
  const { width, channels, samples } = picture;
  if (samples instanceof Uint8Array) return rowsOfBlock(samples, width, channels);
  const buffers = [new Uint8Array(width * channels), new Uint8Array(width * channels)];
  return (y, x0, x1) => {
    const row = buffers[y & 1].subarray(0, (x1 - x0) * channels);
    for (let i = 0, from = (y * width + x0) * channels; i < row.length; i++, from++) row[i] = sampleTo8(samples[from]);
    return row;
  };
}

/** The rows of a block of samples. */
export function rowsOfBlock(block: Uint8Array, width: number, channels: number): RowSource {
  return (y, x0, x1) => block.subarray((y * width + x0) * channels, (y * width + x1) * channels);
}

/** A copy of a box that lies inside the picture. */
export function copyBox(rows: RowSource, box: Rect, channels: number): Uint8Array {
  const length = box.width * channels;
  const copy = new Uint8Array(length * box.height);
  for (let y = 0; y < box.height; y++) copy.set(rows(box.y + y, box.x, box.x + box.width), y * length);
  return copy;
}

/**
 * The half of a picture of the given size: width and height are halved and rounded up, an odd last row or column
 * counts twice. With alpha (4 channels), colours weigh as much as they are opaque, so that what lies under
 * transparency does not bleed out.
 */
export function halve(rows: RowSource, size: Size, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  const half = halfSize(size);
  const out = new Uint8Array(half.width * half.height * channels);
  halveRows(rows, size, channels, out, 0, half.height);
  return out;
}

/** The same, letting others work in between: for pictures of many megapixels. */
export async function halveInTurns(rows: RowSource, size: Size, channels: 3 | 4): Promise<Uint8Array> {
  const half = halfSize(size);
  const out = new Uint8Array(half.width * half.height * channels);
  const band = Math.max(1, Math.floor(TURN_PIXELS / half.width));
  for (let y = 0; y < half.height; y += band) {
    halveRows(rows, size, channels, out, y, Math.min(half.height, y + band));
    await nextTurn();
  }
  return out;
}

/** The rows y0 <= y < y1 of the half. */
function halveRows(rows: RowSource, size: Size, channels: 3 | 4, out: Uint8Array, y0: number, y1: number): void {
  const average = channels === 4 ? averageWithAlpha : averageColours;
  const length = halfSize(size).width * channels;
  for (let y = y0; y < y1; y++) {
    const upper = rows(2 * y, 0, size.width);
    const lower = 2 * y + 1 < size.height ? rows(2 * y + 1, 0, size.width) : upper;
    average(upper, lower, size.width, out, y * length);
  }
}

function averageColours(upper: Uint8Array, lower: Uint8Array, width: number, out: Uint8Array, to: number): void {
  const pairs = width >> 1;
  let from = 0;
  for (let x = 0; x < pairs; x++, from += 6, to += 3) {
    out[to] = (upper[from] + upper[from + 3] + lower[from] + lower[from + 3] + 2) >> 2;
    out[to + 1] = (upper[from + 1] + upper[from + 4] + lower[from + 1] + lower[from + 4] + 2) >> 2;
    out[to + 2] = (upper[from + 2] + upper[from + 5] + lower[from + 2] + lower[from + 5] + 2) >> 2;
  }
  if ((width & 1) === 0) return;
  for (let channel = 0; channel < 3; channel++) {
    out[to + channel] = (upper[from + channel] + lower[from + channel] + 1) >> 1;
  }
}

function averageWithAlpha(upper: Uint8Array, lower: Uint8Array, width: number, out: Uint8Array, to: number): void {
  for (let x = 0; x < width; x += 2, to += 4) {
    const left = x * 4;
    const right = x + 1 < width ? left + 4 : left;
    const a = upper[left + 3];
    const b = upper[right + 3];
    const c = lower[left + 3];
    const d = lower[right + 3];
    const total = a + b + c + d;
    for (let channel = 0; channel < 3; channel++) {
      const one = upper[left + channel];
      const two = upper[right + channel];
      const three = lower[left + channel];
      const four = lower[right + channel];
      out[to + channel] =
        total === 0
          ? (one + two + three + four + 2) >> 2
          : (one * a + two * b + three * c + four * d + (total >> 1)) / total;
    }
    out[to + 3] = (total + 2) >> 2;
  }
}
