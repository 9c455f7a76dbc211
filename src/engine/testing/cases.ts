/**
 * One table of small graphs, several for every kind of operation, each with its first and second gradients: for the tests
 * of the gradients (finite differences) and of every runtime (agreement with the interpreter).
 */
import type { CaseRow } from './case-row';
import { convolutionCases } from './cases-convolution';
import { gradient } from '../graph/gradient';
import type { Graph, Tensor } from '../graph/graph';
import type { OpKind } from '../graph/node';
import * as op from '../graph/ops';
import { elementCount } from '../graph/shape';

export interface OperationCase {
  readonly kind: OpKind;
  readonly name: string;
  /** Values of the inputs a, b, c, ...: float32 numbers, at least 0.15 away from the kinks at -1, 0 and 1. */
  readonly feeds: Readonly<Record<string, Float32Array>>;
  /**
   * Adds the operation to an empty graph, with the outputs
   * - `value` of the operation,
   * - `loss`, a scalar made of it, and `gradient a`, ... of that with respect to each input,
   * - `slope`, a scalar made of these gradients, and `second gradient a`, ... of that.
   */
  build(graph: Graph): void;
}

const one =
  (f: (x: Tensor) => Tensor) =>
  ([x]: readonly Tensor[]): Tensor =>
    f(x);

const elementwise = (f: (x: Tensor) => Tensor): CaseRow[] => [
  { name: 'matrix', shapes: [[3, 5]], build: one(f) },
  { name: 'scalar', shapes: [[]], build: one(f) },
];

const ofPositive = (f: (x: Tensor) => Tensor): CaseRow[] => elementwise(f).map((row) => ({ ...row, positive: true }));

const pairwise = (f: (a: op.Operand, b: op.Operand) => Tensor): CaseRow[] => [
  {
    name: 'equal shapes',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: ([a, b]) => f(a, b),
  },
  {
    name: 'a bias over channels',
    shapes: [
      [2, 3, 2, 2],
      [3, 1, 1],
    ],
    build: ([a, b]) => f(a, b),
  },
  {
    name: 'a column and a row',
    shapes: [
      [3, 1],
      [1, 4],
    ],
    build: ([a, b]) => f(a, b),
  },
  { name: 'a scalar first', shapes: [[], [2, 3]], build: ([a, b]) => f(a, b) },
  { name: 'a number', shapes: [[4]], build: ([a]) => f(a, -1.5) },
  { name: 'with itself', shapes: [[4]], build: ([a]) => f(a, a) },
];

