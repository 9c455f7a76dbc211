/** How the three convolutions are written in ONNX. */
import type { ConvolutionGeometry, GraphNode } from '../../graph/node';
import { biasedConvolution, type Lowering, NCHWC } from './builder';
import type { Emitted } from './value-names';

/** (N,C,H,W) with (K,C,kh,kw), and with a bias where the node is the sum of both. */
export function emitConvolution(
  lowering: Lowering,
  { inputs: [x, w], attributes: geometry }: GraphNode<'conv2d'>,
  bias: number | null = null,
): Emitted {
  const { builder, name, node } = lowering;
  const [k, c, ...kernel] = node(w).shape;
  const attributes = convolutionAttributes(geometry, kernel);
  const { block } = lowering;
  if (block === null || !canBlock(c, block))
    return builder.op('Conv', [x, w, ...(bias === null ? [] : [bias])].map(name), attributes);
  const kernels = lowering.once(`${w} blocked`, () => blockedKernels(lowering, w, block));
  const biases = bias === null ? [] : [filledUp(lowering, name(bias), [k], [roundUp(k, block)])];
  return { blocked: blockedConvolution(lowering, x, [kernels, ...biases], attributes) };
}

/** The convolution that a sum adds a bias to, with that bias; null when it is any other sum. */
export function emitBiased(lowering: Lowering, add: GraphNode<'add'>): Emitted | null {
  const biased = biasedConvolution(lowering, add);
  return biased && emitConvolution(lowering, biased.convolution, biased.bias);
}

/**
 * At stride 1 the transposed convolution is a convolution with the kernels turned by 180 degrees and their two channel
 * axes swapped, which ONNX Runtime executes much faster than ConvTranspose. At stride s it is s x s of these, one for each
 * place of a result in its s x s cell, with the taps that reach that place.
 */
export function emitInputGradient(lowering: Lowering, gradient: GraphNode<'conv2dInputGradient'>): Emitted {
  const { builder, name, node, block } = lowering;
  const { inputs, attributes: g, shape } = gradient;
  const [dy, w] = inputs;
  const [k, c, kh, kw] = node(w).shape;
  if (block !== null && canBlock(k, block)) return emitPhases(lowering, gradient, block) ?? transposed();
  const [top, left, bottom, right] = g.padding;
  const [reachY, reachX] = [(kh - 1) * g.dilation, (kw - 1) * g.dilation];
  const pads = [reachY - top, reachX - left, reachY - bottom, reachX - right];
  if (g.stride > 1 || pads.some((amount) => amount < 0)) return transposed();
  const swapped = builder.op('Transpose', [name(w)], { perm: [1, 0, 2, 3] });
  const joined = builder.op('Reshape', [swapped, builder.ints([c, k, kh * kw])]);
  const turned = builder.op('Gather', [joined, builder.ints(falling(kh * kw))], { axis: 2 });
  return builder.op('Conv', [name(dy), builder.op('Reshape', [turned, builder.ints([c, k, kh, kw])])], {
    kernel_shape: [kh, kw],
    dilations: [g.dilation, g.dilation],
    pads,
  });

  function transposed(): string {
    const [, , oh, ow] = node(dy).shape;
    const whole = (size: number, taps: number): number => (size - 1) * g.stride + (taps - 1) * g.dilation + 1;
    return builder.op('ConvTranspose', [name(dy), name(w)], {
      ...convolutionAttributes(g, [kh, kw]),
      output_padding: [
        shape[2] + g.padding[0] + g.padding[2] - whole(oh, kh),
        shape[3] + g.padding[1] + g.padding[3] - whole(ow, kw),
      ],
    });
  }
}

/** What reaches the places i*stride + `place` of one axis of an input. */
interface Phase {
  /** Of the kernel, in the order in which a convolution over the output's gradient uses them. */
  readonly taps: readonly number[];
  /** Zeros before and behind the output's gradient. */
  readonly before: number;
  readonly behind: number;
}

/** @returns null where an axis cannot be written so: with a stride and a dilation, or padding wider than the kernel */
function phasesOf(
  { stride, dilation }: ConvolutionGeometry,
  padding: number,
  taps: number,
  inputs: number,
  outputs: number,
): readonly Phase[] | null {
  if ((stride > 1 && dilation > 1) || inputs % stride !== 0) return null;
  const phases = Array.from({ length: stride }, (_, place): Phase => {
    const first = (place + padding) % stride;
    const used = Array.from({ length: Math.max(0, Math.ceil((taps - first) / stride)) }, (__, i) => first + i * stride);
    // Tap `first` comes from this place of the output's gradient, later taps from places before it.
    const offset = (place + padding - first) / stride;
    return {
      taps: used.reverse(),
      before: (used.length - 1) * dilation - offset,
      behind: inputs / stride + offset - outputs,
    };
  });
  return phases.every(({ taps: some, before, behind }) => some.length > 0 && before >= 0 && behind >= 0)
    ? phases
    : null;
}

