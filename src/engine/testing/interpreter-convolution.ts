/** The convolutions, whole and depthwise: one walk over all products of an input pixel and a weight, three ways to use them. */
import type { ConvolutionGeometry } from '../graph/node';
import { elementCount, type Shape } from '../graph/shape';

/** The shapes of y = conv(x, w): (N,C,H,W), (K,C,kh,kw), (N,K,oh,ow); depthwise, w is (C,1,kh,kw) and K is C. */
export interface Convolution extends ConvolutionGeometry {
  readonly depthwise: boolean;
  readonly x: Shape;
  readonly w: Shape;
  readonly y: Shape;
}

/**
 * Visits every output row under every weight: `count` outputs from place `y` on, each one further, meet the weight at
 * place `w` and the inputs from place `x` on, each `stride` further. Inputs in the padding are left out.
 */
function forEachRow(c: Convolution, visit: (x: number, w: number, y: number, count: number) => void): void {
  const [batch, channels, height, width] = c.x;
  const [kernels, kernelChannels, kernelHeight, kernelWidth] = c.w;
  const [, , outHeight, outWidth] = c.y;
  const [top, left] = c.padding;
  for (let n = 0; n < batch; n++) {
    for (let k = 0; k < kernels; k++) {
      const [from, to] = c.depthwise ? [k, k + 1] : [0, channels];
      for (let channel = from; channel < to; channel++) {
        for (let i = 0; i < kernelHeight; i++) {
          for (let j = 0; j < kernelWidth; j++) {
            const w = ((k * kernelChannels + channel - from) * kernelHeight + i) * kernelWidth + j;
            const shift = j * c.dilation - left;
            const first = Math.max(0, Math.ceil(-shift / c.stride));
            const end = Math.min(outWidth, Math.floor((width - 1 - shift) / c.stride) + 1);
            for (let row = 0; row < outHeight; row++) {
              const inputRow = row * c.stride + i * c.dilation - top;
              if (inputRow < 0 || inputRow >= height || first >= end) continue;
              const x = ((n * channels + channel) * height + inputRow) * width + first * c.stride + shift;
              const y = ((n * kernels + k) * outHeight + row) * outWidth + first;
              visit(x, w, y, end - first);
            }
          }
        }
      }
    }
  }
}

export function convolve(x: Float64Array, w: Float64Array, c: Convolution): Float64Array {
  const y = new Float64Array(elementCount(c.y));
  forEachRow(c, (xi, wi, yi, count) => {
    for (let t = 0; t < count; t++) y[yi + t] += w[wi] * x[xi + t * c.stride];
  });
  return y;
}

export function convolutionInputGradient(dy: Float64Array, w: Float64Array, c: Convolution): Float64Array {
  const dx = new Float64Array(elementCount(c.x));
  forEachRow(c, (xi, wi, yi, count) => {
    for (let t = 0; t < count; t++) dx[xi + t * c.stride] += w[wi] * dy[yi + t];
  });
  return dx;
}

export function convolutionWeightGradient(x: Float64Array, dy: Float64Array, c: Convolution): Float64Array {
  const dw = new Float64Array(elementCount(c.w));
  forEachRow(c, (xi, wi, yi, count) => {
    for (let t = 0; t < count; t++) dw[wi] += x[xi + t * c.stride] * dy[yi + t];
  });
  return dw;
}