const table: { readonly [K in OpKind]: readonly CaseRow[] } = {
  input: [{ name: 'alone', shapes: [[2, 3]], build: ([a]) => a }],
  constant: [
    { name: 'of values', shapes: [[2, 3]], build: ([a]) => op.add(a, a.graph.constant([3], [1, -2, 0.5])) },
    { name: 'of one value', shapes: [[2, 3]], build: ([a]) => op.multiply(a, a.graph.constant([2, 3], [0.25])) },
  ],

  add: pairwise(op.add),
  subtract: pairwise(op.subtract),
  multiply: pairwise(op.multiply),
  divide: pairwise(op.divide),

  negate: elementwise(op.negate),
  abs: elementwise(op.abs),
  sign: elementwise(op.sign),
  sqrt: ofPositive(op.sqrt),
  exp: elementwise(op.exp),
  log: ofPositive(op.log),
  relu: elementwise(op.relu),
  leakyRelu: elementwise((x) => op.leakyRelu(x, 0.2)),
  elu: elementwise(op.elu),
  sigmoid: elementwise(op.sigmoid),
  tanh: elementwise(op.tanh),
  softplus: elementwise(op.softplus),
  clip: [
    { name: 'both sides', shapes: [[3, 5]], build: ([a]) => op.clip(a, -1, 1) },
    { name: 'below', shapes: [[3, 5]], build: ([a]) => op.clip(a, 0, null) },
    { name: 'above', shapes: [[3, 5]], build: ([a]) => op.clip(a, null, 1) },
  ],
  inRange: [
    { name: 'both sides', shapes: [[3, 5]], build: ([a]) => op.multiply(a, op.inRange(a, -1, 1)) },
    { name: 'below', shapes: [[3, 5]], build: ([a]) => op.multiply(a, op.inRange(a, 0, null)) },
    { name: 'above', shapes: [[3, 5]], build: ([a]) => op.multiply(a, op.inRange(a, null, 1)) },
  ],

  softmax: [
    { name: 'matrix', shapes: [[3, 4]], build: one(op.softmax) },
    { name: 'rank 4', shapes: [[2, 1, 2, 3]], build: one(op.softmax) },
    { name: 'one row', shapes: [[5]], build: one(op.softmax) },
  ],
  sum: [
    { name: 'everything', shapes: [[2, 3, 2]], build: ([a]) => op.sum(a) },
    { name: 'the first axis', shapes: [[4, 3]], build: ([a]) => op.sum(a, [0]) },
    { name: 'the channels', shapes: [[2, 3, 2, 2]], build: ([a]) => op.sum(a, [1]) },
    { name: 'the first and last axes', shapes: [[2, 3, 4]], build: ([a]) => op.sum(a, [0, 2]) },
  ],
  broadcast: [
    { name: 'the first axis', shapes: [[1, 3]], build: ([a]) => op.broadcast(a, [4, 3]) },
    { name: 'inner axes', shapes: [[2, 1, 3, 1]], build: ([a]) => op.broadcast(a, [2, 4, 3, 2]) },
    { name: 'to a higher rank', shapes: [[3]], build: ([a]) => op.broadcast(a, [2, 2, 3]) },
    { name: 'a scalar', shapes: [[]], build: ([a]) => op.broadcast(a, [2, 3]) },
  ],
  reshape: [
    { name: 'to rows', shapes: [[2, 3, 2]], build: ([a]) => op.reshape(a, [4, 3]) },
    { name: 'to rank 6', shapes: [[2, 3, 2, 2]], build: ([a]) => op.reshape(a, [2, 1, 3, 2, 1, 2]) },
    { name: 'to a scalar', shapes: [[1, 1]], build: ([a]) => op.reshape(a, []) },
  ],
  transpose: [
    { name: 'matrix', shapes: [[3, 4]], build: ([a]) => op.transpose(a, [1, 0]) },
    { name: 'channels last', shapes: [[2, 3, 2, 4]], build: ([a]) => op.transpose(a, [0, 2, 3, 1]) },
    { name: 'rank 6', shapes: [[1, 2, 2, 3, 2, 2]], build: ([a]) => op.transpose(a, [0, 2, 4, 1, 5, 3]) },
  ],
  slice: [
    { name: 'one axis', shapes: [[3, 5]], build: ([a]) => op.sliceAxis(a, 1, 2, 2) },
    { name: 'all axes', shapes: [[2, 3, 4, 5]], build: ([a]) => op.slice(a, [1, 0, 1, 2], [1, 2, 3, 2]) },
  ],
  pad: [
    { name: 'matrix', shapes: [[2, 3]], build: ([a]) => op.pad(a, [1, 0], [0, 2]) },
    { name: 'picture', shapes: [[1, 2, 2, 3]], build: ([a]) => op.pad(a, [0, 1, 2, 0], [1, 0, 1, 3]) },
    { name: 'rank 6', shapes: [[1, 2, 1, 2, 1, 2]], build: ([a]) => op.pad(a, [0, 1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1]) },
  ],
  concat: [
    {
      name: 'rows',
      shapes: [
        [1, 3],
        [2, 3],
      ],
      build: (parts) => op.concat(parts, 0),
    },
    {
      name: 'channels',
      shapes: [
        [2, 1, 2, 2],
        [2, 3, 2, 2],
        [2, 2, 2, 2],
      ],
      build: (parts) => op.concat(parts, 1),
    },
    { name: 'twice the same', shapes: [[2, 2]], build: ([a]) => op.concat([a, a], 1) },
  ],
  matmul: [
    {
      name: 'matrices',
      shapes: [
        [3, 4],
        [4, 2],
      ],
      build: ([a, b]) => op.matmul(a, b),
    },
    {
      name: 'a batch',
      shapes: [
        [2, 3, 2],
        [2, 2, 4],
      ],
      build: ([a, b]) => op.matmul(a, b),
    },
    {
      name: 'rank 4',
      shapes: [
        [2, 2, 1, 3],
        [2, 2, 3, 2],
      ],
      build: ([a, b]) => op.matmul(a, b),
    },
    { name: 'with its transpose', shapes: [[3, 4]], build: ([a]) => op.matmul(a, op.matrixTranspose(a)) },
  ],

  ...convolutionCases,

  resizeNearest: [
    { name: 'twice', shapes: [[2, 2, 3, 2]], build: ([a]) => op.resizeNearest(a, 2) },
    { name: 'three times', shapes: [[1, 2, 2, 3]], build: ([a]) => op.resizeNearest(a, 3) },
  ],
  blockSum: [
    { name: 'two', shapes: [[2, 2, 4, 6]], build: ([a]) => op.blockSum(a, 2) },
    { name: 'three', shapes: [[1, 2, 3, 6]], build: ([a]) => op.blockSum(a, 3) },
  ],
  spaceToDepth: [
    { name: 'two', shapes: [[2, 3, 4, 6]], build: ([a]) => op.spaceToDepth(a, 2) },
    { name: 'three', shapes: [[1, 2, 6, 3]], build: ([a]) => op.spaceToDepth(a, 3) },
  ],
  depthToSpace: [
    { name: 'two', shapes: [[2, 12, 2, 3]], build: ([a]) => op.depthToSpace(a, 2) },
    { name: 'three', shapes: [[1, 18, 2, 1]], build: ([a]) => op.depthToSpace(a, 3) },
  ],
};

