import type { GraphNode, OpKind } from '../../graph/node';
import { elementCount } from '../../graph/shape';
import type { Lowering } from './builder';
import { emitBiased, emitConvolution, emitInputGradient, emitWeightGradient } from './convolutions';
import { emitDepthwise, emitDepthwiseInputGradient, emitDepthwiseWeightGradient } from './depthwise';
import { emitDepthToSpace, emitPad, emitSlice, emitSpaceToDepth } from './layout';
import type { Emitted } from './value-names';

type Emitter<K extends OpKind> = (lowering: Lowering, node: GraphNode<K>) => Emitted;

/** An element-by-element operation that ONNX has under another name. */
const plain =
  (type: string) =>
  ({ builder, name }: Lowering, node: GraphNode): string =>
    builder.op(type, node.inputs.map(name));

/** Numbers of a picture of which a second copy is worth sparing: 8 MB. */
const LARGE = 1 << 21;

/** How each kind of operation is written in ONNX (opset 17). */
export const emitters: { readonly [K in Exclude<OpKind, 'input' | 'constant'>]: Emitter<K> } = {
  add: (lowering, node) => emitBiased(lowering, node) ?? plain('Add')(lowering, node),
  subtract: plain('Sub'),
  multiply: plain('Mul'),
  divide: plain('Div'),
  negate: plain('Neg'),
  abs: plain('Abs'),
  sign: plain('Sign'),
  sqrt: plain('Sqrt'),
  exp: plain('Exp'),
  log: plain('Log'),
  relu: plain('Relu'),
  elu: (lowering, node) => {
    const { builder, name, block, frugal } = lowering;
    if (block === null || (frugal && elementCount(node.shape) > LARGE)) return plain('Elu')(lowering, node);
    // max(x, exp(min(x, 0)) - 1): on the CPU half the time of Elu, whose exponential is another one and which works in place.
    const x = name(node.inputs[0]);
    const falling = builder.op('Exp', [builder.op('Clip', [x, '', builder.float(0)])]);
    return builder.op('Max', [x, builder.op('Sub', [falling, builder.float(1)])]);
  },
  sigmoid: plain('Sigmoid'),
  tanh: plain('Tanh'),
  softplus: plain('Softplus'),
  leakyRelu: ({ builder, name }, node) =>
    builder.op('LeakyRelu', node.inputs.map(name), { alpha: { float: node.attributes.slope } }),
  clip: ({ builder, name }, { inputs, attributes: { min, max } }) =>
    builder.op('Clip', [
      name(inputs[0]),
      min === null ? '' : builder.float(min),
      max === null ? '' : builder.float(max),
    ]),
  inRange: ({ builder, name }, { inputs, attributes: { min, max } }) => {
    const x = name(inputs[0]);
    const above = min === null ? null : builder.op('Greater', [x, builder.float(min)]);
    const below = max === null ? null : builder.op('Less', [x, builder.float(max)]);
    const both = above !== null && below !== null ? builder.op('And', [above, below]) : (above ?? below);
    if (both === null) throw new Error('inRange needs a limit');
    return builder.op('Cast', [both], { to: 1 });
  },
  softmax: ({ builder, name }, node) => builder.op('Softmax', node.inputs.map(name), { axis: -1 }),
  sum: ({ builder, name }, node) =>
    builder.op('ReduceSum', [name(node.inputs[0]), builder.ints(node.attributes.axes)], { keepdims: 1 }),
  broadcast: ({ builder, name }, node) => builder.op('Expand', [name(node.inputs[0]), builder.ints(node.shape)]),
  reshape: ({ builder, name }, node) => builder.op('Reshape', [name(node.inputs[0]), builder.ints(node.shape)]),
  transpose: ({ builder, name }, node) =>
    builder.op('Transpose', node.inputs.map(name), { perm: node.attributes.permutation }),
  slice: emitSlice,
  pad: emitPad,
  concat: ({ builder, name }, node) => builder.op('Concat', node.inputs.map(name), { axis: node.attributes.axis }),
  matmul: plain('MatMul'),

  conv2d: (lowering, node) => emitConvolution(lowering, node),
  conv2dInputGradient: emitInputGradient,
  conv2dWeightGradient: emitWeightGradient,
  depthwiseConv2d: emitDepthwise,
  depthwiseConv2dInputGradient: emitDepthwiseInputGradient,
  depthwiseConv2dWeightGradient: emitDepthwiseWeightGradient,

  resizeNearest: ({ builder, name }, { inputs, attributes: { factor } }) =>
    builder.op('Resize', [name(inputs[0]), '', builder.floats([4], Float32Array.of(1, 1, factor, factor))], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    }),
  blockSum: ({ builder, name }, { inputs, attributes: { factor } }) => {
    const means = builder.op('AveragePool', [name(inputs[0])], {
      kernel_shape: [factor, factor],
      strides: [factor, factor],
    });
    return builder.op('Mul', [means, builder.float(factor * factor)]);
  },
  spaceToDepth: emitSpaceToDepth,
  depthToSpace: emitDepthToSpace,
};
