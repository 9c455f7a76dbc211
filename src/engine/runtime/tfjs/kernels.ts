import * as tf from '@tensorflow/tfjs-core';
import type { AnyNode, GraphNode, OpKind } from '../../graph/node';
import { elementCount } from '../../graph/shape';
import { convolve, convolutionInputGradient, convolutionWeightGradient } from './convolution';
import { convolveDepthwise, depthwiseInputGradient, depthwiseWeightGradient } from './depthwise';

interface Kernel<K extends OpKind> {
  (operands: readonly tf.Tensor[], node: GraphNode<K>): tf.Tensor;
}

/** What feeds the others is made by the runtime. */
type Source = 'input' | 'constant';
type Computed = Exclude<OpKind, Source>;

const unary =
  (f: (x: tf.Tensor) => tf.Tensor): Kernel<OpKind> =>
  ([x]) =>
    f(x);

const pairwise =
  (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Kernel<OpKind> =>
  ([a, b]) =>
    f(a, b);

/** Only forward operations: gradients are nodes of the graph like any others. */
const kernels: { readonly [K in Computed]: Kernel<K> } = {
  add: pairwise(tf.add),
  subtract: pairwise(tf.sub),
  multiply: pairwise(tf.mul),
  divide: pairwise(tf.div),

  negate: unary(tf.neg),
  abs: unary(tf.abs),
  sign: unary(tf.sign),
  sqrt: unary(tf.sqrt),
  exp: unary(tf.exp),
  log: unary(tf.log),
  relu: unary(tf.relu),
  leakyRelu: ([x], { attributes: { slope } }) => tf.leakyRelu(x, slope),
  elu: unary(tf.elu),
  sigmoid: unary(tf.sigmoid),
  tanh: unary(tf.tanh),
  softplus: unary(tf.softplus),
  clip: ([x], { attributes: { min, max } }) => {
    const raised = min === null ? x : tf.maximum(x, min);
    return max === null ? tf.clone(raised) : tf.minimum(raised, max);
  },
  inRange: ([x], { attributes: { min, max } }) => {
    const above = min === null ? tf.onesLike(x) : tf.cast(tf.greater(x, min), 'float32');
    return max === null ? above : tf.mul(above, tf.cast(tf.less(x, max), 'float32'));
  },

  softmax: unary((x) => tf.softmax(x)),
  sum: ([x], { attributes: { axes } }) => tf.sum(x, [...axes], true),
  broadcast: ([x], { shape }) =>
    tf.tile(
      x,
      shape.map((size, axis) => size / x.shape[axis]),
    ),
  reshape: ([x], { shape }) => tf.reshape(x, [...shape]),
  transpose: ([x], { attributes: { permutation } }) => tf.transpose(x, [...permutation]),
  slice: ([x], { attributes: { starts }, shape }) => tf.slice(x, [...starts], [...shape]),
  pad: ([x], { attributes: { before, after } }) =>
    tf.pad(
      x,
      before.map((width, axis): [number, number] => [width, after[axis]]),
    ),
  concat: (parts, { attributes: { axis } }) => tf.concat([...parts], axis),
  matmul: ([a, b], { shape }) => {
    const asBatch = (x: tf.Tensor): tf.Tensor3D => {
      const [rows, columns] = x.shape.slice(-2);
      return tf.reshape(x, [elementCount(x.shape) / (rows * columns), rows, columns]);
    };
    return tf.reshape(tf.matMul(asBatch(a), asBatch(b)), [...shape]);
  },

  conv2d: ([x, w], { attributes }) => convolve(x, w, attributes),
  conv2dInputGradient: ([dy, w], { attributes, shape }) => convolutionInputGradient(dy, w, attributes, shape),
  conv2dWeightGradient: ([x, dy], { attributes, shape }) => convolutionWeightGradient(x, dy, attributes, shape),
  depthwiseConv2d: ([x, w], { attributes }) => convolveDepthwise(x, w, attributes),
  depthwiseConv2dInputGradient: ([dy, w], { attributes, shape }) => depthwiseInputGradient(dy, w, attributes, shape),
  depthwiseConv2dWeightGradient: ([x, dy], { attributes, shape }) => depthwiseWeightGradient(x, dy, attributes, shape),

  resizeNearest: ([x], { attributes: { factor: f }, shape }) => {
    const [n, c, h, w] = x.shape;
    return tf.reshape(tf.tile(tf.reshape(x, [n * c * h, 1, w, 1]), [1, f, 1, f]), [...shape]);
  },
  blockSum: ([x], { attributes: { factor: f }, shape }) => {
    const [n, c, h, w] = shape;
    return tf.reshape(tf.sum(tf.reshape(x, [n * c * h, f, w, f]), [1, 3]), [...shape]);
  },
  spaceToDepth: ([x], { attributes: { block: b }, shape }) => {
    const [n, c, h, w] = x.shape;
    return tf.reshape(tf.transpose(tf.reshape(x, [n, c, h / b, b, w / b, b]), [0, 3, 5, 1, 2, 4]), [...shape]);
  },
  depthToSpace: ([x], { attributes: { block: b }, shape }) => {
    const [n, c, h, w] = x.shape;
    return tf.reshape(tf.transpose(tf.reshape(x, [n, b, b, c / (b * b), h, w]), [0, 3, 4, 1, 5, 2]), [...shape]);
  },
};

/** Computes one node; what it makes on the way is freed. */
export function execute(node: Exclude<AnyNode, GraphNode<Source>>, operands: readonly tf.Tensor[]): tf.Tensor {
  // The table's row has the node's own kind; the compiler cannot follow that through the union.
  const kernel = kernels[node.op] as Kernel<OpKind>;
  return tf.tidy(() => kernel(operands, node));
}
