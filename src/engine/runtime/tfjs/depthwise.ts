/**
 * The depthwise convolutions in TensorFlow.js, tap by tap: a strided slice of the padded picture times one weight a channel.
 * Its own depthwise kernels have no gradients on wasm, and either strides or dilations, but not both.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionGeometry } from '../../graph/node';
import type { Shape } from '../../graph/shape';

interface Tap {
  readonly row: number;
  readonly column: number;
}

const tapsOf = (kh: number, kw: number): readonly Tap[] =>
  Array.from({ length: kh * kw }, (_, i) => ({ row: Math.floor(i / kw), column: i % kw }));

function padded(x: tf.Tensor, { padding: [top, left, bottom, right] }: ConvolutionGeometry): tf.Tensor4D {
  return tf.pad(x as tf.Tensor4D, [
    [0, 0],
    [0, 0],
    [top, bottom],
    [left, right],
  ]);
}

/** What a tap sees of a padded picture: (N,C,oh,ow). */
function seenBy(
  { row, column }: Tap,
  picture: tf.Tensor,
  oh: number,
  ow: number,
  { stride, dilation }: ConvolutionGeometry,
): tf.Tensor {
  const [n, c] = picture.shape;
  const [top, left] = [row * dilation, column * dilation];
  const end = [n, c, top + (oh - 1) * stride + 1, left + (ow - 1) * stride + 1];
  return tf.stridedSlice(picture, [0, 0, top, left], end, [1, 1, stride, stride]);
}

/** One weight a channel, (1,C,1,1). */
function weightOf({ row, column }: Tap, w: tf.Tensor): tf.Tensor {
  const [channels] = (w as tf.Tensor4D).shape;
  return tf.reshape(tf.slice(w, [0, 0, row, column], [channels, 1, 1, 1]), [1, channels, 1, 1]);
}

/** @param x (N,C,H,W) @param w (C,1,kh,kw) */
export function convolveDepthwise(x: tf.Tensor, w: tf.Tensor, geometry: ConvolutionGeometry): tf.Tensor {
  const [, , kh, kw] = (w as tf.Tensor4D).shape;
  const picture = padded(x, geometry);
  const places = (size: number, taps: number): number =>
    Math.floor((size - (taps - 1) * geometry.dilation - 1) / geometry.stride) + 1;
  const [, , height, width] = picture.shape;
  const [oh, ow] = [places(height, kh), places(width, kw)];
  return tapsOf(kh, kw)
    .map((tap) => tf.mul(seenBy(tap, picture, oh, ow, geometry), weightOf(tap, w)))
    .reduce((sum, part) => tf.add(sum, part));
}

/** dy (N,C,oh,ow) with stride - 1 zeros after every row and column, so that every tap is a shift of it. */
function spread(dy: tf.Tensor, stride: number): tf.Tensor4D {
  const [n, c, h, w] = (dy as tf.Tensor4D).shape;
  const wide = tf.pad(tf.reshape(dy, [n * c, h, w, 1]), [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, stride - 1],
  ]);
  const tall = tf.pad(tf.reshape(wide, [n * c, h, 1, w * stride]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  return tf.reshape(tall, [n, c, h * stride, w * stride]);
}

/** @param dy (N,C,oh,ow) @param w (C,1,kh,kw) @param shape of the result, (N,C,H,W) */
export function depthwiseInputGradient(
  dy: tf.Tensor,
  w: tf.Tensor,
  geometry: ConvolutionGeometry,
  shape: Shape,
): tf.Tensor {
  const { dilation, padding } = geometry;
  const [n, c, height, width] = shape;
  const [, , kh, kw] = w.shape;
  const [top, left, bottom, right] = padding;
  const cells = spread(dy, geometry.stride);
  const [, , down, across] = cells.shape;
  // Long enough for the last tap's shift and for pixels that no stride reaches.
  const rows = Math.max(height + top + bottom, down + (kh - 1) * dilation);
  const columns = Math.max(width + left + right, across + (kw - 1) * dilation);
  const whole = tapsOf(kh, kw)
    .map((tap) => {
      const [before, beside] = [tap.row * dilation, tap.column * dilation];
      return tf.pad(tf.mul(cells, weightOf(tap, w)), [
        [0, 0],
        [0, 0],
        [before, rows - down - before],
        [beside, columns - across - beside],
      ]);
    })
    .reduce((sum, part) => tf.add(sum, part));
  return tf.slice(whole, [0, 0, top, left], [n, c, height, width]);
}

/** @param x (N,C,H,W) @param dy (N,C,oh,ow) @param shape of the result, (C,1,kh,kw) */
export function depthwiseWeightGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  geometry: ConvolutionGeometry,
  [channels, , kh, kw]: Shape,
): tf.Tensor {
  const picture = padded(x, geometry);
  const [, , oh, ow] = dy.shape;
  const sums = tapsOf(kh, kw).map((tap) => tf.sum(tf.mul(seenBy(tap, picture, oh, ow, geometry), dy), [0, 2, 3]));
  return tf.reshape(tf.stack(sums, 1), [channels, 1, kh, kw]);
}
