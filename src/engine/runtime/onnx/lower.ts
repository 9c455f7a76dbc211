import type { Graph } from '../../graph/graph';
import type { AnyNode, GraphNode, OpKind } from '../../graph/node';
import { elementCount, type Shape } from '../../graph/shape';
import type { Values } from '../runtime';
import { biasedConvolution, type Lowering, ModelBuilder } from './builder';
import { emitters } from './emitters';
import type { OnnxModel, OnnxValue } from './encode-model';
import { type Emitted, ValueNames } from './value-names';

export interface LowerOptions {
  /** Inputs that become initializers. */
  readonly fixed?: Values;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Channels in a block of ONNX Runtime's direct convolutions, to use them; the model then runs on its CPU provider only. */
  readonly block?: number | null;
}

/**
 * A graph as an ONNX model. Two combinations are written as one node where the intermediate value has no other use: a
 * convolution with its bias, and a slice that is padded again (a shift).
 */
export function lowerToOnnx(graph: Graph, { fixed = {}, metadata = {}, block = null }: LowerOptions = {}): OnnxModel {
  const builder = new ModelBuilder();
  const nodes = graph.reachable();
  const uses = countUses(graph, nodes);
  const names = new ValueNames(builder, (id) => graph.node(id).shape);
  const shared = new Map<string, string>();
  const inputs: OnnxValue[] = [];
  const lowering: Lowering = {
    builder,
    block,
    frugal: Object.keys(fixed).length > 0,
    name: (id) => names.plainName(id),
    blockedName: (id) => names.blockedName(id),
    channelsLast: (id) => names.channelsLastName(id),
    prefersBlocks: (operands) => names.prefersBlocks(operands),
    once: (key, make) => {
      const name = shared.get(key) ?? make();
      shared.set(key, name);
      return name;
    },
    node: (id) => graph.node(id),
    uses: (id) => uses.get(id) ?? 0,
  };
  const fused = findFused(lowering, nodes);

  for (const node of nodes) {
    if (fused.has(node.id)) continue;
    builder.scope = node.scope === '' ? '' : `${node.scope}/`;
    if (node.op === 'input') {
      const { name } = node.attributes;
      const value = fixed[name];
      if (value === undefined) inputs.push({ name, shape: node.shape });
      else builder.tensor(name, node.shape, expectLength(name, value, node.shape));
      names.set(node.id, name);
    } else if (node.op === 'constant') {
      names.set(node.id, lowerConstant(builder, node.shape, node.attributes.values));
    } else {
      names.set(node.id, emit(lowering, names, node));
    }
  }

  builder.scope = '';
  const outputs = [...graph.outputs].map(([name, id]) => {
    builder.op('Identity', [lowering.name(id)], {}, { output: name });
    return { name, shape: graph.node(id).shape };
  });
  return { nodes: builder.nodes, initializers: builder.initializers, inputs, outputs, metadata };
}

/** Kinds that work number by number and give finite numbers for whatever fills up the last block. */
const ELEMENTWISE: ReadonlySet<OpKind> = new Set<OpKind>([
  ...(['add', 'subtract', 'multiply', 'negate', 'abs', 'sign', 'relu', 'leakyRelu', 'elu', 'sigmoid', 'tanh'] as const),
  ...(['clip', 'inRange'] as const),
]);

/** What follows a convolution number by number stays in its blocks: the order of the numbers does not matter to it. */
function emit(lowering: Lowering, names: ValueNames, node: Exclude<AnyNode, GraphNode<'input' | 'constant'>>): Emitted {
  const operands = node.inputs.filter((id) => lowering.node(id).shape.length > 0);
  const blocked =
    ELEMENTWISE.has(node.op) &&
    operands.every((id) => lowering.node(id).shape.join() === node.shape.join()) &&
    names.prefersBlocks(operands);
  if (!blocked) return emitters[node.op](lowering, node as never);
  const inBlocks = (id: number): string => (operands.includes(id) ? names.blockedName(id) : names.plainName(id));
  const emitted = emitters[node.op]({ ...lowering, name: inBlocks }, node as never);
  return typeof emitted === 'string' ? { blocked: emitted } : emitted;
}

function lowerConstant(builder: ModelBuilder, shape: Shape, values: readonly number[]): string {
  if (shape.length === 0) return builder.float(values[0]);
  const count = elementCount(shape);
  return builder.floats(
    shape,
    values.length === count ? Float32Array.from(values) : new Float32Array(count).fill(values[0]),
  );
}

function countUses(graph: Graph, nodes: readonly AnyNode[]): Map<number, number> {
  const uses = new Map<number, number>();
  const use = (id: number) => uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const node of nodes) node.inputs.forEach(use);
  for (const id of graph.outputs.values()) use(id);
  return uses;
}

/** Nodes that are written as part of their only user. */
function findFused(lowering: Lowering, nodes: readonly AnyNode[]): Set<number> {
  const fused = new Set<number>();
  for (const node of nodes) {
    if (node.op === 'add' && biasedConvolution(lowering, node) !== null) fused.add(node.inputs[0]);
    if (node.op === 'pad' && lowering.node(node.inputs[0]).op === 'slice' && lowering.uses(node.inputs[0]) === 1)
      fused.add(node.inputs[0]);
  }
  return fused;
}

function expectLength(name: string, value: Float32Array, shape: Shape): Float32Array {
  if (value.length !== elementCount(shape))
    throw new RangeError(`"${name}" has ${value.length} values, the graph wants ${elementCount(shape)}`);
  return value;
}
