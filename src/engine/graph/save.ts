import { z } from 'zod';
import { errorFor } from '../../shared/error-texts';
import { wrongPlace } from '../../shared/wrong-place';
import { Graph, type Tensor } from './graph';
import { rebuild } from './rebuild';
import { elementCount, formatShape, sameShape } from './shape';

/** Version of the file format; raised when an operation or an attribute changes its meaning. */
const VERSION = 1;

/** 4 GiB of float32: the attention of a 1024 x 1024 picture, unchunked, is a quarter of it. */
const MOST_ELEMENTS = 2 ** 30;
const MOST_NODES = 1_000_000;

const nodeSchema = z.strictObject({
  op: z.string(),
  inputs: z.array(z.int().min(0)),
  attributes: z.record(z.string(), z.unknown()),
  shape: z
    .array(z.int().min(1))
    .max(8)
    .refine((shape) => elementCount(shape) <= MOST_ELEMENTS, `a tensor has at most ${MOST_ELEMENTS} elements`),
  scope: z.string(),
});

const fileSchema = z.strictObject({
  format: z.literal('inpaint-studio-graph'),
  version: z.literal(VERSION),
  nodes: z.array(nodeSchema).max(MOST_NODES),
  outputs: z.record(z.string(), z.int().min(0)),
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

function reasonOf(thrown: unknown): string {
  if (thrown instanceof z.ZodError) return wrongPlace(thrown);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Makes a graph from data of unknown origin: each node is made again by ops.ts, whose rules must give the shape that
 * the data states.
 *
 * @throws StudioError `model-broken`, naming the node and what is wrong with it
 */
export function loadGraph(data: unknown): Graph {
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) throw errorFor('graph-wrong', { place: wrongPlace(parsed.error) }, { cause: parsed.error });
  const graph = new Graph();
  const made: Tensor[] = [];
  const tensor = (index: number): Tensor => {
    const known = made[index];
    if (known === undefined) throw new Error(`there is no node ${index} before it`);
    return known;
  };
  parsed.data.nodes.forEach(({ op, inputs, attributes, shape, scope }, index) => {
    try {
      const node = graph.within(scope, () => rebuild(graph, op, inputs.map(tensor), attributes, shape));
      if (!sameShape(node.shape, shape))
        throw new Error(`its shape is ${formatShape(node.shape)}, not ${formatShape(shape)}`);
      made.push(node);
    } catch (cause) {
      throw errorFor('graph-node-wrong', { node: index, op, why: reasonOf(cause) }, { cause });
    }
  });
  for (const [output, index] of Object.entries(parsed.data.outputs)) {
    try {
      graph.output(output, tensor(index));
    } catch (cause) {
      throw errorFor('graph-output-wrong', { output, why: reasonOf(cause) }, { cause });
    }
  }
  return graph;
}