/** Deterministic numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Magnitudes in [0.15, 0.85] and [1.15, 1.85], of either sign unless they have to be positive. */
function awayFromKinks(count: number, positive: boolean, random: () => number): Float32Array {
  return Float32Array.from({ length: count }, () => {
    const sign = positive || random() < 0.5 ? 1 : -1;
    return sign * ((random() < 0.5 ? 0.15 : 1.15) + 0.7 * random());
  });
}

/** The sum of x by fixed random weights in [-1, 1): a scalar that depends on each element in its own way. */
function weightedSum(x: Tensor, random: () => number): Tensor {
  const weights = Array.from({ length: x.elementCount }, () => 2 * random() - 1);
  return op.total(op.multiply(x, x.graph.constant(x.shape, weights)));
}

function makeCase(kind: OpKind, { name, shapes, build, positive = false }: CaseRow, seed: number): OperationCase {
  const random = randomNumbers(seed);
  const names = shapes.map((_, i) => String.fromCharCode('a'.charCodeAt(0) + i));
  const values = shapes.map((shape) => awayFromKinks(elementCount(shape), positive, random));
  return {
    kind,
    name,
    feeds: Object.fromEntries(names.map((input, i) => [input, values[i]])),
    build(graph) {
      const numbers = randomNumbers(seed + 1);
      const inputs = shapes.map((shape, i) => graph.input(names[i], shape));
      const value = build(inputs);
      // The square makes the loss curved, so that linear operations have a second gradient as well.
      const loss = weightedSum(op.add(value, op.multiply(op.square(value), 0.5)), numbers);
      const first = gradient(loss, inputs);
      const slope = first.map((piece) => weightedSum(piece, numbers)).reduce((a, b) => op.add(a, b));
      const second = gradient(slope, inputs);
      graph.output('value', value);
      graph.output('loss', loss);
      graph.output('slope', slope);
      names.forEach((input, i) => {
        graph.output(`gradient ${input}`, first[i]);
        graph.output(`second gradient ${input}`, second[i]);
      });
    },
  };
}

export const operationCases: readonly OperationCase[] = (Object.keys(table) as OpKind[]).flatMap((kind, k) =>
  table[kind].map((row, i) => makeCase(kind, row, 1000 * k + 10 * i)),
);
