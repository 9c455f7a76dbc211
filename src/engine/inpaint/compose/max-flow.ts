/**
 * Maximum flow and minimum cut by growing two search trees from both ends and keeping them between augmentations
 * (Boykov and Kolmogorov 2004, "An experimental comparison of min-cut/max-flow algorithms"). Made for many graphs of the
 * size of a hole: one instance keeps its typed arrays from graph to graph.
 */
import { FlowGraph, NONE } from './flow-graph';
import { FlowWave } from './flow-wave';

/** What else than NONE stands in `parent` where there is no arc. */
const TERMINAL = -2;
const ORPHAN = -3;

export class MaxFlow {
  private readonly graph = new FlowGraph();
  private readonly wave = new FlowWave();

  // One a node.
  /** Arc to the parent in its tree; or TERMINAL, ORPHAN, NONE (in neither tree). */
  private parent = new Int32Array(0);
  /** 1 where it is in the sink's tree; means nothing where there is no parent. */
  private sinkTree = new Uint8Array(0);
  /** When `distance` was last found right, and the number of arcs to the terminal. */
  private stamp = new Int32Array(0);
  private distance = new Int32Array(0);
  /** 1 while it waits in the ring of active nodes. */
  private waiting = new Uint8Array(0);
  /** Nodes that may grow, a ring. Each waits at most once, so it never runs over. */
  private active = new Int32Array(0);
  private orphans = new Int32Array(0);

  private activeFrom = 0;
  private activeCount = 0;
  private orphanCount = 0;
  private now = 0;

  /**
   * Begins a new graph without edges. What the last one held is forgotten.
   * @param nodes number of nodes, without the two terminals
   * @param edges how many will be added; more only cost a larger array
   */
  reset(nodes: number, edges: number): void {
    this.graph.reset(nodes, edges);
    if (nodes > this.parent.length) this.holdNodes(nodes);
  }

  /**
   * Edges between a node and the terminals. Calls for one node add up.
   * @param toSource what is cut, >= 0, when the node falls to the sink: the capacity from the source to the node
   * @param toSink what is cut, >= 0, when it falls to the source: the capacity from the node to the sink
   */
  addTerminal(node: number, toSource: number, toSink: number): void {
    this.graph.addTerminal(node, toSource, toSink);
  }

  /** An edge i -> j of a capacity >= 0, and one j -> i of another. */
  addEdge(i: number, j: number, capacity: number, reverse: number): void {
    this.graph.addEdge(i, j, capacity, reverse);
  }

  /**
   * Sends all that can flow. To be called once a graph.
   * @param wave whether most is sent in one wave before the trees grow: faster on wide graphs, but rounding is other than
   *  that of the trees alone, so where several cuts are least it may decide for another one of them
   * @returns the maximum flow, which is the minimum cut's capacity
   */
  solve(wave = false): number {
    const { graph, parent } = this;
    if (wave && this.wave.run(graph)) {
      parent.fill(NONE, 0, graph.nodes);
      return graph.flow;
    }
    this.plantTrees();
    let node = NONE;
    for (;;) {
      // A node that just found the other tree goes on growing, unless it lost its tree in the meantime.
      if (node === NONE || parent[node] === NONE) node = this.nextActive();
      if (node === NONE) return graph.flow;
      const bridge = this.grow(node);
      this.now++;
      if (bridge === NONE) {
        node = NONE;
        continue;
      }
      this.augment(bridge);
      this.adopt();
    }
  }

  /** After `solve`: on which side of the minimum cut a node lies. Where several cuts are least, most lie with the source. */
  inSource(node: number): boolean {
    return this.parent[node] === NONE || this.sinkTree[node] === 0;
  }

  private plantTrees(): void {
    const { nodes, rest } = this.graph;
    const { parent, sinkTree, stamp, distance } = this;
    this.now = 0;
    this.activeFrom = 0;
    this.activeCount = 0;
    this.waiting.fill(0, 0, nodes);
    for (let node = 0; node < nodes; node++) {
      stamp[node] = 0;
      if (rest[node] === 0) {
        parent[node] = NONE;
        continue;
      }
      parent[node] = TERMINAL;
      sinkTree[node] = rest[node] < 0 ? 1 : 0;
      distance[node] = 1;
      this.activate(node);
    }
  }

  private activate(node: number): void {
    if (this.waiting[node] === 1) return;
    this.waiting[node] = 1;
    let at = this.activeFrom + this.activeCount++;
    if (at >= this.graph.nodes) at -= this.graph.nodes;
    this.active[at] = node;
  }

  /** The node that has waited longest and is still in a tree; NONE when all trees are full-grown. */
  private nextActive(): number {
    while (this.activeCount > 0) {
      const node = this.active[this.activeFrom];
      if (++this.activeFrom === this.graph.nodes) this.activeFrom = 0;
      this.activeCount--;
      this.waiting[node] = 0;
      if (this.parent[node] !== NONE) return node;
    }
    return NONE;
  }

