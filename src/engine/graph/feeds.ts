import type { Graph } from './graph';
import type { GraphNode } from './node';
import { elementCount, formatShape } from './shape';

/** Values for a graph's inputs, by name; each in row-major order. */
export type Feeds<V extends ArrayLike<number> = ArrayLike<number>> = Readonly<Record<string, V>>;

/**
 * Refuses feeds that don't fit what is about to be computed.
 *
 * @param needed the input nodes that take part; other inputs of the graph may be fed and are not looked at
 * @throws Error when a needed input has no value, a value has the wrong length, or its name is no input of the graph
 */
export function checkFeeds(graph: Graph, needed: readonly GraphNode<'input'>[], feeds: Feeds): void {
  for (const name of Object.keys(feeds)) {
    if (graph.inputs.has(name)) continue;
    throw new Error(
      `the graph has no input "${name}"; its inputs are ${[...graph.inputs.keys()].join(', ') || 'none'}`,
    );
  }
  for (const { attributes, shape } of needed) {
    const values = feeds[attributes.name];
    if (values === undefined) throw new Error(`the input "${attributes.name}" ${formatShape(shape)} has no value`);
    const count = elementCount(shape);
    if (values.length !== count) {
      throw new Error(
        `the input "${attributes.name}" ${formatShape(shape)} needs ${count} values, not ${values.length}`,
      );
    }
  }
}
