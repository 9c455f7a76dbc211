/** A graph that flow is sent through. Made for many of the size of a hole: its typed arrays are kept from graph to graph. */

/** What stands in `first` and `next` where there is no arc. */
export const NONE = -1;

export class FlowGraph {
  nodes = 0;
  arcs = 0;
  /** What has reached the sink. */
  flow = 0;

  // One a node.
  /** First arc that leaves it; NONE when there is none. */
  first = new Int32Array(0);
  /** What may still flow: from the source to it where positive, from it to the sink where negative. */
  rest = new Float64Array(0);

  // One an arc. The arc back is the number with its last bit turned.
  head = new Int32Array(0);
  next = new Int32Array(0);
  /** What may still flow along it. */
  room = new Float64Array(0);

  /** Begins a new graph without edges. @param edges how many will be added; more only cost larger arrays */
  reset(nodes: number, edges: number): void {
    this.nodes = nodes;
    this.arcs = 0;
    this.flow = 0;
    if (nodes > this.first.length) {
      this.first = new Int32Array(nodes);
      this.rest = new Float64Array(nodes);
    }
    if (2 * edges > this.head.length) this.holdArcs(2 * edges);
    this.first.fill(NONE, 0, nodes);
    this.rest.fill(0, 0, nodes);
  }

  addTerminal(node: number, toSource: number, toSink: number): void {
    const rest = this.rest[node];
    const source = rest > 0 ? toSource + rest : toSource;
    const sink = rest < 0 ? toSink - rest : toSink;
    this.flow += Math.min(source, sink);
    this.rest[node] = source - sink;
  }

  addEdge(i: number, j: number, capacity: number, reverse: number): void {
    if (i === j || (capacity === 0 && reverse === 0)) return;
    const arc = this.arcs;
    this.arcs += 2;
    if (this.arcs > this.head.length) this.holdArcs(2 * this.arcs);
    const { head, next, room, first } = this;
    head[arc] = j;
    room[arc] = capacity;
    next[arc] = first[i];
    first[i] = arc;
    head[arc + 1] = i;
    room[arc + 1] = reverse;
    next[arc + 1] = first[j];
    first[j] = arc + 1;
  }

  /** Room for so many arcs; those there already stay. */
  private holdArcs(count: number): void {
    const { head, next, room } = this;
    this.head = new Int32Array(count);
    this.next = new Int32Array(count);
    this.room = new Float64Array(count);
    this.head.set(head);
    this.next.set(next);
    this.room.set(room);
  }
}