  /** Takes free neighbours into the node's tree. @returns an arc from the source's tree to the sink's, or NONE */
  private grow(node: number): number {
    const { first, next, head, room } = this.graph;
    const { parent, sinkTree, stamp, distance } = this;
    const tree = sinkTree[node];
    for (let arc = first[node]; arc !== NONE; arc = next[arc]) {
      // Flow goes away from the source's tree and towards the sink's.
      if (room[arc ^ tree] === 0) continue;
      const other = head[arc];
      if (parent[other] === NONE) {
        sinkTree[other] = tree;
        this.take(other, arc ^ 1, node);
        this.activate(other);
      } else if (sinkTree[other] !== tree) {
        return arc ^ tree;
      } else if (stamp[other] <= stamp[node] && distance[other] > distance[node]) {
        this.take(other, arc ^ 1, node);
      }
    }
    return NONE;
  }

  private take(child: number, toParent: number, parent: number): void {
    this.parent[child] = toParent;
    this.stamp[child] = this.stamp[parent];
    this.distance[child] = this.distance[parent] + 1;
  }

  /** Fills the path through an arc between the trees; nodes whose arc to the parent is full become orphans. */
  private augment(bridge: number): void {
    const { head, room, rest } = this.graph;
    const { parent } = this;
    const up = head[bridge ^ 1];
    const down = head[bridge];
    let most = room[bridge];
    let node = up;
    for (let arc = parent[node]; arc !== TERMINAL; arc = parent[node]) {
      if (room[arc ^ 1] < most) most = room[arc ^ 1];
      node = head[arc];
    }
    if (rest[node] < most) most = rest[node];
    node = down;
    for (let arc = parent[node]; arc !== TERMINAL; arc = parent[node]) {
      if (room[arc] < most) most = room[arc];
      node = head[arc];
    }
    if (-rest[node] < most) most = -rest[node];

    room[bridge] -= most;
    room[bridge ^ 1] += most;
    node = up;
    for (let arc = parent[node]; arc !== TERMINAL; arc = parent[node]) {
      room[arc] += most;
      room[arc ^ 1] -= most;
      if (room[arc ^ 1] === 0) this.orphan(node);
      node = head[arc];
    }
    rest[node] -= most;
    if (rest[node] === 0) this.orphan(node);
    node = down;
    for (let arc = parent[node]; arc !== TERMINAL; arc = parent[node]) {
      room[arc ^ 1] += most;
      room[arc] -= most;
      if (room[arc] === 0) this.orphan(node);
      node = head[arc];
    }
    rest[node] += most;
    if (rest[node] === 0) this.orphan(node);
    this.graph.flow += most;
  }

  private orphan(node: number): void {
    this.parent[node] = ORPHAN;
    this.orphans[this.orphanCount++] = node;
  }

  /** Finds new parents for the orphans, those near the terminals first; their children may become orphans in turn. */
  private adopt(): void {
    const { orphans } = this;
    // By hand: a view of the array would be made millions of times.
    for (let i = 0, j = this.orphanCount - 1; i < j; i++, j--) {
      const node = orphans[i];
      orphans[i] = orphans[j];
      orphans[j] = node;
    }
    for (let at = 0; at < this.orphanCount; at++) {
      const node = orphans[at];
      this.adoptOne(node, this.sinkTree[node]);
    }
    this.orphanCount = 0;
  }

  private adoptOne(node: number, tree: number): void {
    const { first, next, head, room } = this.graph;
    const { parent, sinkTree } = this;
    let least = Infinity;
    let best = NONE;
    for (let arc = first[node]; arc !== NONE; arc = next[arc]) {
      if (room[arc ^ 1 ^ tree] === 0) continue;
      const other = head[arc];
      if (sinkTree[other] !== tree || parent[other] === NONE) continue;
      const distance = this.distanceToTerminal(other);
      if (distance >= least) continue;
      least = distance;
      best = arc;
    }
    if (best !== NONE) {
      parent[node] = best;
      this.stamp[node] = this.now;
      this.distance[node] = least + 1;
      return;
    }
    parent[node] = NONE;
    for (let arc = first[node]; arc !== NONE; arc = next[arc]) {
      const other = head[arc];
      const above = parent[other];
      if (sinkTree[other] !== tree || above === NONE) continue;
      if (room[arc ^ 1 ^ tree] !== 0) this.activate(other);
      if (above >= 0 && head[above] === node) this.orphan(other);
    }
  }

  /** Infinity where an orphan lies on the way. Marks the way, so that the next that comes along need not walk it again. */
  private distanceToTerminal(from: number): number {
    const { head } = this.graph;
    const { parent, stamp, distance, now } = this;
    let steps = 0;
    let node = from;
    while (stamp[node] !== now) {
      const arc = parent[node];
      steps++;
      if (arc === ORPHAN) return Infinity;
      if (arc === TERMINAL) {
        stamp[node] = now;
        distance[node] = 1;
        steps--;
        break;
      }
      node = head[arc];
    }
    steps += distance[node];
    let left = steps;
    for (node = from; stamp[node] !== now; node = head[parent[node]]) {
      stamp[node] = now;
      distance[node] = left--;
    }
    return steps;
  }

  private holdNodes(count: number): void {
    this.parent = new Int32Array(count);
    this.sinkTree = new Uint8Array(count);
    this.stamp = new Int32Array(count);
    this.distance = new Int32Array(count);
    this.waiting = new Uint8Array(count);
    this.active = new Int32Array(count);
    this.orphans = new Int32Array(count);
  }
}
