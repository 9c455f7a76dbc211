/**
 * The oracle: executes a graph with plain float64 loops, written to be read rather than to be fast. Runtimes and
 * gradients are tested against it.
 */
import { checkFeeds, type Feeds } from '../graph/feeds';
import type { Graph, Tensor } from '../graph/graph';
import { convolve, convolutionInputGradient, convolutionWeightGradient } from './interpreter-convolution';
import * as layout from './interpreter-layout';
import type { AnyNode, GraphNode, OpKind } from '../graph/node';
import { elementCount, type Shape } from '../graph/shape';

/** An operand: its values in row-major order. */
interface Operand {
  readonly values: Float64Array;
  readonly shape: Shape;
}

interface Kernel<K extends OpKind> {
  (operands: readonly Operand[], node: GraphNode<K>): Float64Array;
}

const each =
  (f: (x: number) => number): Kernel<OpKind> =>
  ([x]) =>
    x.values.map(f);

const pairwise =
  (f: (a: number, b: number) => number): Kernel<OpKind> =>
  ([a, b], { shape }) => {
    const right = layout.broadcast(b.values, b.shape, shape);
    return layout.broadcast(a.values, a.shape, shape).map((left, i) => f(left, right[i]));
  };

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

type Forward = 'conv2d' | 'depthwiseConv2d';

const forward =
  (depthwise: boolean): Kernel<Forward> =>
  ([x, w], { attributes, shape }) =>
    convolve(x.values, w.values, { x: x.shape, w: w.shape, y: shape, depthwise, ...attributes });

const inputGradient =
  (depthwise: boolean): Kernel<`${Forward}InputGradient`> =>
  ([dy, w], { attributes, shape }) =>
    convolutionInputGradient(dy.values, w.values, { x: shape, w: w.shape, y: dy.shape, depthwise, ...attributes });

const weightGradient =
  (depthwise: boolean): Kernel<`${Forward}WeightGradient`> =>
  ([x, dy], { attributes, shape }) =>
    convolutionWeightGradient(x.values, dy.values, { x: x.shape, w: shape, y: dy.shape, depthwise, ...attributes });

const kernels: { readonly [K in Exclude<OpKind, 'input'>]: Kernel<K> } = {
  constant: (_, { attributes: { values }, shape }) =>
    values.length === 1 ? new Float64Array(elementCount(shape)).fill(values[0]) : Float64Array.from(values),

  add: pairwise((a, b) => a + b),
  subtract: pairwise((a, b) => a - b),
  multiply: pairwise((a, b) => a * b),
  divide: pairwise((a, b) => a / b),

  negate: each((x) => -x),
  abs: each(Math.abs),
  sign: each(Math.sign),
  sqrt: each(Math.sqrt),
  exp: each(Math.exp),
  log: each(Math.log),
  relu: each((x) => Math.max(x, 0)),
  leakyRelu: ([x], { attributes: { slope } }) => x.values.map((v) => (v > 0 ? v : slope * v)),
  elu: each((x) => (x > 0 ? x : Math.expm1(x))),
  sigmoid: each(sigmoid),
  tanh: each(Math.tanh),
  softplus: each(softplus),
  clip: ([x], { attributes: { min, max } }) =>
    x.values.map((v) => Math.min(Math.max(v, min ?? -Infinity), max ?? Infinity)),
  inRange: ([x], { attributes: { min, max } }) =>
    x.values.map((v) => ((min === null || v > min) && (max === null || v < max) ? 1 : 0)),

  softmax: ([x]) => softmax(x),
  matmul: ([a, b]) => matmul(a, b),

  sum: ([x], { shape }) => layout.sumTo(x.values, x.shape, shape),
  broadcast: ([x], { shape }) => layout.broadcast(x.values, x.shape, shape),
  reshape: ([x]) => x.values,
  transpose: ([x], { attributes: { permutation } }) => layout.transpose(x.values, x.shape, permutation),
  slice: ([x], { attributes: { starts }, shape }) => layout.slice(x.values, x.shape, starts, shape),
  pad: ([x], { attributes: { before }, shape }) => layout.place([{ ...x, starts: before }], shape),
  concat: (parts, { attributes: { axis }, shape }) => {
    let start = 0;
    const placed = parts.map((part) => {
      const starts = shape.map((_, i) => (i === axis ? start : 0));
      start += part.shape[axis];
      return { ...part, starts };
    });
    return layout.place(placed, shape);
  },

  conv2d: forward(false),
  conv2dInputGradient: inputGradient(false),
  conv2dWeightGradient: weightGradient(false),
  depthwiseConv2d: forward(true),
  depthwiseConv2dInputGradient: inputGradient(true),
  depthwiseConv2dWeightGradient: weightGradient(true),

  resizeNearest: ([x], { attributes: { factor } }) => layout.resizeNearest(x.values, x.shape, factor),
  blockSum: ([x], { attributes: { factor }, shape }) => layout.blockSum(x.values, shape, factor),
  spaceToDepth: ([x], { attributes: { block }, shape }) => layout.spaceToDepth(x.values, shape, block),
  depthToSpace: ([x], { attributes: { block } }) => layout.depthToSpace(x.values, x.shape, block),
};

