/** How the depthwise convolutions are written in ONNX: as convolutions of as many groups as there are channels. */
import type { GraphNode } from '../../graph/node';
import type { Lowering } from './builder';

/** x (N,C,H,W) with w (C,1,kh,kw). */
export function emitDepthwise(
  { builder, name, node }: Lowering,
  { inputs, attributes: g }: GraphNode<'depthwiseConv2d'>,
): string {
  const [channels, , ...kernel] = node(inputs[1]).shape;
  return builder.op('Conv', inputs.map(name), {
    group: channels,
    kernel_shape: kernel,
    strides: [g.stride, g.stride],
    dilations: [g.dilation, g.dilation],
    pads: g.padding,
  });
}

export function emitDepthwiseInputGradient(
  { builder, name, node }: Lowering,
  { inputs: [dy, w], attributes: g, shape }: GraphNode<'depthwiseConv2dInputGradient'>,
): string {
  const [channels, , kh, kw] = node(w).shape;
  const [, , oh, ow] = node(dy).shape;
  const reached = (size: number, taps: number): number => (size - 1) * g.stride + (taps - 1) * g.dilation + 1;
  return builder.op('ConvTranspose', [name(dy), name(w)], {
    group: channels,
    kernel_shape: [kh, kw],
    strides: [g.stride, g.stride],
    dilations: [g.dilation, g.dilation],
    pads: g.padding,
    output_padding: [
      shape[2] + g.padding[0] + g.padding[2] - reached(oh, kh),
      shape[3] + g.padding[1] + g.padding[3] - reached(ow, kw),
    ],
  });
}

/** For every tap, the sum over the pictures of what it sees times the output's gradient. */
export function emitDepthwiseWeightGradient(
  { builder, name, node }: Lowering,
  { inputs: [x, dy], attributes: g, shape: [channels, , kh, kw] }: GraphNode<'depthwiseConv2dWeightGradient'>,
): string {
  const [, , oh, ow] = node(dy).shape;
  const [top, left, bottom, right] = g.padding;
  const pads = [0, 0, top, left, 0, 0, bottom, right];
  const padded = pads.some((width) => width > 0)
    ? builder.op('Pad', [name(x), builder.ints(pads)], { mode: 'constant' })
    : name(x);
  const taps: string[] = [];
  for (let i = 0; i < kh; i++) {
    for (let j = 0; j < kw; j++) {
      const from = [i * g.dilation, j * g.dilation];
      const to = [from[0] + (oh - 1) * g.stride + 1, from[1] + (ow - 1) * g.stride + 1];
      const seen = builder.op('Slice', [
        padded,
        ...[from, to, [2, 3], [g.stride, g.stride]].map((v) => builder.ints(v)),
      ]);
      const products = builder.op('Mul', [seen, name(dy)]);
      taps.push(builder.op('ReduceSum', [products, builder.ints([0, 2, 3])], { keepdims: 1 }));
    }
  }
  const joined = taps.length === 1 ? taps[0] : builder.op('Concat', taps, { axis: 3 });
  return builder.op('Reshape', [joined, builder.ints([channels, 1, kh, kw])]);
}
