/**
 * The operations as functions on tensors: each works out the shape of its result, refuses operands that don't fit with
 * a GraphShapeError, and appends one node (or a few, where it is a name for a combination).
 */
import { check, GraphShapeError, Tensor } from './graph';
import { broadcastShape, elementCount, formatShape, sameShape, type Shape } from './shape';

export * from './ops-spatial';

export type Operand = Tensor | number;

type Binary = 'add' | 'subtract' | 'multiply' | 'divide';

function binary(op: Binary, a: Operand, b: Operand): Tensor {
  const graph = a instanceof Tensor ? a.graph : b instanceof Tensor ? b.graph : null;
  if (graph === null) throw new TypeError(`${op} needs a tensor`);
  const left = a instanceof Tensor ? a : graph.scalar(a);
  const right = b instanceof Tensor ? b : graph.scalar(b);
  const shape = broadcastShape(left.shape, right.shape);
  if (shape === null)
    throw new GraphShapeError(op, graph.scope, [left.shape, right.shape], 'the shapes must broadcast');
  return graph.append(op, [left, right], {}, shape);
}

export const add = (a: Operand, b: Operand): Tensor => binary('add', a, b);
export const subtract = (a: Operand, b: Operand): Tensor => binary('subtract', a, b);
export const multiply = (a: Operand, b: Operand): Tensor => binary('multiply', a, b);
export const divide = (a: Operand, b: Operand): Tensor => binary('divide', a, b);

type Unary =
  'negate' | 'abs' | 'sign' | 'sqrt' | 'exp' | 'log' | 'relu' | 'elu' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax';

const unary =
  (op: Unary) =>
  (x: Tensor): Tensor =>
    x.graph.append(op, [x], {}, x.shape);

export const negate = unary('negate');
export const abs = unary('abs');
export const sign = unary('sign');
export const sqrt = unary('sqrt');
export const exp = unary('exp');
export const log = unary('log');
export const relu = unary('relu');
export const elu = unary('elu');
export const sigmoid = unary('sigmoid');
export const tanh = unary('tanh');
export const softplus = unary('softplus');
/** Over the last axis. */
export const softmax = unary('softmax');

export const leakyRelu = (x: Tensor, slope: number): Tensor => x.graph.append('leakyRelu', [x], { slope }, x.shape);
export const clip = (x: Tensor, min: number | null, max: number | null): Tensor =>
  x.graph.append('clip', [x], { min, max }, x.shape);
/** 1 where min < x < max, else 0. */
export const inRange = (x: Tensor, min: number | null, max: number | null): Tensor =>
  x.graph.append('inRange', [x], { min, max }, x.shape);
/** 1 where x > 0, else 0. */
export const step = (x: Tensor): Tensor => inRange(x, 0, null);
export const square = (x: Tensor): Tensor => multiply(x, x);

/** Sums over axes (all when left out), which stay with size 1. */
export function sum(x: Tensor, axes: readonly number[] = x.shape.map((_, axis) => axis)): Tensor {
  const fits = axes.every(
    (axis, i) => Number.isInteger(axis) && axis >= 0 && axis < x.shape.length && axes.indexOf(axis) === i,
  );
  check(fits, 'sum', [x], `axes [${axes.join()}] must exist, each named once`);
  const summed = axes.filter((axis) => x.shape[axis] !== 1).sort((a, b) => a - b);
  if (summed.length === 0) return x;
  return x.graph.append(
    'sum',
    [x],
    { axes: summed },
    x.shape.map((size, axis) => (summed.includes(axis) ? 1 : size)),
  );
}

/** The sum of everything as a scalar of shape []. */
export const total = (x: Tensor): Tensor => reshape(sum(x), []);

/** The mean over axes (all when left out), which stay with size 1. */
export function mean(x: Tensor, axes: readonly number[] = x.shape.map((_, axis) => axis)): Tensor {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  return multiply(sum(x, axes), 1 / count);
}

/** The mean of everything as a scalar of shape []. */
export const meanOf = (x: Tensor): Tensor => multiply(total(x), 1 / x.elementCount);