/** The input's gradient by direct convolutions; null where phasesOf gives none. */
function emitPhases(
  lowering: Lowering,
  { inputs: [dy, w], attributes: g, shape: [n, c, height, width] }: GraphNode<'conv2dInputGradient'>,
  block: number,
): Emitted | null {
  const { builder, node } = lowering;
  const [k, , kh, kw] = node(w).shape;
  const [, , oh, ow] = node(dy).shape;
  const rows = phasesOf(g, g.padding[0], kh, height, oh);
  const columns = phasesOf(g, g.padding[1], kw, width, ow);
  if (rows === null || columns === null) return null;
  const kernels = lowering.once(`${w} turned`, () => swappedKernels(lowering, w, block));
  const [filters, channels] = [roundUp(c, block), k < block ? k : roundUp(k, block)];
  const results = rows.map((row) =>
    columns.map((column) => {
      const taps = row.taps.flatMap((y) => column.taps.map((x) => y * kw + x));
      const kernel = [row.taps.length, column.taps.length];
      const chosen = builder.op('Gather', [kernels, builder.ints(taps)], { axis: 1 });
      const shaped = builder.op('Reshape', [chosen, builder.ints([filters, channels, ...kernel])]);
      const pads = [row.before, column.before, row.behind, column.behind];
      return blockedConvolution(lowering, dy, [shaped], {
        kernel_shape: kernel,
        dilations: [g.dilation, g.dilation],
        pads,
      });
    }),
  );
  // Side by side within each row, then row after row: in blocks, a pixel's channels lie together.
  const woven = weave(
    results.map((row) => weave(row, block)),
    width * block,
  );
  return { blocked: woven };

  function weave(parts: readonly string[], run: number): string {
    if (parts.length === 1) return parts[0];
    const runs = builder.ints([-1, run]);
    const joined = builder.op(
      'Concat',
      parts.map((part) => builder.op('Reshape', [part, runs])),
      { axis: 1 },
    );
    return builder.op('Reshape', [joined, builder.ints([n, filters, -1, width])]);
  }
}

/**
 * One convolution in which the output's gradient slides over the input: it is a kernel as large as the picture, pictures
 * of a batch being its input channels. With the input's channels last and joined to its columns, steps of a pixel are
 * dilations of C, and the result has all taps and channels side by side, (K, kh, kw*C). So ONNX Runtime makes one matrix
 * product, whose right side it gathers piece by piece in the cache. A dilated convolution needs one for each column of taps.
 *
 * At stride 1 the two pictures may change places, which turns the taps round: the one with fewer channels is gathered.
 */
export function emitWeightGradient(
  lowering: Lowering,
  { inputs: [x, dy], attributes: g, shape }: GraphNode<'conv2dWeightGradient'>,
): string {
  const { builder, node } = lowering;
  const [k, c, kh, kw] = shape;
  const [, , oh, ow] = node(dy).shape;
  const [, , height, width] = node(x).shape;
  const [top, left, bottom, right] = g.padding;
  if (g.stride > 1 || k >= c) {
    const products = slide(lowering, x, dy, [top, left, bottom, right], g, [kh, kw]);
    return builder.op('Transpose', [builder.op('Reshape', [products, builder.ints([k, kh, kw, c])])], {
      perm: [0, 3, 1, 2],
    });
  }
  const [reachY, reachX] = [(kh - 1) * g.dilation, (kw - 1) * g.dilation];
  const around = [reachY - top, reachX - left, height + top - oh, width + left - ow];
  const products = builder.op('Reshape', [slide(lowering, dy, x, around, g, [kh, kw]), builder.ints([c, kh * kw, k])]);
  const turned = builder.op('Gather', [products, builder.ints(falling(kh * kw))], { axis: 1 });
  return builder.op('Reshape', [builder.op('Transpose', [turned], { perm: [2, 0, 1] }), builder.ints(shape)]);
}

