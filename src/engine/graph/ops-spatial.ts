/** The operations on pictures (N,C,H,W): convolutions, resampling, and trading pixels for channels. Part of ops.ts. */
import { check, type Tensor } from './graph';
import type { ConvolutionGeometry, OpKind, Padding } from './node';
import { formatShape, sameShape, type Shape } from './shape';

/**
 * Padding that makes the output ceil(size / stride) long, the extra pixel after ("same" as TensorFlow defines it and the
 * reference implementation of arXiv 1801.07892 uses it).
 */
export function samePadding(
  height: number,
  width: number,
  kernel: readonly [number, number],
  stride: number,
  dilation: number,
): Padding {
  const along = (size: number, k: number): [number, number] => {
    const whole = Math.max((Math.ceil(size / stride) - 1) * stride + (k - 1) * dilation + 1 - size, 0);
    return [whole >> 1, whole - (whole >> 1)];
  };
  const [top, bottom] = along(height, kernel[0]);
  const [left, right] = along(width, kernel[1]);
  return [top, left, bottom, right];
}

function checkGeometry(
  op: OpKind,
  tensors: readonly Tensor[],
  { stride, dilation, padding }: ConvolutionGeometry,
): void {
  const fits =
    [stride, dilation].every((n) => Number.isInteger(n) && n >= 1) &&
    padding.every((n) => Number.isInteger(n) && n >= 0);
  check(
    fits,
    op,
    tensors,
    `stride ${stride} and dilation ${dilation} must be at least 1 and padding [${padding.join()}] not negative`,
  );
}

function convolvedSize(size: number, kernel: number, before: number, after: number, g: ConvolutionGeometry): number {
  return Math.floor((size + before + after - (kernel - 1) * g.dilation - 1) / g.stride) + 1;
}

function convolutionShape(x: Shape, w: Shape, g: ConvolutionGeometry): Shape {
  const [top, left, bottom, right] = g.padding;
  return [x[0], w[0], convolvedSize(x[2], w[2], top, bottom, g), convolvedSize(x[3], w[3], left, right, g)];
}

/** Convolutions of all channels together, and of each with a kernel of its own. */
type Convolution = 'conv2d' | 'depthwiseConv2d';

const KERNELS_FIT: Readonly<Record<Convolution, { fit(x: Shape, w: Shape): boolean; readonly words: string }>> = {
  conv2d: { fit: (x, w) => x[1] === w[1], words: '(K,C,kh,kw)' },
  depthwiseConv2d: { fit: (x, w) => x[1] === w[0] && w[1] === 1, words: '(C,1,kh,kw)' },
};

const fits = (kind: Convolution, x: Shape, w: Shape): boolean =>
  x.length === 4 && w.length === 4 && KERNELS_FIT[kind].fit(x, w);

interface ConvolutionOptions {
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: Padding | 'same';
}

const convolve =
  (kind: Convolution) =>
  (x: Tensor, w: Tensor, options: ConvolutionOptions = {}): Tensor => {
    check(fits(kind, x.shape, w.shape), kind, [x, w], `they must be (N,C,H,W) and ${KERNELS_FIT[kind].words}`);
    const { stride = 1, dilation = 1, padding = 'same' } = options;
    const pads =
      padding === 'same' ? samePadding(x.shape[2], x.shape[3], [w.shape[2], w.shape[3]], stride, dilation) : padding;
    const geometry: ConvolutionGeometry = { stride, dilation, padding: pads };
    checkGeometry(kind, [x, w], geometry);
    return x.graph.append(kind, [x, w], geometry, convolutionShape(x.shape, w.shape, geometry));
  };

const inputGradient =
  (kind: Convolution) =>
  (dy: Tensor, w: Tensor, inputShape: Shape, geometry: ConvolutionGeometry): Tensor => {
    const op = `${kind}InputGradient` as const;
    checkGeometry(op, [dy, w], geometry);
    const matches =
      fits(kind, inputShape, w.shape) && sameShape(convolutionShape(inputShape, w.shape, geometry), dy.shape);
    check(matches, op, [dy, w], `dy must be the shape of the convolution of ${formatShape(inputShape)}`);
    return dy.graph.append(op, [dy, w], geometry, inputShape);
  };

const weightGradient =
  (kind: Convolution) =>
  (x: Tensor, dy: Tensor, kernelShape: Shape, geometry: ConvolutionGeometry): Tensor => {
    const op = `${kind}WeightGradient` as const;
    checkGeometry(op, [x, dy], geometry);
    const matches =
      fits(kind, x.shape, kernelShape) && sameShape(convolutionShape(x.shape, kernelShape, geometry), dy.shape);
    check(matches, op, [x, dy], `dy must be the shape of the convolution with ${formatShape(kernelShape)}`);
    return x.graph.append(op, [x, dy], geometry, kernelShape);
  };

/** Cross-correlation of x (N,C,H,W) with kernels w (K,C,kh,kw). */
export const conv2d = convolve('conv2d');
/** The transposed convolution: what `conv2d` from shape `inputShape` pulls back from dy. */
export const conv2dInputGradient = inputGradient('conv2d');
export const conv2dWeightGradient = weightGradient('conv2d');

/** Cross-correlation of each channel of x (N,C,H,W) with its own kernel of w (C,1,kh,kw). */
export const depthwiseConv2d = convolve('depthwiseConv2d');
export const depthwiseConv2dInputGradient = inputGradient('depthwiseConv2d');
export const depthwiseConv2dWeightGradient = weightGradient('depthwiseConv2d');

function blockwise(op: Extract<OpKind, 'resizeNearest' | 'blockSum'>, x: Tensor, factor: number): Tensor {
  const fits =
    x.shape.length === 4 &&
    Number.isInteger(factor) &&
    factor >= 1 &&
    (op === 'resizeNearest' || x.shape.slice(2).every((s) => s % factor === 0));
  check(fits, op, [x], `it must be (N,C,H,W) with sides that fit the factor ${factor}`);
  if (factor === 1) return x;
  const [n, c, h, w] = x.shape;
  return x.graph.append(
    op,
    [x],
    { factor },
    op === 'resizeNearest' ? [n, c, h * factor, w * factor] : [n, c, h / factor, w / factor],
  );
}

/** Repeats each pixel factor x factor times. */
export const resizeNearest = (x: Tensor, factor: number): Tensor => blockwise('resizeNearest', x, factor);
/** Sums each block of factor x factor pixels. */
export const blockSum = (x: Tensor, factor: number): Tensor => blockwise('blockSum', x, factor);

export function spaceToDepth(x: Tensor, block: number): Tensor {
  const [n, c, h, w] = x.shape;
  check(
    x.shape.length === 4 && Number.isInteger(block) && block >= 1 && h % block === 0 && w % block === 0,
    'spaceToDepth',
    [x],
    `sides must be multiples of ${block}`,
  );
  return x.graph.append('spaceToDepth', [x], { block }, [n, c * block * block, h / block, w / block]);
}

export function depthToSpace(x: Tensor, block: number): Tensor {
  const [n, c, h, w] = x.shape;
  check(
    x.shape.length === 4 && Number.isInteger(block) && block >= 1 && c % (block * block) === 0,
    'depthToSpace',
    [x],
    `channels must be a multiple of ${block * block}`,
  );
  return x.graph.append('depthToSpace', [x], { block }, [n, c / (block * block), h * block, w * block]);
}
