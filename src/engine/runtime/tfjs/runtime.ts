import * as tf from '@tensorflow/tfjs-core';
import { checkFeeds } from '../../graph/feeds';
import type { Graph } from '../../graph/graph';
import type { AnyNode, GraphNode } from '../../graph/node';
import { elementCount, type Shape } from '../../graph/shape';
import type { CompiledGraph, CompileOptions, Runtime, Values } from '../runtime';
import { probeTfjs, type TfjsBackend, type TfjsProbe } from './backends';
import { execute } from './kernels';

/**
 * TensorFlow.js in this very process, one backend for all graphs. A run blocks the calling thread for its whole length,
 * so interactive code uses it in a process of its own.
 */
export class TfjsRuntime implements Runtime {
  readonly name: string;
  readonly label: string;
  /** Which backend it is, and why no better one. */
  readonly probe: TfjsProbe;

  private constructor(probe: TfjsProbe) {
    this.probe = probe;
    this.name = `tfjs-${probe.backend}`;
    this.label = probe.label;
  }

  /** @throws StudioError `runtime-unavailable` as `probeTfjs` does */
  static async open(candidates?: readonly TfjsBackend[]): Promise<TfjsRuntime> {
    return new TfjsRuntime(await probeTfjs(candidates));
  }

  async compile(graph: Graph, { fixed = {} }: CompileOptions = {}): Promise<CompiledGraph> {
    return new CompiledTfjsGraph(graph, fixed);
  }
}

class CompiledTfjsGraph implements CompiledGraph {
  private readonly nodes: readonly AnyNode[];
  private readonly fed: readonly GraphNode<'input'>[];
  /** Number of nodes that read each node's value, by id. */
  private readonly readers = new Map<number, number>();
  /** Constants and fixed inputs, by id; null when disposed. */
  private kept: Map<number, tf.Tensor> | null;

  constructor(
    private readonly graph: Graph,
    private readonly fixed: Values,
  ) {
    this.nodes = graph.reachable();
    const inputs = this.nodes.filter((node) => node.op === 'input');
    this.fed = inputs.filter(({ attributes }) => !Object.hasOwn(fixed, attributes.name));
    checkFeeds(
      graph,
      inputs.filter((input) => !this.fed.includes(input)),
      fixed,
    );
    for (const id of this.nodes.flatMap((node) => node.inputs)) this.readers.set(id, (this.readers.get(id) ?? 0) + 1);
    this.kept = new Map(this.nodes.flatMap((node) => this.keep(node)));
  }

  private keep(node: AnyNode): [number, tf.Tensor][] {
    if (node.op === 'constant') return [[node.id, constant(node)]];
    if (node.op !== 'input') return [];
    const value = this.fixed[node.attributes.name];
    return value === undefined ? [] : [[node.id, upload(value, node.shape)]];
  }

  async run(feeds: Values): Promise<Record<string, Float32Array>> {
    const { kept, graph, fixed } = this;
    if (kept === null) throw new Error('the compiled graph has been disposed of');
    const twice = Object.keys(feeds).find((name) => Object.hasOwn(fixed, name));
    if (twice !== undefined) throw new Error(`the input "${twice}" is fixed and cannot be fed`);
    checkFeeds(graph, this.fed, feeds);
    const results: Record<string, Float32Array> = {};
    // Results must not be returned through tidy: it looks for tensors in all their elements, for seconds.
    tf.tidy(() => {
      for (const [name, tensor] of this.compute(kept, feeds)) results[name] = download(tensor);
    });
    return results;
  }

  /** The outputs. Called within tidy, so that nothing outlives a failure; what is not needed any more goes at once. */
  private compute(kept: ReadonlyMap<number, tf.Tensor>, feeds: Values): [string, tf.Tensor][] {
    const values = new Map(kept);
    const unread = new Map(this.readers);
    const outputs = new Set(this.graph.outputs.values());
    const valueOf = (id: number): tf.Tensor => {
      const value = values.get(id);
      if (value === undefined) throw new Error(`node ${id} has not been computed`);
      return value;
    };
    const release = (id: number): void => {
      const left = (unread.get(id) ?? 0) - 1;
      unread.set(id, left);
      if (left > 0 || outputs.has(id) || kept.has(id)) return;
      valueOf(id).dispose();
      values.delete(id);
    };
    for (const node of this.nodes) {
      if (values.has(node.id) || node.op === 'constant') continue;
      if (node.op === 'input') {
        values.set(node.id, upload(feeds[node.attributes.name], node.shape));
        continue;
      }
      values.set(node.id, execute(node, node.inputs.map(valueOf)));
      node.inputs.forEach(release);
    }
    return [...this.graph.outputs].map(([name, id]) => [name, valueOf(id)]);
  }

  async dispose(): Promise<void> {
    this.kept?.forEach((tensor) => tensor.dispose());
    this.kept = null;
  }
}

function constant({ attributes: { values }, shape }: GraphNode<'constant'>): tf.Tensor {
  const filled = values.length === 1 && elementCount(shape) > 1;
  return upload(filled ? new Float32Array(elementCount(shape)).fill(values[0]) : Float32Array.from(values), shape);
}

// Copied both ways: the plain JavaScript backend would go on using the caller's array.
const upload = (values: Float32Array, shape: Shape): tf.Tensor => tf.tensor(values.slice(), [...shape], 'float32');
const download = (tensor: tf.Tensor): Float32Array => tensor.dataSync<'float32'>().slice();