function softmax({ values, shape }: Operand): Float64Array {
  const size = shape[shape.length - 1];
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += size) {
    const row = values.subarray(start, start + size);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = row.map((v) => Math.exp(v - largest));
    const whole = powers.reduce((a, b) => a + b, 0);
    result.set(
      powers.map((p) => p / whole),
      start,
    );
  }
  return result;
}

function matmul(a: Operand, b: Operand): Float64Array {
  const [m, k] = a.shape.slice(-2);
  const n = b.shape[b.shape.length - 1];
  const result = new Float64Array((a.values.length / k) * n);
  // The rows of all matrices of the batch lie one behind the other.
  for (let row = 0; row < a.values.length / k; row++) {
    const batch = Math.floor(row / m);
    for (let i = 0; i < k; i++) {
      const left = a.values[row * k + i];
      const from = (batch * k + i) * n;
      for (let j = 0; j < n; j++) result[row * n + j] += left * b.values[from + j];
    }
  }
  return result;
}

function run(node: AnyNode, operands: readonly Operand[], feeds: Feeds): Float64Array {
  if (node.op === 'input') return Float64Array.from(feeds[node.attributes.name]);
  // The table's row has the node's own kind; the compiler cannot follow that through the union.
  const kernel = kernels[node.op] as Kernel<OpKind>;
  return kernel(operands, node);
}

/**
 * The values of some tensors of one graph, in row-major order.
 *
 * @throws Error when the tensors belong to different graphs or the feeds don't fit (see checkFeeds)
 */
export function evaluate(tensors: readonly Tensor[], feeds: Feeds): Float64Array[] {
  const [first] = tensors;
  if (first === undefined) return [];
  const { graph } = first;
  if (tensors.some((tensor) => tensor.graph !== graph)) throw new Error('the tensors belong to different graphs');
  const nodes = graph.reachable(tensors.map(({ id }) => id));
  checkFeeds(
    graph,
    nodes.filter((node) => node.op === 'input'),
    feeds,
  );

  const values = new Map<number, Float64Array>();
  const valuesOf = (id: number): Float64Array => {
    const known = values.get(id);
    if (known === undefined) throw new Error(`node ${id} has not been computed`);
    return known;
  };
  for (const node of nodes) {
    const operands = node.inputs.map((id) => ({ values: valuesOf(id), shape: graph.node(id).shape }));
    values.set(node.id, run(node, operands, feeds));
  }
  return tensors.map(({ id }) => valuesOf(id));
}

/** The values of a graph's outputs by name, in row-major order. @throws Error as `evaluate` does */
export function interpret(graph: Graph, feeds: Feeds): Record<string, Float64Array> {
  const outputs = [...graph.outputs];
  const values = evaluate(
    outputs.map(([, id]) => graph.tensor(id)),
    feeds,
  );
  return Object.fromEntries(outputs.map(([name], i) => [name, values[i]]));
}
