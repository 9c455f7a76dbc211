import { z } from 'zod';
import { Graph } from './graph';
import type { AnyNode, OpAttributes, OpKind } from './node';

/** Version of the file format; raised when an operation or an attribute changes its meaning. */
const VERSION = 1;

const nodeSchema = z.object({
  op: z.string(),
  inputs: z.array(z.number().int().min(0)),
  attributes: z.record(z.string(), z.unknown()),
  shape: z.array(z.number().int().min(1)),
  scope: z.string(),
});

const fileSchema = z.object({
  format: z.literal('inpaint-studio-graph'),
  version: z.literal(VERSION),
  nodes: z.array(nodeSchema),
  outputs: z.record(z.string(), z.number().int().min(0)),
});

/** A graph as JSON-ready data: only what the outputs need, ids renumbered from 0. */
export type SavedGraph = z.infer<typeof fileSchema>;

export function saveGraph(graph: Graph): SavedGraph {
  const nodes = graph.reachable();
  const renumbered = new Map(nodes.map((node, index) => [node.id, index]));
  const place = (id: number): number => renumbered.get(id) ?? -1;
  return {
    format: 'inpaint-studio-graph',
    version: VERSION,
    nodes: nodes.map((node) => ({
      op: node.op,
      inputs: node.inputs.map(place),
      attributes: { ...node.attributes },
      shape: [...node.shape],
      scope: node.scope,
    })),
    outputs: Object.fromEntries([...graph.outputs].map(([name, id]) => [name, place(id)])),
  };
}

/** @throws ZodError when the data is no saved graph, Error when a node refers to a later one or is of no known kind */
export function loadGraph(data: unknown): Graph {
  const file = fileSchema.parse(data);
  const graph = new Graph();
  const tensors = file.nodes.map((node, index) => {
    if (node.inputs.some((input) => input >= index)) throw new Error(`node ${index} (${node.op}) refers to a later node`);
    return index;
  });
  const made: number[] = [];
  for (const index of tensors) {
    const node = file.nodes[index];
    const attributes = node.attributes as AnyNode['attributes'];
    const inputs = node.inputs.map((input) => graph.tensor(made[input]));
    const tensor = graph.within(node.scope, () =>
      node.op === 'input'
        ? graph.input((attributes as OpAttributes['input']).name, node.shape)
        : graph.append(node.op as OpKind, inputs, attributes, node.shape),
    );
    made.push(tensor.id);
  }
  for (const [name, id] of Object.entries(file.outputs)) {
    if (made[id] === undefined) throw new Error(`output "${name}" refers to no node`);
    graph.output(name, graph.tensor(made[id]));
  }
  return graph;
}
