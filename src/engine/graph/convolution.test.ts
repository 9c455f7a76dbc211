import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/cases';
import { Graph, type Tensor } from './graph';
import { evaluate } from '../testing/interpreter';
import * as op from './ops';

/** Relative to the sum of the products' magnitudes: float64 rounding of a few hundred of them. */
const TOLERANCE = 1e-12;

const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const width = fc.integer({ min: 0, max: 4 });

/** Shapes and geometry for which the convolution has a result. */
const convolutions = fc
  .record({
    x: fc.tuple(small(2), small(3), small(9), small(9)),
    w: fc.tuple(small(3), small(5), small(5)),
    stride: small(3),
    dilation: small(4),
    padding: fc.tuple(width, width, width, width),
    seed: fc.integer(),
  })
  .filter(({ x, w, dilation, padding }) => {
    const reach = (kernel: number): number => (kernel - 1) * dilation + 1;
    return x[2] + padding[0] + padding[2] >= reach(w[1]) && x[3] + padding[1] + padding[3] >= reach(w[2]);
  });

type Convolution = typeof convolutions extends fc.Arbitrary<infer C> ? C : never;

/** conv(x, w) with everything that the identities below need. */
function setUp({ x, w, seed, ...geometry }: Convolution) {
  const graph = new Graph();
  const tensors = { x: graph.input('x', x), w: graph.input('w', [w[0], x[1], w[1], w[2]]) };
  const y = op.conv2d(tensors.x, tensors.w, geometry);
  const dy = graph.input('dy', y.shape);
  const random = randomNumbers(seed);
  const values = ({ elementCount }: Tensor): number[] => Array.from({ length: elementCount }, () => 2 * random() - 1);
  const feeds = { x: values(tensors.x), w: values(tensors.w), dy: values(dy) };
  return { ...tensors, y, dy, geometry, feeds };
}

const inner = (a: Tensor, b: Tensor): Tensor => op.total(op.multiply(a, b));
const magnitude = (a: Tensor, b: Tensor): Tensor => op.total(op.abs(op.multiply(a, b)));

describe('the convolutions', () => {
  it('are adjoint: <conv(x, w), dy> = <x, input gradient> = <w, weight gradient>', () => {
    fc.assert(
      fc.property(convolutions, (convolution) => {
        const { x, w, y, dy, geometry, feeds } = setUp(convolution);
        const dx = op.conv2dInputGradient(dy, w, x.shape, geometry);
        const dw = op.conv2dWeightGradient(x, dy, w.shape, geometry);
        const [left, middle, right, scale] = evaluate(
          [inner(y, dy), inner(x, dx), inner(w, dw), magnitude(y, dy)],
          feeds,
        );
        expect(Math.abs(left[0] - middle[0])).toBeLessThanOrEqual(TOLERANCE * (1 + scale[0]));
        expect(Math.abs(left[0] - right[0])).toBeLessThanOrEqual(TOLERANCE * (1 + scale[0]));
      }),
    );
  });

  it('are linear in each operand', () => {
    fc.assert(
      fc.property(convolutions, (convolution) => {
        const { x, w, y, dy, geometry, feeds } = setUp(convolution);
        const x2 = op.negate(op.square(x));
        const w2 = op.add(op.square(w), 0.5);
        const mix = (a: Tensor, b: Tensor): Tensor => op.add(op.multiply(a, 3), b);
        const conv = (a: Tensor, b: Tensor): Tensor => op.conv2d(a, b, geometry);
        const back = (a: Tensor, b: Tensor): Tensor => op.conv2dInputGradient(a, b, x.shape, geometry);
        const weights = (a: Tensor, b: Tensor): Tensor => op.conv2dWeightGradient(a, b, w.shape, geometry);
        const dy2 = op.exp(dy);
        const differences = [
          op.subtract(conv(mix(x, x2), w), mix(y, conv(x2, w))),
          op.subtract(conv(x, mix(w, w2)), mix(y, conv(x, w2))),
          op.subtract(back(mix(dy, dy2), w), mix(back(dy, w), back(dy2, w))),
          op.subtract(back(dy, mix(w, w2)), mix(back(dy, w), back(dy, w2))),
          op.subtract(weights(mix(x, x2), dy), mix(weights(x, dy), weights(x2, dy))),
          op.subtract(weights(x, mix(dy, dy2)), mix(weights(x, dy), weights(x, dy2))),
        ];
        // Sums of at most 2 x 9 x 9 products of numbers below 8.
        for (const difference of evaluate(differences, feeds)) {
          for (const value of difference) expect(Math.abs(value)).toBeLessThan(1e-11);
        }
      }),
    );
  });

  it('with "same" padding have ceil(side / stride) results, the extra pixel after', () => {
    fc.assert(
      fc.property(small(20), small(20), small(5), small(3), small(4), (height, widthOfX, kernel, stride, dilation) => {
        const graph = new Graph();
        const x = graph.input('x', [1, 1, height, widthOfX]);
        const w = graph.input('w', [1, 1, kernel, kernel]);
        const y = op.conv2d(x, w, { stride, dilation });
        expect(y.shape).toEqual([1, 1, Math.ceil(height / stride), Math.ceil(widthOfX / stride)]);
        const [top, left, bottom, right] = op.samePadding(height, widthOfX, [kernel, kernel], stride, dilation);
        expect([0, 1]).toContain(bottom - top);
        expect([0, 1]).toContain(right - left);
      }),
    );
  });
});

describe('resampling', () => {
  const picture = fc.record({
    shape: fc.tuple(small(2), small(3), small(4), small(4)),
    factor: small(4),
    seed: fc.integer(),
  });

  it('by blockSum is the adjoint of resizeNearest: <resize(x), y> = <x, blockSum(y)>', () => {
    fc.assert(
      fc.property(picture, ({ shape, factor, seed }) => {
        const graph = new Graph();
        const x = graph.input('x', shape);
        const large = op.resizeNearest(x, factor);
        const y = graph.input('y', large.shape);
        const random = randomNumbers(seed);
        const values = ({ elementCount }: Tensor): number[] => Array.from({ length: elementCount }, random);
        const [left, right] = evaluate([inner(large, y), inner(x, op.blockSum(y, factor))], {
          x: values(x),
          y: values(y),
        });
        expect(Math.abs(left[0] - right[0])).toBeLessThanOrEqual(TOLERANCE * (1 + left[0]));
      }),
    );
  });

  it('by depthToSpace undoes spaceToDepth', () => {
    fc.assert(
      fc.property(picture, ({ shape: [n, c, h, w], factor }) => {
        const graph = new Graph();
        const x = graph.input('x', [n, c, h * factor, w * factor]);
        const values = Float64Array.from({ length: x.elementCount }, (_, i) => i);
        const [back] = evaluate([op.depthToSpace(op.spaceToDepth(x, factor), factor)], { x: values });
        expect(back).toEqual(values);
      }),
    );
  });

  it('by a factor whose reciprocal is no float stays whole', () => {
    const x = new Graph().input('x', [1, 1, 49, 98]);
    expect(op.blockSum(x, 49).shape).toEqual([1, 1, 1, 2]);
  });
});
