/**
 * Sends what it can of a flow at once: from the nodes that are farthest from the sink towards those that are nearest, all
 * that gathers in a node together, as push-relabel does (Goldberg and Tarjan 1988). What gets stuck stays where it is and
 * may flow from there, so the graph that is left has the same minimum cut nearest to the sink. Search trees, which fill one
 * path after another, then have about a third of the flow left to send.
 */
import { type FlowGraph, NONE } from './flow-graph';

export class FlowWave {
  // One a node.
  /** Arcs to a node that lets flow into the sink, at least; the number of nodes where it leads to none. */
  private height = new Int32Array(0);
  private order = new Int32Array(0);
  /** The next of the nodes that have something to send and are as high; NONE after the last. */
  private following = new Int32Array(0);
  /** By height, the first of them. */
  private waiting = new Int32Array(0);
  private highest = 0;

  /** @returns whether the sink can take no more: all that it wanted has come */
  run(graph: FlowGraph): boolean {
    const { nodes } = graph;
    if (nodes > this.order.length) {
      this.height = new Int32Array(nodes);
      this.order = new Int32Array(nodes);
      this.following = new Int32Array(nodes);
      this.waiting = new Int32Array(nodes);
    }
    let open = this.measure(graph);
    for (; open > 0 && this.highest >= 0; this.highest--) {
      for (let node = this.waiting[this.highest]; node !== NONE; node = this.waiting[this.highest]) {
        this.waiting[this.highest] = this.following[node];
        open -= this.send(graph, node);
      }
    }
    return open === 0;
  }

  /** Finds heights from the sink up, and what is to be sent. @returns how many nodes let flow into the sink */
  private measure({ nodes, first, next, head, room, rest }: FlowGraph): number {
    const { height, order, following, waiting } = this;
    let found = 0;
    for (let node = 0; node < nodes; node++) {
      height[node] = rest[node] < 0 ? 0 : nodes;
      if (rest[node] < 0) order[found++] = node;
    }
    const open = found;
    waiting.fill(NONE, 0, nodes);
    this.highest = 0;
    for (let k = 0; k < found; k++) {
      const up = height[order[k]] + 1;
      for (let arc = first[order[k]]; arc !== NONE; arc = next[arc]) {
        const other = head[arc];
        if (height[other] < nodes || room[arc ^ 1] === 0) continue;
        height[other] = up;
        order[found++] = other;
        if (rest[other] <= 0) continue;
        following[other] = waiting[up];
        waiting[up] = other;
        this.highest = up;
      }
    }
    return open;
  }

  /**
   * Sends on what is in a node, to neighbours that are lower; it is lifted above the lowest while something is left.
   * @returns how many nodes that let flow into the sink are full now
   */
  private send(graph: FlowGraph, node: number): number {
    const { nodes, first, next, head, room, rest } = graph;
    const { height, following, waiting } = this;
    let left = rest[node];
    let filled = 0;
    for (let level = height[node]; level < nodes && left > 0;) {
      let lowest = nodes;
      for (let arc = first[node]; arc !== NONE && left > 0; arc = next[arc]) {
        if (room[arc] === 0) continue;
        const other = head[arc];
        const there = height[other];
        if (there < lowest) lowest = there;
        if (there >= level) continue;
        const sent = Math.min(room[arc], left);
        room[arc] -= sent;
        room[arc ^ 1] += sent;
        left -= sent;
        const before = rest[other];
        rest[other] = before + sent;
        if (before < 0) {
          graph.flow += Math.min(sent, -before);
          if (rest[other] >= 0) filled++;
        }
        // One that lies above the level at work is not sent on in this wave.
        if (before > 0 || rest[other] <= 0) continue;
        following[other] = waiting[there];
        waiting[there] = other;
      }
      if (left === 0) break;
      level = lowest + 1;
      height[node] = Math.min(nodes, level);
    }
    rest[node] = left;
    return filled;
  }
}
