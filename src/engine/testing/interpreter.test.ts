import { describe, expect, it } from 'vitest';
import { Graph, type Tensor } from '../graph/graph';
import { evaluate, interpret } from './interpreter';
import type { OpKind } from '../graph/node';
import * as op from '../graph/ops';
import { opKinds } from '../graph/rebuild';
import type { Shape } from '../graph/shape';

interface Example {
  readonly kind: OpKind;
  /** Operands: shape and values. */
  readonly of: readonly (readonly [Shape, readonly number[]])[];
  readonly make: (...operands: Tensor[]) => Tensor;
  readonly gives: readonly number[];
}

const E = Math.E;
const vector = (...values: number[]): readonly [Shape, readonly number[]] => [[values.length], values];
const box = (shape: Shape, ...values: number[]): readonly [Shape, readonly number[]] => [shape, values];
const counted = (shape: Shape): readonly [Shape, readonly number[]] => {
  const count = shape.reduce((product, size) => product * size, 1);
  return [shape, Array.from({ length: count }, (_, i) => i + 1)];
};
const unpadded = { stride: 1, dilation: 1, padding: [0, 0, 0, 0] } as const;

const examples: readonly Example[] = [
  { kind: 'input', of: [vector(3, -1)], make: (a) => a, gives: [3, -1] },
  { kind: 'constant', of: [vector(1, 2)], make: (a) => op.add(a, a.graph.constant([2], [10, 20])), gives: [11, 22] },
  { kind: 'constant', of: [vector(1, 2)], make: (a) => op.add(a, a.graph.constant([2], [10])), gives: [11, 12] },

  { kind: 'add', of: [vector(1, 2), vector(10, -20)], make: op.add, gives: [11, -18] },
  {
    kind: 'subtract',
    of: [box([2, 1], 1, 2), vector(10, 20, 30)],
    make: op.subtract,
    gives: [-9, -19, -29, -8, -18, -28],
  },
  { kind: 'multiply', of: [counted([2, 2]), vector(2, -1)], make: op.multiply, gives: [2, -2, 6, -4] },
  { kind: 'divide', of: [vector(1, -4), box([], 2)], make: op.divide, gives: [0.5, -2] },

  { kind: 'negate', of: [vector(1, -2)], make: op.negate, gives: [-1, 2] },
  { kind: 'abs', of: [vector(1, -2)], make: op.abs, gives: [1, 2] },
  { kind: 'sign', of: [vector(3, 0, -2)], make: op.sign, gives: [1, 0, -1] },
  { kind: 'sqrt', of: [vector(4, 0.25)], make: op.sqrt, gives: [2, 0.5] },
  { kind: 'exp', of: [vector(0, 1, -1)], make: op.exp, gives: [1, E, 1 / E] },
  { kind: 'log', of: [vector(1, E)], make: op.log, gives: [0, 1] },
  { kind: 'relu', of: [vector(2, 0, -2)], make: op.relu, gives: [2, 0, 0] },
  { kind: 'leakyRelu', of: [vector(2, -2)], make: (a) => op.leakyRelu(a, 0.25), gives: [2, -0.5] },
  { kind: 'elu', of: [vector(2, 0, -1)], make: op.elu, gives: [2, 0, 1 / E - 1] },
  { kind: 'sigmoid', of: [vector(0, Math.log(3), -Math.log(3))], make: op.sigmoid, gives: [0.5, 0.75, 0.25] },
  { kind: 'tanh', of: [vector(0, Math.log(2))], make: op.tanh, gives: [0, 0.6] },
  { kind: 'softplus', of: [vector(0, 1000, -1000)], make: op.softplus, gives: [Math.log(2), 1000, 0] },
  { kind: 'clip', of: [vector(-3, 0.5, 3)], make: (a) => op.clip(a, -1, 2), gives: [-1, 0.5, 2] },
  { kind: 'clip', of: [vector(-3, 0.5, 3)], make: (a) => op.clip(a, null, 0), gives: [-3, 0, 0] },
  { kind: 'inRange', of: [vector(-1, 0.5, 2)], make: (a) => op.inRange(a, -1, 2), gives: [0, 1, 0] },
  { kind: 'inRange', of: [vector(-1, 0, 2)], make: (a) => op.step(a), gives: [0, 0, 1] },

  {
    kind: 'softmax',
    of: [box([2, 2], 0, Math.log(3), 1000, 1000)],
    make: op.softmax,
    gives: [0.25, 0.75, 0.5, 0.5],
  },
  { kind: 'sum', of: [counted([2, 3])], make: (a) => op.sum(a), gives: [21] },
  { kind: 'sum', of: [counted([2, 3])], make: (a) => op.sum(a, [0]), gives: [5, 7, 9] },
  { kind: 'sum', of: [counted([2, 2, 2])], make: (a) => op.sum(a, [2, 0]), gives: [1 + 2 + 5 + 6, 3 + 4 + 7 + 8] },
  {
    kind: 'broadcast',
    of: [box([2, 1], 1, 2)],
    make: (a) => op.broadcast(a, [2, 2, 2]),
    gives: [1, 1, 2, 2, 1, 1, 2, 2],
  },
  { kind: 'reshape', of: [counted([2, 3])], make: (a) => op.reshape(a, [3, 2]), gives: [1, 2, 3, 4, 5, 6] },
  { kind: 'transpose', of: [counted([2, 3])], make: (a) => op.transpose(a, [1, 0]), gives: [1, 4, 2, 5, 3, 6] },
  {
    kind: 'transpose',
    of: [counted([2, 1, 3])],
    make: (a) => op.transpose(a, [2, 0, 1]),
    gives: [1, 4, 2, 5, 3, 6],
  },
  { kind: 'slice', of: [counted([3, 3])], make: (a) => op.slice(a, [1, 0], [2, 2]), gives: [4, 5, 7, 8] },
  { kind: 'pad', of: [counted([1, 2])], make: (a) => op.pad(a, [1, 0], [0, 1]), gives: [0, 0, 0, 1, 2, 0] },
  {
    kind: 'concat',
    of: [counted([2, 1]), counted([2, 2])],
    make: (a, b) => op.concat([a, b], 1),
    gives: [1, 1, 2, 2, 3, 4],
  },
  { kind: 'matmul', of: [counted([2, 2]), counted([2, 2])], make: op.matmul, gives: [7, 10, 15, 22] },
  {
    kind: 'matmul',
    of: [counted([2, 1, 2]), counted([2, 2, 1])],
    make: op.matmul,
    gives: [1 * 1 + 2 * 2, 3 * 3 + 4 * 4],
  },

  {
    kind: 'conv2d',
    of: [counted([1, 1, 3, 3]), box([1, 1, 2, 2], 1, 0, 0, 10)],
    make: (x, w) => op.conv2d(x, w, unpadded),
    gives: [51, 62, 84, 95],
  },
  {
    kind: 'conv2d', // The "same" padding of an even side at stride 2 lies after it: kernels start at pixel 0.
    of: [counted([1, 1, 1, 4]), box([1, 1, 1, 3], 1, 10, 100)],
    make: (x, w) => op.conv2d(x, w, { stride: 2 }),
    gives: [321, 43],
  },
  {
    kind: 'conv2d',
    of: [counted([1, 1, 1, 5]), box([1, 1, 1, 3], 1, 10, 100)],
    make: (x, w) => op.conv2d(x, w, { dilation: 2 }),
    gives: [310, 420, 531, 42, 53],
  },
  {
    kind: 'conv2d', // Two channels in, two kernels.
    of: [counted([1, 2, 1, 1]), box([2, 2, 1, 1], 1, 10, 100, 1000)],
    make: (x, w) => op.conv2d(x, w),
    gives: [21, 2100],
  },
  {
    kind: 'conv2dInputGradient',
    of: [box([1, 1, 1, 2], 1, 2), box([1, 1, 1, 3], 1, 10, 100)],
    make: (dy, w) => op.conv2dInputGradient(dy, w, [1, 1, 1, 4], { stride: 2, dilation: 1, padding: [0, 0, 0, 1] }),
    gives: [1, 10, 102, 20],
  },
  {
    kind: 'conv2dWeightGradient',
    of: [counted([1, 1, 1, 4]), box([1, 1, 1, 2], 1, 10)],
    make: (x, dy) => op.conv2dWeightGradient(x, dy, [1, 1, 1, 3], { stride: 2, dilation: 1, padding: [0, 0, 0, 1] }),
    gives: [31, 42, 3],
  },
  {
    kind: 'depthwiseConv2d', // Two channels, each with its own kernel.
    of: [counted([1, 2, 1, 2]), box([2, 1, 1, 2], 1, 10, 100, 1000)],
    make: (x, w) => op.depthwiseConv2d(x, w, { padding: [0, 0, 0, 1] }),
    gives: [21, 2, 4300, 400],
  },
  {
    kind: 'depthwiseConv2dInputGradient',
    of: [box([1, 2, 1, 1], 1, 2), box([2, 1, 1, 2], 1, 10, 100, 1000)],
    make: (dy, w) =>
      op.depthwiseConv2dInputGradient(dy, w, [1, 2, 1, 2], { stride: 1, dilation: 1, padding: [0, 0, 0, 0] }),
    gives: [1, 10, 200, 2000],
  },
  {
    kind: 'depthwiseConv2dWeightGradient',
    of: [counted([1, 2, 1, 2]), box([1, 2, 1, 1], 1, 10)],
    make: (x, dy) =>
      op.depthwiseConv2dWeightGradient(x, dy, [2, 1, 1, 2], { stride: 1, dilation: 1, padding: [0, 0, 0, 0] }),
    gives: [1, 2, 30, 40],
  },

  {
    kind: 'resizeNearest',
    of: [counted([1, 1, 1, 2])],
    make: (a) => op.resizeNearest(a, 2),
    gives: [1, 1, 2, 2, 1, 1, 2, 2],
  },
  {
    kind: 'blockSum',
    of: [counted([1, 1, 2, 4])],
    make: (a) => op.blockSum(a, 2),
    gives: [1 + 2 + 5 + 6, 3 + 4 + 7 + 8],
  },
  {
    kind: 'spaceToDepth', // Rows of the block, then columns, then channels.
    of: [counted([1, 2, 2, 2])],
    make: (a) => op.spaceToDepth(a, 2),
    gives: [1, 5, 2, 6, 3, 7, 4, 8],
  },
  {
    kind: 'depthToSpace',
    of: [counted([1, 8, 1, 1])],
    make: (a) => op.depthToSpace(a, 2),
    gives: [1, 3, 5, 7, 2, 4, 6, 8],
  },
];

