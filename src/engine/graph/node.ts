import type { Shape } from './shape';

/** Top, left, bottom, right, in pixels; negative values are not allowed. */
export type Padding = readonly [number, number, number, number];

/** Geometry of a two-dimensional convolution, the same along both axes but for the padding. */
export interface ConvolutionGeometry {
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
}

type None = Readonly<Record<never, never>>;

/**
 * Every kind of operation with its attributes. The set is closed under differentiation: the gradient of each is made of
 * these same kinds (gradient.ts), so a runtime that executes them executes gradients of gradients too. Shapes that an
 * operation cannot know from its inputs (reshape, broadcast, slice, the convolution gradients) are the node's own shape.
 */
export interface OpAttributes {
  /** A value fed at run time. `name` is unique in the graph. */
  input: { readonly name: string };
  /** Row-major values; one value fills the whole shape. */
  constant: { readonly values: readonly number[] };

  // Element by element, operands broadcast by NumPy's rule.
  add: None;
  subtract: None;
  multiply: None;
  divide: None;

  negate: None;
  abs: None;
  /** -1, 0 or 1; its gradient is 0. */
  sign: None;
  sqrt: None;
  exp: None;
  log: None;
  relu: None;
  leakyRelu: { readonly slope: number };
  /** x > 0 ? x : exp(x) - 1 */
  elu: None;
  sigmoid: None;
  tanh: None;
  /** log(1 + exp(x)) */
  softplus: None;
  /** null: no limit on that side. */
  clip: { readonly min: number | null; readonly max: number | null };
  /** 1 where min < x < max, else 0; its gradient is 0. */
  inRange: { readonly min: number | null; readonly max: number | null };

  /** Over the last axis. */
  softmax: None;
  /** Over the given axes, which stay with size 1. */
  sum: { readonly axes: readonly number[] };
  /** The operand has the same rank, and size 1 where the shapes differ. */
  broadcast: None;
  reshape: None;
  transpose: { readonly permutation: readonly number[] };
  slice: { readonly starts: readonly number[] };
  /** With zeros. */
  pad: { readonly before: readonly number[]; readonly after: readonly number[] };
  concat: { readonly axis: number };
  /** (..., m, k) x (..., k, n), equal leading axes. */
  matmul: None;

  /** x (N,C,H,W), w (K,C,kh,kw) -> (N,K,oh,ow); cross-correlation, as everywhere in the field. */
  conv2d: ConvolutionGeometry;
  /** dy (N,K,oh,ow), w (K,C,kh,kw) -> dx (N,C,H,W): the transposed convolution. */
  conv2dInputGradient: ConvolutionGeometry;
  /** x (N,C,H,W), dy (N,K,oh,ow) -> dw (K,C,kh,kw). */
  conv2dWeightGradient: ConvolutionGeometry;

  /** Every channel with a kernel of its own: x (N,C,H,W), w (C,1,kh,kw) -> (N,C,oh,ow). */
  depthwiseConv2d: ConvolutionGeometry;
  /** dy (N,C,oh,ow), w (C,1,kh,kw) -> dx (N,C,H,W). */
  depthwiseConv2dInputGradient: ConvolutionGeometry;
  /** x (N,C,H,W), dy (N,C,oh,ow) -> dw (C,1,kh,kw). */
  depthwiseConv2dWeightGradient: ConvolutionGeometry;

  /** (N,C,H,W) -> (N,C,fH,fW), each pixel repeated. */
  resizeNearest: { readonly factor: number };
  /** (N,C,fH,fW) -> (N,C,H,W), the sum over each block: the adjoint of resizeNearest. */
  blockSum: { readonly factor: number };
  /** (N,C,bH,bW) -> (N,b*b*C,H,W), channel order (row in block, column in block, C). */
  spaceToDepth: { readonly block: number };
  /** The inverse of spaceToDepth. */
  depthToSpace: { readonly block: number };
}

export type OpKind = keyof OpAttributes;

/** One operation of a graph. `inputs` are ids of earlier nodes: a graph is its own topological order. */
export interface GraphNode<K extends OpKind = OpKind> {
  readonly id: number;
  readonly op: K;
  readonly inputs: readonly number[];
  readonly attributes: OpAttributes[K];
  readonly shape: Shape;
  /** Where in the network it was made: "refine/attention". Empty at the top. */
  readonly scope: string;
}

/** Any node, as a union that narrows by `op`. */
export type AnyNode = { [K in OpKind]: GraphNode<K> }[OpKind];
