import type { Tensor } from './graph';
import type { AnyNode, GraphNode, OpKind } from './node';
import * as op from './ops';

/** The incoming gradient `g`, the node's operands and its own value. */
interface Rule<K extends OpKind> {
  (g: Tensor, operands: readonly Tensor[], y: Tensor, node: GraphNode<K>): readonly (Tensor | null)[];
}

const unbroadcast = op.unbroadcast;
const flat = () => [null];

/**
 * The vector-Jacobian product of every kind of operation: from the gradient with respect to a node's value to those with
 * respect to its operands; null where it is zero everywhere. They are made of the same kinds, so they can be
 * differentiated again.
 */
const rules: { readonly [K in OpKind]: Rule<K> } = {
  input: () => [],
  constant: () => [],

  add: (g, [a, b]) => [unbroadcast(g, a.shape), unbroadcast(g, b.shape)],
  subtract: (g, [a, b]) => [unbroadcast(g, a.shape), unbroadcast(op.negate(g), b.shape)],
  multiply: (g, [a, b]) => [unbroadcast(op.multiply(g, b), a.shape), unbroadcast(op.multiply(g, a), b.shape)],
  divide: (g, [a, b], y) => [
    unbroadcast(op.divide(g, b), a.shape),
    unbroadcast(op.negate(op.divide(op.multiply(g, y), b)), b.shape),
  ],

  negate: (g) => [op.negate(g)],
  abs: (g, [x]) => [op.multiply(g, op.sign(x))],
  sign: flat,
  sqrt: (g, _, y) => [op.divide(op.multiply(g, 0.5), y)],
  exp: (g, _, y) => [op.multiply(g, y)],
  log: (g, [x]) => [op.divide(g, x)],
  relu: (g, [x]) => [op.multiply(g, op.step(x))],
  leakyRelu: (g, [x], _, { attributes: { slope } }) => [
    op.multiply(g, op.add(op.multiply(op.step(x), 1 - slope), slope)),
  ],
  // elu' is 1 above zero and exp(x) = y + 1 below: min(y, 0) + 1 at once, and differentiable again through y.
  elu: (g, _, y) => [op.multiply(g, op.add(op.clip(y, null, 0), 1))],
  sigmoid: (g, _, y) => [op.multiply(g, op.multiply(y, op.subtract(1, y)))],
  tanh: (g, _, y) => [op.multiply(g, op.subtract(1, op.square(y)))],
  softplus: (g, [x]) => [op.multiply(g, op.sigmoid(x))],
  clip: (g, [x], _, { attributes: { min, max } }) => [op.multiply(g, op.inRange(x, min, max))],
  inRange: flat,

  softmax: (g, _, y) => [op.multiply(y, op.subtract(g, op.sum(op.multiply(g, y), [y.shape.length - 1])))],
  sum: (g, [x]) => [op.broadcast(g, x.shape)],
  broadcast: (g, [x]) => [unbroadcast(g, x.shape)],
  reshape: (g, [x]) => [op.reshape(g, x.shape)],
  transpose: (g, _, __, { attributes: { permutation } }) => [op.transpose(g, inverse(permutation))],
  slice: (g, [x], y, { attributes: { starts } }) => [
    op.pad(
      g,
      starts,
      x.shape.map((size, i) => size - starts[i] - y.shape[i]),
    ),
  ],
  pad: (g, [x], _, { attributes: { before } }) => [op.slice(g, before, x.shape)],
  concat: (g, parts, _, { attributes: { axis } }) => {
    let start = 0;
    return parts.map((part) => {
      const piece = op.sliceAxis(g, axis, start, part.shape[axis]);
      start += part.shape[axis];
      return piece;
    });
  },
  matmul: (g, [a, b]) => [op.matmul(g, op.matrixTranspose(b)), op.matmul(op.matrixTranspose(a), g)],

  // <g, conv(x, w)> is linear in x and in w, and so are its two gradients in theirs: the three kinds are closed.
  conv2d: (g, [x, w], _, { attributes }) => [
    op.conv2dInputGradient(g, w, x.shape, attributes),
    op.conv2dWeightGradient(x, g, w.shape, attributes),
  ],
  conv2dInputGradient: (g, [dy, w], _, { attributes }) => [
    op.conv2d(g, w, attributes),
    op.conv2dWeightGradient(g, dy, w.shape, attributes),
  ],
  conv2dWeightGradient: (g, [x, dy], _, { attributes }) => [
    op.conv2dInputGradient(dy, g, x.shape, attributes),
    op.conv2d(x, g, attributes),
  ],
  depthwiseConv2d: (g, [x, w], _, { attributes }) => [
    op.depthwiseConv2dInputGradient(g, w, x.shape, attributes),
    op.depthwiseConv2dWeightGradient(x, g, w.shape, attributes),
  ],
  depthwiseConv2dInputGradient: (g, [dy, w], _, { attributes }) => [
    op.depthwiseConv2d(g, w, attributes),
    op.depthwiseConv2dWeightGradient(g, dy, w.shape, attributes),
  ],
  depthwiseConv2dWeightGradient: (g, [x, dy], _, { attributes }) => [
    op.depthwiseConv2dInputGradient(dy, g, x.shape, attributes),
    op.depthwiseConv2d(x, g, attributes),
  ],

  resizeNearest: (g, _, __, { attributes: { factor } }) => [op.blockSum(g, factor)],
  blockSum: (g, _, __, { attributes: { factor } }) => [op.resizeNearest(g, factor)],
  spaceToDepth: (g, _, __, { attributes: { block } }) => [op.depthToSpace(g, block)],
  depthToSpace: (g, _, __, { attributes: { block } }) => [op.spaceToDepth(g, block)],
};

