import { z } from 'zod';
import type { Graph, Tensor } from './graph';
import type { ConvolutionGeometry, OpAttributes, OpKind } from './node';
import * as op from './ops';
import type { Shape } from './shape';

/** What a node of one kind must look like in a file, and how the functions of ops.ts make it again. */
interface Form<K extends OpKind> {
  /** Number of operands; null for any number from one on. */
  readonly operands: number | null;
  readonly attributes: z.ZodType<OpAttributes[K]>;
  readonly make: (operands: readonly Tensor[], attributes: OpAttributes[K], shape: Shape, graph: Graph) => Tensor;
}

const none = z.strictObject({});
const wholes = z.array(z.int().min(0));
const limits = z.strictObject({ min: z.number().nullable(), max: z.number().nullable() });
const width = z.int().min(0);
const geometry = z.strictObject({
  stride: z.int().min(1),
  dilation: z.int().min(1),
  padding: z.tuple([width, width, width, width]).readonly(),
});
const factor = z.strictObject({ factor: z.int().min(1) });
const block = z.strictObject({ block: z.int().min(1) });

type None = Record<never, never>;

const unary = (make: (x: Tensor) => Tensor) => ({
  operands: 1,
  attributes: none as z.ZodType<None>,
  make: ([x]: readonly Tensor[]) => make(x),
});

const pairwise = (make: (a: Tensor, b: Tensor) => Tensor) => ({
  operands: 2,
  attributes: none as z.ZodType<None>,
  make: ([a, b]: readonly Tensor[]) => make(a, b),
});

/** What leads back from a convolution to its input or its weights; the node's own shape says of which size. */
const convolutionGradient = (make: typeof op.conv2dInputGradient) => ({
  operands: 2,
  attributes: geometry,
  make: ([a, b]: readonly Tensor[], g: ConvolutionGeometry, shape: Shape) => make(a, b, shape, g),
});

const forms: { readonly [K in OpKind]: Form<K> } = {
  input: {
    operands: 0,
    attributes: z.strictObject({ name: z.string().min(1) }),
    make: (_, { name }, shape, graph) => graph.input(name, shape),
  },
  constant: {
    operands: 0,
    attributes: z.strictObject({ values: z.array(z.number()) }),
    make: (_, { values }, shape, graph) => graph.constant(shape, values),
  },

  add: pairwise(op.add),
  subtract: pairwise(op.subtract),
  multiply: pairwise(op.multiply),
  divide: pairwise(op.divide),

  negate: unary(op.negate),
  abs: unary(op.abs),
  sign: unary(op.sign),
  sqrt: unary(op.sqrt),
  exp: unary(op.exp),
  log: unary(op.log),
  relu: unary(op.relu),
  leakyRelu: {
    operands: 1,
    attributes: z.strictObject({ slope: z.number() }),
    make: ([x], { slope }) => op.leakyRelu(x, slope),
  },
  elu: unary(op.elu),
  sigmoid: unary(op.sigmoid),
  tanh: unary(op.tanh),
  softplus: unary(op.softplus),
  clip: { operands: 1, attributes: limits, make: ([x], { min, max }) => op.clip(x, min, max) },
  inRange: { operands: 1, attributes: limits, make: ([x], { min, max }) => op.inRange(x, min, max) },

  softmax: unary(op.softmax),
  sum: { operands: 1, attributes: z.strictObject({ axes: wholes }), make: ([x], { axes }) => op.sum(x, axes) },
  broadcast: { operands: 1, attributes: none, make: ([x], _, shape) => op.broadcast(x, shape) },
  reshape: { operands: 1, attributes: none, make: ([x], _, shape) => op.reshape(x, shape) },
  transpose: {
    operands: 1,
    attributes: z.strictObject({ permutation: wholes }),
    make: ([x], { permutation }) => op.transpose(x, permutation),
  },
  slice: {
    operands: 1,
    attributes: z.strictObject({ starts: wholes }),
    make: ([x], { starts }, shape) => op.slice(x, starts, shape),
  },
  pad: {
    operands: 1,
    attributes: z.strictObject({ before: wholes, after: wholes }),
    make: ([x], { before, after }) => op.pad(x, before, after),
  },
  concat: {
    operands: null,
    attributes: z.strictObject({ axis: z.int().min(0) }),
    make: (parts, { axis }) => op.concat(parts, axis),
  },
  matmul: pairwise(op.matmul),

  conv2d: { operands: 2, attributes: geometry, make: ([x, w], g) => op.conv2d(x, w, g) },
  conv2dInputGradient: convolutionGradient(op.conv2dInputGradient),
  conv2dWeightGradient: convolutionGradient(op.conv2dWeightGradient),
  depthwiseConv2d: { operands: 2, attributes: geometry, make: ([x, w], g) => op.depthwiseConv2d(x, w, g) },
  depthwiseConv2dInputGradient: convolutionGradient(op.depthwiseConv2dInputGradient),
  depthwiseConv2dWeightGradient: convolutionGradient(op.depthwiseConv2dWeightGradient),

  resizeNearest: { operands: 1, attributes: factor, make: ([x], a) => op.resizeNearest(x, a.factor) },
  blockSum: { operands: 1, attributes: factor, make: ([x], a) => op.blockSum(x, a.factor) },
  spaceToDepth: { operands: 1, attributes: block, make: ([x], a) => op.spaceToDepth(x, a.block) },
  depthToSpace: { operands: 1, attributes: block, make: ([x], a) => op.depthToSpace(x, a.block) },
};

/** Every kind of operation. */
export const opKinds = Object.keys(forms) as readonly OpKind[];

/**
 * Makes a node of unknown origin again through the functions of ops.ts, so that their rules decide about it.
 *
 * @param shape as the file says it; for some kinds it is part of the operation
 * @throws Error (also ZodError, GraphShapeError) when the kind is unknown or its operands or attributes don't fit
 */
export function rebuild(
  graph: Graph,
  kind: string,
  operands: readonly Tensor[],
  attributes: unknown,
  shape: Shape,
): Tensor {
  if (!Object.hasOwn(forms, kind)) throw new Error('there is no such operation');
  // The row's own kind is open here; its schema checks what the compiler cannot.
  const form = forms[kind as OpKind] as Form<OpKind>;
  const fits = form.operands === null ? operands.length > 0 : operands.length === form.operands;
  if (!fits) throw new Error(`it takes ${form.operands ?? 'at least 1'} operands, not ${operands.length}`);
  return form.make(operands, form.attributes.parse(attributes), shape, graph);
}
