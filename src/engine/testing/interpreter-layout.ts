/**
 * Everything that only moves or adds up elements: each operation says where, in another array, the elements of a box
 * lie, and then takes from there, writes there or adds there.
 */
import { stridesOf, type Shape } from '../graph/shape';

/** For each element of a box, in row-major order: its place in an array with the given strides. */
function places(shape: Shape, strides: readonly number[], offset = 0): Int32Array {
  let result = Int32Array.of(offset);
  shape.forEach((size, axis) => {
    const wider = new Int32Array(result.length * size);
    result.forEach((place, i) => {
      for (let j = 0; j < size; j++) wider[i * size + j] = place + j * strides[axis];
    });
    result = wider;
  });
  return result;
}

const take = (x: Float64Array, from: Int32Array): Float64Array => Float64Array.from(from, (place) => x[place]);

function addAt(x: Float64Array, at: Int32Array, size: number): Float64Array {
  const result = new Float64Array(size);
  x.forEach((value, i) => (result[at[i]] += value));
  return result;
}

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

const offsetOf = (starts: readonly number[], strides: readonly number[]): number =>
  starts.reduce((sum, start, axis) => sum + start * strides[axis], 0);

/** Strides that walk an array of shape `small` as if it had the shape `large`: 0 along the axes it is repeated on. */
function broadcastStrides(small: Shape, large: Shape): number[] {
  const missing = large.length - small.length;
  const strides = stridesOf(small);
  return large.map((_, axis) => (axis < missing || small[axis - missing] === 1 ? 0 : strides[axis - missing]));
}

export function broadcast(x: Float64Array, from: Shape, to: Shape): Float64Array {
  return take(x, places(to, broadcastStrides(from, to)));
}

/** Sums over the axes that have size 1 in `to`. */
export function sumTo(x: Float64Array, from: Shape, to: Shape): Float64Array {
  return addAt(x, places(from, broadcastStrides(to, from)), product(to));
}

export function transpose(x: Float64Array, shape: Shape, permutation: readonly number[]): Float64Array {
  const strides = stridesOf(shape);
  return take(
    x,
    places(
      permutation.map((axis) => shape[axis]),
      permutation.map((axis) => strides[axis]),
    ),
  );
}

export function slice(x: Float64Array, from: Shape, starts: readonly number[], shape: Shape): Float64Array {
  const strides = stridesOf(from);
  return take(x, places(shape, strides, offsetOf(starts, strides)));
}

/** A tensor with its parts at their places and zeros elsewhere. */
export function place(
  parts: readonly { readonly values: Float64Array; readonly shape: Shape; readonly starts: readonly number[] }[],
  shape: Shape,
): Float64Array {
  const result = new Float64Array(product(shape));
  const strides = stridesOf(shape);
  for (const part of parts) {
    const at = places(part.shape, strides, offsetOf(part.starts, strides));
    part.values.forEach((value, i) => (result[at[i]] = value));
  }
  return result;
}

/** Where each pixel of (N,C,fH,fW) finds its block in (N,C,H,W) = `small`. */
function blockPlaces([n, c, h, w]: Shape, factor: number): Int32Array {
  return places([n * c, h, factor, w, factor], [h * w, w, 0, 1, 0]);
}

export function resizeNearest(x: Float64Array, shape: Shape, factor: number): Float64Array {
  return take(x, blockPlaces(shape, factor));
}

/** @param shape of the result */
export function blockSum(x: Float64Array, shape: Shape, factor: number): Float64Array {
  return addAt(x, blockPlaces(shape, factor), product(shape));
}

/** @param shape of the result, (N,b*b*C,H,W) */
export function spaceToDepth(x: Float64Array, [n, channels, h, w]: Shape, b: number): Float64Array {
  const c = channels / (b * b);
  const [ofN, ofC, ofH, ofRow, ofW, ofColumn] = stridesOf([n, c, h, b, w, b]);
  return take(x, places([n, b, b, c, h, w], [ofN, ofRow, ofColumn, ofC, ofH, ofW]));
}

/** @param shape of x, (N,b*b*C,H,W) */
export function depthToSpace(x: Float64Array, [n, channels, h, w]: Shape, b: number): Float64Array {
  const c = channels / (b * b);
  const [ofN, ofRow, ofColumn, ofC, ofH, ofW] = stridesOf([n, b, b, c, h, w]);
  return take(x, places([n, c, h, b, w, b], [ofN, ofC, ofH, ofRow, ofW, ofColumn]));
}