function inverse(permutation: readonly number[]): number[] {
  const result = new Array<number>(permutation.length);
  permutation.forEach((axis, i) => (result[axis] = i));
  return result;
}

/**
 * The gradients of a scalar with respect to some tensors, as new nodes of the same graph. A tensor that the scalar does
 * not depend on gets zeros.
 *
 * @param y one element, any rank
 * @throws Error when y is no scalar
 */
export function gradient(y: Tensor, xs: readonly Tensor[]): Tensor[] {
  const { graph } = y;
  if (y.elementCount !== 1) throw new Error(`only a scalar has a gradient, not a tensor of ${y.elementCount} elements`);
  const between = nodesBetween(y, xs);
  const gradients = new Map<number, Tensor>([[y.id, op.broadcast(graph.scalar(1), y.shape)]]);

  for (let id = y.id; id >= 0; id--) {
    const incoming = gradients.get(id);
    if (incoming === undefined || !between.has(id)) continue;
    const node = graph.node(id);
    const operands = node.inputs.map((input) => graph.tensor(input));
    graph.within('gradient', () => {
      pullBack(node, incoming, operands).forEach((piece, i) => {
        const operand = operands[i];
        if (piece === null || !between.has(operand.id)) return;
        const sofar = gradients.get(operand.id);
        gradients.set(operand.id, sofar === undefined ? piece : op.add(sofar, piece));
      });
    });
  }
  return xs.map((x) => gradients.get(x.id) ?? op.broadcast(graph.scalar(0), x.shape));
}

function pullBack(node: AnyNode, g: Tensor, operands: readonly Tensor[]): readonly (Tensor | null)[] {
  // The table's row has the node's own kind; the compiler cannot follow that through the union.
  const rule = rules[node.op] as Rule<OpKind>;
  return rule(g, operands, g.graph.tensor(node.id), node);
}

/** Nodes on a path from some x to y: only these take part. */
function nodesBetween(y: Tensor, xs: readonly Tensor[]): Set<number> {
  const { graph } = y;
  const depends = new Set(xs.map((x) => x.id));
  for (let id = 0; id <= y.id; id++) {
    if (graph.node(id).inputs.some((input) => depends.has(input))) depends.add(id);
  }
  const between = new Set<number>();
  const needed = new Set([y.id]);
  for (let id = y.id; id >= 0; id--) {
    if (!needed.has(id) || !depends.has(id)) continue;
    between.add(id);
    for (const input of graph.node(id).inputs) needed.add(input);
  }
  return between;
}