/** Products of `kernel` (B channels) with `picture` (A channels) seen through every tap: (B, kh, kw*A). */
function slide(
  { builder, node, name, channelsLast }: Lowering,
  picture: number,
  kernel: number,
  [top, left, bottom, right]: readonly number[],
  { stride, dilation }: ConvolutionGeometry,
  [kh, kw]: readonly number[],
): string {
  const [n, channels, h, w] = node(picture).shape;
  const [, , rows, columns] = node(kernel).shape;
  // As many rows and columns as some tap sees.
  const seen = [(rows - 1) * stride + (kh - 1) * dilation + 1, (columns - 1) * stride + (kw - 1) * dilation + 1];
  const cut = [bottom - (h + top + bottom - seen[0]), right - (w + left + right - seen[1])];
  const amounts = [0, top, left, 0, 0, ...cut, 0];
  const last = channelsLast(picture);
  const padded = amounts.some((amount) => amount !== 0)
    ? builder.op('Pad', [last, builder.ints(amounts)], { mode: 'constant' })
    : last;
  const joined = builder.op('Reshape', [padded, builder.ints([1, n, seen[0], seen[1] * channels])]);
  const filters = builder.op('Transpose', [name(kernel)], { perm: [1, 0, 2, 3] });
  const convolve = (strip: string): string =>
    builder.op('Conv', [strip, filters], {
      kernel_shape: [rows, columns],
      strides: [dilation, 1],
      dilations: [stride, stride * channels],
      pads: [0, 0, 0, 0],
    });
  if (dilation === 1) return convolve(joined);
  const strips = Array.from({ length: kw }, (_, tap) => {
    const start = tap * dilation * channels;
    const length = ((columns - 1) * stride + 1) * channels;
    return convolve(
      builder.op('Slice', [joined, builder.ints([start]), builder.ints([start + length]), builder.ints([3])]),
    );
  });
  return builder.op('Concat', strips, { axis: 3 });
}

/** count-1, ..., 0: turns kernels by 180 degrees when both axes of taps are joined to one. */
const falling = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => count - 1 - i);

function convolutionAttributes({ stride, dilation, padding }: ConvolutionGeometry, kernel: readonly number[]) {
  return { kernel_shape: kernel, strides: [stride, stride], dilations: [dilation, dilation], pads: padding };
}

/** ONNX Runtime reorders channels in fours. */
const FOUR = 4;

const roundUp = (count: number, block: number): number => Math.ceil(count / block) * block;

/** Fewer channels than a block are read from plain pictures; else they are filled up to whole blocks. */
const canBlock = (inputChannels: number, block: number): boolean => inputChannels < block || inputChannels % FOUR === 0;

/** @param operands kernels, and a bias */
function blockedConvolution(
  { builder, name, node, blockedName, block }: Lowering,
  x: number,
  operands: readonly string[],
  attributes: Parameters<typeof builder.op>[2],
): string {
  const picture = block !== null && node(x).shape[1] >= block ? blockedName(x) : name(x);
  return builder.op('Conv', [picture, ...operands], attributes, { domain: NCHWC });
}

/**
 * (K,C,kh,kw) -> (K/b, C/b, kh, kw, b of C, b of K), or (K/b, C, kh, kw, b) for fewer than b input channels: what brings
 * channels into blocks does so with filters too. Transpose would move number by number.
 */
function blockedKernels(lowering: Lowering, w: number, b: number): string {
  const { builder, name, node } = lowering;
  const [k, c, kh, kw] = node(w).shape;
  const [filters, channels] = [roundUp(k, FOUR), c < b ? c : roundUp(c, b)];
  const whole = filledUp(lowering, name(w), [k, c, kh, kw], [filters, c, kh, kw]);
  const inBlocks = c < b ? whole : builder.op('ReorderInput', [whole], {}, { domain: NCHWC });
  const row = builder.op('Reshape', [inBlocks, builder.ints([1, filters, 1, channels * kh * kw])]);
  const both = builder.op('ReorderInput', [row], {}, { domain: NCHWC });
  return builder.op('Reshape', [both, builder.ints([roundUp(k, b), channels, kh, kw])]);
}

/** The same with the two channel axes swapped: (C/b * K/b, kh*kw, b*b), or (C/b * K, kh*kw, b) for fewer than b filters. */
function swappedKernels(lowering: Lowering, w: number, b: number): string {
  const { builder, name, node } = lowering;
  const [k, c, kh, kw] = node(w).shape;
  const inner = k < b ? 1 : b;
  const [rows, columns] = [roundUp(k, inner) / inner, roundUp(c, b) / b];
  const whole = filledUp(lowering, name(w), [k, c, kh, kw], [rows * inner, roundUp(c, FOUR), kh, kw]);
  const inBlocks = builder.op('ReorderInput', [whole], {}, { domain: NCHWC });
  const pieces = builder.op('Reshape', [inBlocks, builder.ints([rows, inner, columns, kh * kw, b])]);
  const swapped = builder.op('Transpose', [pieces], { perm: [2, 0, 3, 1, 4] });
  return builder.op('Reshape', [swapped, builder.ints([rows * columns, kh * kw, inner * b])]);
}

/** With zeros behind, up to the wanted shape. */
function filledUp({ builder }: Lowering, value: string, shape: readonly number[], wanted: readonly number[]): string {
  const missing = wanted.map((size, axis) => size - shape[axis]);
  if (missing.every((amount) => amount === 0)) return value;
  return builder.op('Pad', [value, builder.ints([...shape.map(() => 0), ...missing])], { mode: 'constant' });
}
