import type { ConvolutionGeometry, GraphNode, OpKind } from '../../graph/node';
import { biasedConvolution, type Lowering } from './builder';

type Emitter<K extends OpKind> = (lowering: Lowering, node: GraphNode<K>) => string;

/** An element-by-element operation that ONNX has under another name. */
const plain =
  (type: string) =>
  ({ builder, name }: Lowering, node: GraphNode): string =>
    builder.op(type, node.inputs.map(name));

const axesOf = (rank: number): number[] => Array.from({ length: rank }, (_, axis) => axis);

/** How each kind of operation is written in ONNX (opset 17). */
export const emitters: { readonly [K in Exclude<OpKind, 'input' | 'constant'>]: Emitter<K> } = {
  add: (lowering, node) => {
    const { builder, name } = lowering;
    const biased = biasedConvolution(lowering, node);
    if (biased === null) return builder.op('Add', node.inputs.map(name));
    const { convolution, bias } = biased;
    return builder.op(
      'Conv',
      [...convolution.inputs.map(name), name(bias)],
      convolutionAttributes(convolution.attributes, kernelOf(lowering, convolution.inputs[1])),
    );
  },
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
  elu: plain('Elu'),
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
  slice: ({ builder, name }, { inputs, attributes: { starts }, shape }) =>
    builder.op('Slice', [
      name(inputs[0]),
      builder.ints(starts),
      builder.ints(shape.map((size, i) => starts[i] + size)),
      builder.ints(axesOf(shape.length)),
    ]),
  pad: (lowering, { inputs, attributes: { before, after } }) => {
    const { builder, name, node, uses } = lowering;
    const inner = node(inputs[0]);
    if (inner.op !== 'slice' || uses(inner.id) !== 1)
      return builder.op('Pad', [name(inner.id), builder.ints([...before, ...after])], { mode: 'constant' });
    // A slice that is padded again is one Pad with negative amounts where it was cut.
    const whole = node(inner.inputs[0]);
    const { starts } = inner.attributes;
    const front = before.map((n, i) => n - starts[i]);
    const back = after.map((n, i) => n - (whole.shape[i] - starts[i] - inner.shape[i]));
    return builder.op('Pad', [name(whole.id), builder.ints([...front, ...back])], { mode: 'constant' });
  },
  concat: ({ builder, name }, node) => builder.op('Concat', node.inputs.map(name), { axis: node.attributes.axis }),
  matmul: plain('MatMul'),

  conv2d: (lowering, node) =>
    lowering.builder.op(
      'Conv',
      node.inputs.map(lowering.name),
      convolutionAttributes(node.attributes, kernelOf(lowering, node.inputs[1])),
    ),
  conv2dInputGradient: emitInputGradient,
  conv2dWeightGradient: emitWeightGradient,

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
  spaceToDepth: ({ builder, name }, node) =>
    builder.op('SpaceToDepth', node.inputs.map(name), { blocksize: node.attributes.block }),
  depthToSpace: ({ builder, name }, node) =>
    builder.op('DepthToSpace', node.inputs.map(name), { blocksize: node.attributes.block, mode: 'DCR' }),
};

function kernelOf({ node }: Lowering, weights: number): readonly [number, number] {
  const { shape } = node(weights);
  return [shape[2], shape[3]];
}

function convolutionAttributes({ stride, dilation, padding }: ConvolutionGeometry, kernel: readonly [number, number]) {
  return { kernel_shape: kernel, strides: [stride, stride], dilations: [dilation, dilation], pads: padding };
}

/**
 * At stride 1 the transposed convolution is a convolution with the kernels turned by 180 degrees and their two channel
 * axes swapped, which ONNX Runtime executes much faster than ConvTranspose.
 */