export function broadcast(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const rank = shape.length;
  const fits =
    x.shape.length <= rank && x.shape.every((size, axis) => size === 1 || size === shape[axis + rank - x.shape.length]);
  check(fits, 'broadcast', [x], `it must broadcast to ${formatShape(shape)}`);
  const widened = reshape(x, [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape]);
  return sameShape(widened.shape, shape) ? widened : x.graph.append('broadcast', [widened], {}, shape);
}

export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  check(
    elementCount(shape) === x.elementCount,
    'reshape',
    [x],
    `it must have as many elements as ${formatShape(shape)}`,
  );
  return x.graph.append('reshape', [x], {}, shape);
}

export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  const sorted = [...permutation].sort((a, b) => a - b);
  check(
    sorted.length === x.shape.length && sorted.every((axis, i) => axis === i),
    'transpose',
    [x],
    `[${permutation.join()}] must permute its axes`,
  );
  if (permutation.every((axis, i) => axis === i)) return x;
  return x.graph.append(
    'transpose',
    [x],
    { permutation },
    permutation.map((axis) => x.shape[axis]),
  );
}

/** The box of `shape` that begins at `starts`. */
export function slice(x: Tensor, starts: readonly number[], shape: Shape): Tensor {
  const rank = x.shape.length;
  const inside = (size: number, i: number): boolean =>
    Number.isInteger(starts[i]) && starts[i] >= 0 && starts[i] + size <= x.shape[i];
  const fits = starts.length === rank && shape.length === rank && shape.every(inside);
  check(fits, 'slice', [x], `${formatShape(shape)} from [${starts.join()}] must lie inside`);
  if (sameShape(x.shape, shape)) return x;
  return x.graph.append('slice', [x], { starts }, shape);
}

/** A slice along one axis. */
export function sliceAxis(x: Tensor, axis: number, start: number, size: number): Tensor {
  return slice(
    x,
    x.shape.map((_, i) => (i === axis ? start : 0)),
    x.shape.map((whole, i) => (i === axis ? size : whole)),
  );
}

/** Adds zeros around. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  const rank = x.shape.length;
  const fits =
    before.length === rank &&
    after.length === rank &&
    [...before, ...after].every((n) => Number.isInteger(n) && n >= 0);
  check(
    fits,
    'pad',
    [x],
    `[${before.join()}] before and [${after.join()}] after must be whole and not negative, one an axis`,
  );
  if ([...before, ...after].every((n) => n === 0)) return x;
  return x.graph.append(
    'pad',
    [x],
    { before, after },
    x.shape.map((size, i) => size + before[i] + after[i]),
  );
}

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts;
  if (first === undefined) throw new TypeError('concat needs at least one tensor');
  if (parts.length === 1) return first;
  const fits = parts.every(
    (p) => p.shape.length === first.shape.length && p.shape.every((size, i) => i === axis || size === first.shape[i]),
  );
  check(
    fits && Number.isInteger(axis) && axis >= 0 && axis < first.shape.length,
    'concat',
    parts,
    `all axes but ${axis} must agree`,
  );
  const size = parts.reduce((whole, p) => whole + p.shape[axis], 0);
  return first.graph.append(
    'concat',
    parts,
    { axis },
    first.shape.map((s, i) => (i === axis ? size : s)),
  );
}

/** (..., m, k) x (..., k, n). */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const rank = a.shape.length;
  const fits =
    rank >= 2 &&
    b.shape.length === rank &&
    a.shape[rank - 1] === b.shape[rank - 2] &&
    sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  check(fits, 'matmul', [a, b], 'they must be (..., m, k) and (..., k, n)');
  return a.graph.append('matmul', [a, b], {}, [...a.shape.slice(0, -1), b.shape[rank - 1]]);
}

/** Swaps the last two axes. */
export function matrixTranspose(x: Tensor): Tensor {
  const rank = x.shape.length;
  check(rank >= 2, 'matrixTranspose', [x], 'it needs two axes');
  const permutation = x.shape.map((_, axis) => axis);
  [permutation[rank - 2], permutation[rank - 1]] = [rank - 1, rank - 2];
  return transpose(x, permutation);
}

/** Sums a gradient over the axes along which an operand of `shape` was broadcast. */
export function unbroadcast(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const offset = x.shape.length - shape.length;
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < offset || (shape[axis - offset] === 1 && x.shape[axis] !== 1));
  return reshape(sum(x, axes), shape);
}
