/**
 * Masks at working size. A working pixel stands for every picture pixel under it, so it counts as hole when any of them
 * is hole, and as source only when all of them may be copied.
 */
import type { BitPlane } from '../../shared/bit-plane';
import type { Rect, Size } from '../../shared/geometry';
import { mirrored } from '../image/picture-view';
import { ATTENTION_CELL } from '../network/attention';

/** What a mask says beyond the picture's edge: the mirrored picture, or nothing. */
export type Beyond = 'mirrored' | 'off';

/** 1 where any picture pixel under the working pixel is on. @returns height x width of `working`, 0 or 1 */
export function anyUnder(plane: BitPlane, crop: Rect, working: Size, beyond: Beyond): Float32Array {
  return reduce(plane, crop, working, beyond, (a, b) => a | b);
}

/** 1 where every picture pixel under the working pixel is on. @returns height x width of `working`, 0 or 1 */
export function allUnder(plane: BitPlane, crop: Rect, working: Size, beyond: Beyond): Float32Array {
  return reduce(plane, crop, working, beyond, (a, b) => a & b);
}

/** Number of the attention's cells that lie in the source whole. */
export function usableCells(source: Float32Array, working: Size): number {
  let usable = 0;
  for (let y = 0; y + ATTENTION_CELL <= working.height; y += ATTENTION_CELL) {
    for (let x = 0; x + ATTENTION_CELL <= working.width; x += ATTENTION_CELL) {
      if (cellIsFull(source, working.width, x, y)) usable++;
    }
  }
  return usable;
}

function cellIsFull(mask: Float32Array, width: number, x: number, y: number): boolean {
  for (let j = y; j < y + ATTENTION_CELL; j++) {
    for (let i = x; i < x + ATTENTION_CELL; i++) {
      if (mask[j * width + i] === 0) return false;
    }
  }
  return true;
}

function reduce(
  plane: BitPlane,
  crop: Rect,
  working: Size,
  beyond: Beyond,
  merge: (a: number, b: number) => number,
): Float32Array {
  const columns = crossings(crop.x, crop.width, plane.width, beyond);
  const across = spans(crop.width, working.width);
  const down = spans(crop.height, working.height);
  const mask = new Float32Array(working.width * working.height);
  // Rows are merged as bytes, eight pixels at a time; only the merged row is taken apart into columns.
  const merged = new Uint8Array(plane.stride);
  for (let j = 0; j < working.height; j++) {
    mergeRows(plane, crop.y + down.from[j], crop.y + down.to[j], beyond, merge, merged);
    for (let i = 0; i < working.width; i++) {
      let value = bitAt(merged, columns[across.from[i]]);
      for (let x = across.from[i] + 1; x < across.to[i]; x++) value = merge(value, bitAt(merged, columns[x]));
      mask[j * working.width + i] = value;
    }
  }
  return mask;
}

function mergeRows(
  plane: BitPlane,
  from: number,
  to: number,
  beyond: Beyond,
  merge: (a: number, b: number) => number,
  merged: Uint8Array,
): void {
  for (let y = from; y < to; y++) {
    const inside = y >= 0 && y < plane.height;
    const line = (inside ? y : mirrored(y, plane.height)) * plane.stride;
    const blank = !inside && beyond === 'off';
    if (y === from) {
      if (blank) merged.fill(0);
      else merged.set(plane.bits.subarray(line, line + plane.stride));
    } else {
      for (let b = 0; b < merged.length; b++) merged[b] = merge(merged[b], blank ? 0 : plane.bits[line + b]);
    }
  }
}

/** Picture column of every column of the crop; -1 where there is none. */
function crossings(start: number, count: number, length: number, beyond: Beyond): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    const at = start + i;
    if (at >= 0 && at < length) return at;
    return beyond === 'off' ? -1 : mirrored(at, length);
  });
}

function bitAt(row: Uint8Array, x: number): number {
  return x < 0 ? 0 : (row[x >> 3] >> (x & 7)) & 1;
}

/** Inputs that an output touches, also by a part of one: those of `areaTaps`. */
function spans(inputs: number, outputs: number): { from: Int32Array; to: Int32Array } {
  const step = inputs / outputs;
  // A product that should be whole may come out a hair beside it; that hair is no pixel.
  const slack = 1e-6;
  const from = Int32Array.from({ length: outputs }, (_, i) => Math.floor(i * step + slack));
  const to = Int32Array.from({ length: outputs }, (_, i) => Math.min(inputs, Math.ceil((i + 1) * step - slack)));
  return { from, to };
}
