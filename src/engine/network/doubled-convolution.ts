/** A 3x3 convolution of a picture that was doubled by repeating its pixels, without doubling it. */
import { check, type Tensor } from '../graph/graph';
import { add, concat, conv2d, depthToSpace, matmul, reshape, slice, transpose } from '../graph/ops';

/**
 * Where a doubled picture is convolved, several taps fall on the same pixel of the picture it was doubled from: along one
 * axis, the three taps around place 2i+1 see pixels i, i and i+1, those around 2i see i-1, i and i. So their weights can be
 * added beforehand, and each of the four places of a 2x2 cell takes 2x2 taps: 4/9 of the multiplications.
 *
 * By place in the cell, tap on the picture, and tap of the kernel. The places are those of the result with a border of one
 * pixel around it, which is where an even number of rows comes from.
 */
const SUMS = [
  [
    [1, 1, 0],
    [0, 0, 1],
  ],
  [
    [1, 0, 0],
    [0, 1, 1],
  ],
] as const;

/** From the 9 taps of a kernel to (place row, place column, tap row, tap column), as a 9x16 matrix. */
const TAPS: readonly number[] = [0, 1, 2].flatMap((u) =>
  [0, 1, 2].flatMap((v) =>
    [0, 1].flatMap((p) =>
      [0, 1].flatMap((q) => [0, 1].flatMap((y) => [0, 1].map((x) => SUMS[p][y][u] * SUMS[q][x][v]))),
    ),
  ),
);

/**
 * conv2d(resizeNearest(x, 2), w) + b with 'same' padding: x (N,C,H,W), w (K,C,3,3), b (K) -> (N,K,2H,2W). The same numbers
 * up to rounding.
 */
export function doubledConvolution(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [n, , height, width] = x.shape;
  const [k, c, ...kernel] = weight.shape;
  check(kernel.join() === '3,3', 'conv2d', [x, weight], 'only kernels of 3x3 are written for doubled pictures');
  const sums = matmul(reshape(weight, [k * c, 9]), x.graph.constant([9, 16], TAPS));
  const kernels = reshape(transpose(reshape(sums, [k, c, 4, 4]), [2, 0, 1, 3]), [4 * k, c, 2, 2]);
  const biases = reshape(concat([bias, bias, bias, bias], 0), [1, 4 * k, 1, 1]);
  const cells = add(conv2d(x, kernels, { padding: [1, 1, 1, 1] }), biases);
  return slice(depthToSpace(cells, 2), [0, 0, 1, 1], [n, k, 2 * height, 2 * width]);
}
