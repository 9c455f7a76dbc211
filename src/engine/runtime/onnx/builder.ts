import type { AnyNode } from '../../graph/node';
import type { Shape } from '../../graph/shape';
import { type Attribute, FLOAT, INT64, type OnnxNode, type OnnxTensor } from './encode-model';

export type AttributeValue = number | string | readonly number[] | { readonly float: number };

/** Domain of ONNX Runtime's convolutions on blocks of channels, which it otherwise uses for fixed weights only. */
export const NCHWC = 'com.microsoft.nchwc';

/** Collects ONNX nodes and initializers while a graph is lowered. */
export class ModelBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  private readonly constants = new Map<string, string>();
  private count = 0;
  /** Prefix of the names of the nodes being made, for profiles and error messages. */
  scope = '';

  /** Adds a node with one output and returns that output's name. */
  op(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    { output, domain }: { readonly output?: string; readonly domain?: string } = {},
  ): string {
    const name = `${this.scope}${type}_${this.count++}`;
    const result = output ?? name;
    this.nodes.push({
      name,
      op_type: type,
      ...(domain === undefined ? {} : { domain }),
      input: inputs,
      output: [result],
      attribute: Object.entries(attributes).map(toAttribute),
    });
    return result;
  }

  /** An int64 vector, made once for equal values. */
  ints(values: readonly number[]): string {
    return this.constant(`i:${values.join()}`, (name) => ({
      name,
      dims: [values.length],
      data_type: INT64,
      raw_data: bytesOf(BigInt64Array.from(values, BigInt)),
    }));
  }

  /** A float scalar, made once for equal values. */
  float(value: number): string {
    return this.constant(`f:${value}`, (name) => ({
      name,
      dims: [],
      data_type: FLOAT,
      raw_data: bytesOf(Float32Array.of(value)),
    }));
  }

  floats(shape: Shape, values: Float32Array): string {
    return this.tensor(`t${this.constants.size}_${this.initializers.length}`, shape, values);
  }

  /** A named initializer. */
  tensor(name: string, shape: Shape, values: Float32Array): string {
    this.initializers.push({ name, dims: shape, data_type: FLOAT, raw_data: bytesOf(values) });
    return name;
  }

  private constant(key: string, make: (name: string) => OnnxTensor): string {
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = `c${this.constants.size}`;
    this.initializers.push(make(name));
    this.constants.set(key, name);
    return name;
  }
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function toAttribute([name, value]: [string, AttributeValue]): Attribute {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: 1, f: value.float };
  return { name, type: 7, ints: value };
}

/** What an emitter sees of the graph around its node. */
export interface Lowering {
  readonly builder: ModelBuilder;
  /** Channels in a block of the direct convolutions; null where they are not to be used. */
  readonly block: number | null;
  /** Whether to spare memory rather than time with large values: where a network is used, not trained. */
  readonly frugal: boolean;
  /** The ONNX name of a node's value, in the graph's own layout. */
  name(id: number): string;
  /** The same value in blocks of channels, and with its channels last. */
  blockedName(id: number): string;
  channelsLast(id: number): string;
  /** Whether to work on these pictures in blocks of channels (value-names.ts). */
  prefersBlocks(operands: readonly number[]): boolean;
  /** A value made for the first that asks under this key, and named again for the others. */
  once(key: string, make: () => string): string;
  node(id: number): AnyNode;
  /** How many nodes and outputs use the value. */
  uses(id: number): number;
}

/** The convolution and the one-dimensional bias of "conv2d(x, w) + reshape(b, [1, C, 1, 1])". */
export function biasedConvolution(
  lowering: Lowering,
  add: AnyNode,
): { convolution: AnyNode & { op: 'conv2d' }; bias: number } | null {
  const [left, right] = add.inputs.map((id) => lowering.node(id));
  if (left.op !== 'conv2d' || lowering.uses(left.id) !== 1 || right.op !== 'reshape') return null;
  const bias = lowering.node(right.inputs[0]);
  const channels = left.shape[1];
  if (bias.shape.length !== 1 || bias.shape[0] !== channels || right.shape.join() !== [1, channels, 1, 1].join())
    return null;
  return { convolution: left, bias: bias.id };
}