describe('the interpreter', () => {
  it.each(opKinds)('has an example of %s', (kind) => {
    expect(examples.map((example) => example.kind)).toContain(kind);
  });

  it.each(examples)('$kind gives $gives', ({ kind, of, make, gives }) => {
    const graph = new Graph();
    const result = make(...of.map(([shape], i) => graph.input(`operand ${i}`, shape)));
    expect(graph.nodes.map((node) => node.op)).toContain(kind);
    const feeds = Object.fromEntries(of.map(([, values], i) => [`operand ${i}`, values]));
    const [values] = evaluate([result], feeds);
    expect(values).toHaveLength(gives.length);
    values.forEach((value, i) => expect(value).toBeCloseTo(gives[i], 12));
  });

  it('returns the outputs by name', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    graph.output('twice', op.multiply(x, 2));
    graph.output('same', x);
    const results = interpret(graph, { x: [1, 2] });
    expect(results).toEqual({ twice: Float64Array.of(2, 4), same: Float64Array.of(1, 2) });
  });

  it('computes only what is asked for: inputs that take no part may be left out', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    const y = graph.input('y', [2]);
    const twice = op.add(x, x);
    op.divide(x, y);
    expect(evaluate([twice], { x: [1, 2] })).toEqual([Float64Array.of(2, 4)]);
  });

  describe('refuses feeds that do not fit', () => {
    const graph = new Graph();
    graph.output('sum', op.add(graph.input('x', [2, 3]), graph.input('y', [3])));

    it.each([
      ['a missing one', { x: new Float64Array(6) }, 'the input "y" [3] has no value'],
      [
        'one of the wrong length',
        { x: new Float64Array(5), y: [1, 2, 3] },
        'the input "x" [2, 3] needs 6 values, not 5',
      ],
      [
        'an unknown one',
        { x: new Float64Array(6), y: [1, 2, 3], z: [1] },
        'the graph has no input "z"; its inputs are x, y',
      ],
    ])('%s', (_, feeds, message) => {
      expect(() => interpret(graph, feeds)).toThrow(message);
    });
  });

  it('refuses tensors of different graphs', () => {
    const tensors = [new Graph().scalar(1), new Graph().scalar(2)];
    expect(() => evaluate(tensors, {})).toThrow('different graphs');
  });
});
