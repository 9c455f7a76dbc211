/**
 * The three convolutions in TensorFlow.js, without its own differentiation: what it lacks (dilated gradients, the
 * weight gradient on wasm) is made of forward convolutions. Pictures are (N,H,W,C) and kernels (kh,kw,C,K) in here.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionGeometry, Padding } from '../../graph/node';
import type { Shape } from '../../graph/shape';

const channelsLast = (x: tf.Tensor): tf.Tensor4D => tf.transpose<tf.Tensor4D>(x as tf.Tensor4D, [0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor4D): tf.Tensor4D => tf.transpose(x, [0, 3, 1, 2]);
/** (K,C,kh,kw) -> (kh,kw,C,K) */
const kernelsLast = (w: tf.Tensor): tf.Tensor4D => tf.transpose<tf.Tensor4D>(w as tf.Tensor4D, [2, 3, 1, 0]);

type Explicit = [[0, 0], [number, number], [number, number], [0, 0]];

/** The padding as TensorFlow.js writes it. */
const explicit = ([top, left, bottom, right]: Padding): Explicit => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

const padPicture = (x: tf.Tensor4D, padding: Padding): tf.Tensor4D =>
  padding.some((n) => n > 0) ? tf.pad(x, explicit(padding)) : x;

const eachSide = ([top, left, bottom, right]: Padding, f: (width: number) => number): Padding => [
  f(top),
  f(left),
  f(bottom),
  f(right),
];

/** Takes padding off again. */
function cropPicture(x: tf.Tensor4D, padding: Padding): tf.Tensor4D {
  const [top, left, bottom, right] = padding;
  const [n, h, w, c] = x.shape;
  return padding.some((width) => width > 0)
    ? tf.slice(x, [0, top, left, 0], [n, h - top - bottom, w - left - right, c])
    : x;
}

/** The kernels with their zeros written out: (kh,kw,C,K) -> ((kh-1)d+1,(kw-1)d+1,C,K). */
function spreadKernels(w: tf.Tensor4D, d: number): tf.Tensor4D {
  const [kh, kw, c, k] = w.shape;
  const zerosAfterEach = (rows: tf.Tensor, count: number): tf.Tensor =>
    tf.concat([tf.reshape(rows, [count, 1, -1]), tf.zeros([count, d - 1, rows.size / count])], 1);
  const spread = tf.reshape<tf.Rank.R4>(zerosAfterEach(zerosAfterEach(w, kh), kh * d * kw), [kh * d, kw * d, c, k]);
  return tf.slice(spread, [0, 0, 0, 0], [(kh - 1) * d + 1, (kw - 1) * d + 1, c, k]);
}

/** Every d-th tap of spread kernels. */
function gatherKernels(w: tf.Tensor4D, d: number): tf.Tensor4D {
  return tf.stridedSlice(w, [0, 0, 0, 0], w.shape, [d, d, 1, 1]) as tf.Tensor4D;
}

/** TensorFlow.js has either strides or dilations. */
const both = ({ stride, dilation }: ConvolutionGeometry): boolean => stride > 1 && dilation > 1;

/** @param x (N,C,H,W) @param w (K,C,kh,kw) */
export function convolve(x: tf.Tensor, w: tf.Tensor, geometry: ConvolutionGeometry): tf.Tensor {
  const { stride, dilation, padding } = geometry;
  const kernels = both(geometry) ? spreadKernels(kernelsLast(w), dilation) : kernelsLast(w);
  return channelsFirst(
    tf.conv2d(channelsLast(x), kernels, stride, explicit(padding), 'NHWC', both(geometry) ? 1 : dilation),
  );
}

/** @param dy (N,K,oh,ow) @param w (K,C,kh,kw) @param shape of the result, (N,C,H,W) */
export function convolutionInputGradient(
  dy: tf.Tensor,
  w: tf.Tensor,
  geometry: ConvolutionGeometry,
  shape: Shape,
): tf.Tensor {
  const { stride, dilation, padding } = geometry;
  if (stride === 1) return channelsFirst(convolveTurned(channelsLast(dy), w as tf.Tensor4D, dilation, padding));
  const [n, c, height, width] = shape;
  const [top, left, bottom, right] = padding;
  const kernels = both(geometry) ? spreadKernels(kernelsLast(w), dilation) : kernelsLast(w);
  const padded: [number, number, number, number] = [n, height + top + bottom, width + left + right, c];
  return channelsFirst(cropPicture(tf.conv2dTranspose(channelsLast(dy), kernels, padded, stride, 'valid'), padding));
}

/** Back through a convolution of stride 1: again a convolution, with the kernels turned round. */
function convolveTurned(dy: tf.Tensor4D, w: tf.Tensor4D, dilation: number, padding: Padding): tf.Tensor4D {
  const kernels = tf.transpose(tf.reverse(w, [2, 3]), [2, 3, 0, 1]);
  const [, , down, across] = w.shape.map((size) => (size - 1) * dilation);
  const [top, left, bottom, right] = padding;
  // A kernel reaches this far beyond dy; what it meets there beyond the picture is cut off.
  const beyond: Padding = [down - top, across - left, down - bottom, across - right];
  return cropPicture(
    tf.conv2d(dy, kernels, 1, explicit(eachSide(beyond, (n) => Math.max(n, 0))), 'NHWC', dilation),
    eachSide(beyond, (n) => Math.max(-n, 0)),
  );
}

/** @param x (N,C,H,W) @param dy (N,K,oh,ow) @param shape of the result, (K,C,kh,kw) */
export function convolutionWeightGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  geometry: ConvolutionGeometry,
  shape: Shape,
): tf.Tensor {
  const { stride, dilation, padding } = geometry;
  const [k, c, kh, kw] = shape;
  const picture = padPicture(channelsLast(x), padding);
  const reach = (size: number): number => (size - 1) * dilation + 1;
  if (both(geometry)) {
    const spread = weights(picture, channelsLast(dy), stride, 1, [reach(kh), reach(kw), c, k]);
    return tf.transpose(gatherKernels(spread, dilation), [3, 2, 0, 1]);
  }
  return tf.transpose(weights(picture, channelsLast(dy), stride, dilation, [kh, kw, c, k]), [3, 2, 0, 1]);
}

type KernelShape = [number, number, number, number];

/** Weight gradient of an unpadded convolution with a stride or a dilation, (kh,kw,C,K). */
function weights(x: tf.Tensor4D, dy: tf.Tensor4D, stride: number, dilation: number, shape: KernelShape): tf.Tensor4D {
  if (dilation === 1 && tf.getKernel(tf.Conv2DBackpropFilter, tf.getBackend()) !== undefined) {
    const attributes = {
      strides: stride,
      pad: 'valid',
      dataFormat: 'NHWC',
      dimRoundingMode: 'floor',
      filterShape: shape,
    };
    return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, attributes);
  }
  // Pictures and channels change places: dy slides over x, its step the dilation, its own dilation the stride.
  const pictures = tf.transpose(x, [3, 1, 2, 0]);
  const kernels = tf.transpose(dy, [1, 2, 0, 3]);
  const slid = tf.conv2d(pictures, kernels, dilation, 'valid', 'NHWC', stride);
  const [kh, kw, c, k] = shape;
  // Pixels that no stride reaches make it longer than the kernel.
  return tf.transpose(tf.slice(slid, [0, 0, 0, 0], [c, kh, kw, k]), [1, 2, 0, 3]);
}