function emitInputGradient(
  lowering: Lowering,
  { inputs: [dy, w], attributes: g, shape }: GraphNode<'conv2dInputGradient'>,
): string {
  const { builder, name, node } = lowering;
  const [kh, kw] = kernelOf(lowering, w);
  const [top, left, bottom, right] = g.padding;
  const reachY = (kh - 1) * g.dilation;
  const reachX = (kw - 1) * g.dilation;
  const pads = [reachY - top, reachX - left, reachY - bottom, reachX - right];
  if (g.stride === 1 && pads.every((amount) => amount >= 0)) {
    const swapped = builder.op('Transpose', [name(w)], { perm: [1, 0, 2, 3] });
    const turned = builder.op('Slice', [
      swapped,
      builder.ints([-1, -1]),
      builder.ints([-kh - 1, -kw - 1]),
      builder.ints([2, 3]),
      builder.ints([-1, -1]),
    ]);
    return builder.op('Conv', [name(dy), turned], {
      kernel_shape: [kh, kw],
      dilations: [g.dilation, g.dilation],
      pads,
    });
  }
  const [, , oh, ow] = node(dy).shape;
  const extra = [
    shape[2] + top + bottom - ((oh - 1) * g.stride + reachY + 1),
    shape[3] + left + right - ((ow - 1) * g.stride + reachX + 1),
  ];
  return builder.op('ConvTranspose', [name(dy), name(w)], {
    ...convolutionAttributes(g, [kh, kw]),
    output_padding: extra,
  });
}

/**
 * One matrix product a kernel tap: dy as (K, N*oh*ow) with the input seen through that tap as (C, N*oh*ow). Twice as
 * fast as a convolution with swapped axes. With few input channels the taps are gathered first, for one larger product.
 */
function emitWeightGradient(
  lowering: Lowering,
  { inputs: [x, dy], attributes: g, shape }: GraphNode<'conv2dWeightGradient'>,
): string {
  const { builder, name, node } = lowering;
  const [k, c, kh, kw] = shape;
  const [n, , oh, ow] = node(dy).shape;
  const [top, left, bottom, right] = g.padding;
  const pixels = n * oh * ow;
  const padded = builder.op('Pad', [name(x), builder.ints([0, 0, top, left, 0, 0, bottom, right])], {
    mode: 'constant',
  });
  const channelsFirst = builder.op('Transpose', [padded], { perm: [1, 0, 2, 3] });
  const left2d = builder.op('Reshape', [
    builder.op('Transpose', [name(dy)], { perm: [1, 0, 2, 3] }),
    builder.ints([k, pixels]),
  ]);

  const tap = (y: number, z: number, result: readonly number[]): string => {
    const starts = [y * g.dilation, z * g.dilation];
    const ends = [starts[0] + (oh - 1) * g.stride + 1, starts[1] + (ow - 1) * g.stride + 1];
    const seen = builder.op('Slice', [
      channelsFirst,
      builder.ints(starts),
      builder.ints(ends),
      builder.ints([2, 3]),
      builder.ints([g.stride, g.stride]),
    ]);
    return builder.op('Reshape', [seen, builder.ints(result)]);
  };
  const taps = axesOf(kh).flatMap((y) => axesOf(kw).map((z) => [y, z] as const));

  const gathered = c < 16;
  const product = gathered
    ? builder.op(
        'Gemm',
        [
          left2d,
          builder.op('Reshape', [
            joined(
              taps.map(([y, z]) => tap(y, z, [c, 1, pixels])),
              1,
            ),
            builder.ints([c * kh * kw, pixels]),
          ]),
        ],
        { transB: 1 },
      )
    : joined(
        taps.map(([y, z]) =>
          builder.op('Unsqueeze', [
            builder.op('Gemm', [left2d, tap(y, z, [c, pixels])], { transB: 1 }),
            builder.ints([2]),
          ]),
        ),
        2,
      );
  return builder.op('Reshape', [product, builder.ints(shape)]);

  function joined(parts: readonly string[], axis: number): string {
    return parts.length === 1 ? parts[0] : builder.op('Concat', parts, { axis });
  }
}
