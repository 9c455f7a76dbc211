/**
 * Separable resampling between picture pixels and working pixels. One output pixel is a weighted sum of a run of input
 * pixels; the weights of a row or column are computed once, as `Taps`. Planes are 3 x height x width float32.
 */
import type { Rect, Size } from '../../shared/geometry';

/** For every output position: where its run of inputs starts, and `count` weights that sum to 1. */
export interface Taps {
  readonly outputs: number;
  readonly count: number;
  readonly starts: Int32Array;
  /** outputs x count. */
  readonly weights: Float32Array;
}

/**
 * Area average: output i is the mean of the inputs under [i * step, (i + 1) * step), parts of pixels counted as such.
 * Free of aliasing when shrinking, and an output whose inputs are all known depends on no other pixel, which a wider
 * kernel could not promise beside a hole.
 */
export function areaTaps(inputs: number, outputs: number): Taps {
  const step = inputs / outputs;
  const count = Math.ceil(step) + 1;
  const starts = new Int32Array(outputs);
  const weights = new Float32Array(outputs * count);
  for (let i = 0; i < outputs; i++) {
    const from = i * step;
    const to = Math.min(inputs, from + step);
    const start = Math.min(Math.floor(from), Math.max(0, inputs - count));
    starts[i] = start;
    for (let k = 0; k < count; k++) {
      const overlap = Math.min(to, start + k + 1) - Math.max(from, start + k);
      if (overlap > 0) weights[i * count + k] = overlap / (to - from);
    }
  }
  return { outputs, count: Math.min(count, inputs), starts, weights: narrow(weights, count, Math.min(count, inputs)) };
}

/**
 * Catmull-Rom interpolation at the centres of the outputs `first` .. `first + outputs - 1`, where input j's centre lies
 * at (j + 0.5) * step. Repeats the edge. With step 1 it copies exactly.
 */
export function cubicTaps(inputs: number, step: number, first: number, outputs: number): Taps {
  const count = Math.min(4, inputs);
  const starts = new Int32Array(outputs);
  const weights = new Float32Array(outputs * count);
  for (let i = 0; i < outputs; i++) {
    const at = (first + i + 0.5) / step - 0.5;
    const base = Math.floor(at);
    const t = at - base;
    const start = clamp(base - 1, 0, inputs - count);
    starts[i] = start;
    for (let k = -1; k <= 2; k++) {
      const j = clamp(base + k, 0, inputs - 1) - start;
      weights[i * count + j] += catmullRom(Math.abs(k - t));
    }
  }
  return { outputs, count, starts, weights };
}

/** Reads one row of picture colours, interleaved RGB in [-1, 1], into `row`. `y` counts from the top of the crop. */
export type RowReader = (y: number, row: Float32Array) => void;

/**
 * Shrinks (or, for tiny pictures, enlarges) a crop to working pixels by area average, one row at a time, so that a crop
 * of a 100-megapixel picture never exists as floats.
 * @returns 3 x to.height x to.width
 */
export function shrinkRows(read: RowReader, from: Size, to: Size): Float32Array {
  const across = areaTaps(from.width, to.width);
  const down = areaTaps(from.height, to.height);
  const planes = new Float32Array(3 * to.width * to.height);
  const row = new Float32Array(from.width * 3);
  const narrowed = new Float32Array(to.width * 3);
  let first = 0;
  for (let y = 0; y < from.height; y++) {
    read(y, row);
    shrinkRow(row, across, narrowed);
    while (first < to.height && down.starts[first] + down.count <= y) first++;
    for (let j = first; j < to.height && down.starts[j] <= y; j++) {
      const weight = down.weights[j * down.count + y - down.starts[j]];
      if (weight > 0) addRow(narrowed, weight, planes, j, to);
    }
  }
  return planes;
}

/** Resamples a region: rows first, then columns. @returns 3 x down.outputs x across.outputs */
export function resamplePlanes(planes: Float32Array, size: Size, across: Taps, down: Taps): Float32Array {
  const top = down.starts.reduce((least, start) => Math.min(least, start), size.height);
  const bottom = down.starts.reduce((most, start) => Math.max(most, start + down.count), 0);
  const rows = bottom - top;
  const width = across.outputs;
  const height = down.outputs;
  const result = new Float32Array(3 * width * height);
  const wide = new Float32Array(rows * width);
  for (let c = 0; c < 3; c++) {
    const plane = planes.subarray(c * size.width * size.height, (c + 1) * size.width * size.height);
    for (let y = 0; y < rows; y++) {
      const source = (top + y) * size.width;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0, from = source + across.starts[x]; k < across.count; k++) {
          sum += across.weights[x * across.count + k] * plane[from + k];
        }
        wide[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      const out = (c * height + y) * width;
      for (let k = 0; k < down.count; k++) {
        const weight = down.weights[y * down.count + k];
        if (weight === 0) continue;
        const from = (down.starts[y] - top + k) * width;
        for (let x = 0; x < width; x++) result[out + x] += weight * wide[from + x];
      }
    }
  }
  return result;
}

/**
 * A region of the picture, made from planes at working size.
 * @param crop where the planes lie, in picture pixels
 * @param region the part wanted, in picture pixels, inside `crop`
 * @returns 3 x region.height x region.width
 */
export function planesAt(planes: Float32Array, working: Size, crop: Rect, region: Rect): Float32Array {
  const across = axisTaps(working.width, crop.width, region.x - crop.x, region.width);
  const down = axisTaps(working.height, crop.height, region.y - crop.y, region.height);
  return resamplePlanes(planes, working, across, down);
}

function axisTaps(inputs: number, pixels: number, first: number, outputs: number): Taps {
  if (pixels >= inputs) return cubicTaps(inputs, pixels / inputs, first, outputs);
  const all = areaTaps(inputs, pixels);
  return {
    outputs,
    count: all.count,
    starts: all.starts.subarray(first, first + outputs),
    weights: all.weights.subarray(first * all.count, (first + outputs) * all.count),
  };
}

function shrinkRow(row: Float32Array, taps: Taps, out: Float32Array): void {
  const { count, starts, weights } = taps;
  for (let i = 0; i < taps.outputs; i++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0, at = starts[i] * 3; k < count; k++, at += 3) {
      const weight = weights[i * count + k];
      red += weight * row[at];
      green += weight * row[at + 1];
      blue += weight * row[at + 2];
    }
    out[i * 3] = red;
    out[i * 3 + 1] = green;
    out[i * 3 + 2] = blue;
  }
}

function addRow(row: Float32Array, weight: number, planes: Float32Array, y: number, size: Size): void {
  const plane = size.width * size.height;
  for (let x = 0, at = y * size.width; x < size.width; x++, at++) {
    planes[at] += weight * row[x * 3];
    planes[plane + at] += weight * row[x * 3 + 1];
    planes[2 * plane + at] += weight * row[x * 3 + 2];
  }
}

/** Keys' cubic with a = -0.5. */
function catmullRom(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}

function narrow(weights: Float32Array, count: number, kept: number): Float32Array {
  if (count === kept) return weights;
  const outputs = weights.length / count;
  const result = new Float32Array(outputs * kept);
  for (let i = 0; i < outputs; i++) result.set(weights.subarray(i * count, i * count + kept), i * kept);
  return result;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
