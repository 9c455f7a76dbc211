import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { MaxFlow } from './max-flow';

interface Graph {
  readonly nodes: number;
  /** From the source to a node, and from the node to the sink. */
  readonly terminals: readonly (readonly [node: number, toSource: number, toSink: number])[];
  readonly edges: readonly (readonly [i: number, j: number, capacity: number, reverse: number])[];
}

function build(flow: MaxFlow, { nodes, terminals, edges }: Graph): void {
  flow.reset(nodes, edges.length);
  for (const [node, toSource, toSink] of terminals) flow.addTerminal(node, toSource, toSink);
  for (const edge of edges) flow.addEdge(...edge);
}

function solved(
  flow: MaxFlow,
  graph: Graph,
  wave = false,
): { readonly value: number; readonly sides: readonly boolean[] } {
  build(flow, graph);
  const value = flow.solve(wave);
  return { value, sides: Array.from({ length: graph.nodes }, (_, node) => flow.inSource(node)) };
}

/** What is cut between the source's side and the sink's. */
function cutCapacity({ terminals, edges }: Graph, sides: readonly boolean[]): number {
  let sum = 0;
  for (const [node, toSource, toSink] of terminals) sum += sides[node] ? toSink : toSource;
  for (const [i, j, capacity, reverse] of edges) {
    if (sides[i] && !sides[j]) sum += capacity;
    if (sides[j] && !sides[i]) sum += reverse;
  }
  return sum;
}

/** Shortest augmenting paths on a matrix of capacities (Edmonds and Karp 1972). Sides: what still reaches the sink is the sink's. */
function plainlySolved({ nodes, terminals, edges }: Graph): { readonly value: number; readonly sides: boolean[] } {
  const size = nodes + 2;
  const [source, sink] = [nodes, nodes + 1];
  const room = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const [node, toSource, toSink] of terminals) {
    room[source][node] += toSource;
    room[node][sink] += toSink;
  }
  for (const [i, j, capacity, reverse] of edges) {
    room[i][j] += capacity;
    room[j][i] += reverse;
  }
  let value = 0;
  for (;;) {
    const from = new Array<number>(size).fill(-1);
    from[source] = source;
    const queue = [source];
    for (const node of queue) {
      for (let other = 0; other < size; other++) {
        if (from[other] >= 0 || room[node][other] <= 0) continue;
        from[other] = node;
        queue.push(other);
      }
    }
    if (from[sink] < 0) break;
    let most = Infinity;
    for (let node = sink; node !== source; node = from[node]) most = Math.min(most, room[from[node]][node]);
    for (let node = sink; node !== source; node = from[node]) {
      room[from[node]][node] -= most;
      room[node][from[node]] += most;
    }
    value += most;
  }
  const reaches = new Array<boolean>(size).fill(false);
  reaches[sink] = true;
  const queue = [sink];
  for (const node of queue) {
    for (let other = 0; other < size; other++) {
      if (reaches[other] || room[other][node] <= 0) continue;
      reaches[other] = true;
      queue.push(other);
    }
  }
  return { value, sides: reaches.slice(0, nodes).map((reached) => !reached) };
}

/** Whole numbers, so that flows are exact and ties are real; zeros often. */
const capacity = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ max: 20, min: 1 }) },
);

const anyGraph: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 14 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  return fc.record({
    nodes: fc.constant(nodes),
    terminals: fc.array(fc.tuple(node, capacity, capacity), { maxLength: 2 * nodes }),
    edges: fc.array(fc.tuple(node, node, capacity, capacity), { maxLength: 4 * nodes }),
  });
});

const anyGrid: fc.Arbitrary<Graph> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer(), fc.integer({ min: 1, max: 30 }))
  .map(([width, height, seed, largest]) => grid(width, height, new Random(seed), largest));

/** Pixels joined with their four neighbours; the terminals alike to those of an expansion, at most one of the two above 0. */
function grid(width: number, height: number, random: Random, largest: number): Graph {
  const terminals: [number, number, number][] = [];
  const edges: [number, number, number, number][] = [];
  for (let node = 0; node < width * height; node++) {
    const price = random.integer(-largest, largest);
    terminals.push([node, Math.max(0, price), Math.max(0, -price)]);
    if (node % width < width - 1) edges.push([node, node + 1, random.integer(0, largest), random.integer(0, largest)]);
    if (node + width < width * height) edges.push([node, node + width, random.integer(0, largest), 0]);
  }
  return { nodes: width * height, terminals, edges };
}

describe('the maximum flow', () => {
  for (const [kind, graphs, wave] of [
    ['any graph', anyGraph, false],
    ['a grid', anyGrid, false],
    ['any graph, most of it sent in a wave,', anyGraph, true],
    ['a grid, most of it sent in a wave,', anyGrid, true],
  ] as const) {
    it(`of ${kind} is what plain augmenting paths find, and its cut is the one nearest to the sink`, () => {
      const flow = new MaxFlow();
      fc.assert(
        fc.property(graphs, (graph) => {
          expect(solved(flow, graph, wave)).toEqual(plainlySolved(graph));
        }),
        { numRuns: 400 },
      );
    });

    it(`of ${kind} is the capacity of its cut`, () => {
      const flow = new MaxFlow();
      fc.assert(
        fc.property(graphs, (graph) => {
          const { value, sides } = solved(flow, graph, wave);
          expect(cutCapacity(graph, sides)).toBe(value);
        }),
        { numRuns: 400 },
      );
    });
  }

  it('is the capacity of its cut within rounding where capacities are no whole numbers, on a grid of 60 x 60', () => {
    const random = new Random(7);
    const whole = grid(60, 60, random, 100);
    const graph: Graph = {
      nodes: whole.nodes,
      terminals: whole.terminals.map(([node, a, b]) => [node, a * random.uniform(), b * random.uniform()]),
      edges: whole.edges.map(([i, j, a, b]) => [i, j, a * random.uniform(), b * random.uniform()]),
    };
    for (const wave of [false, true]) {
      const { value, sides } = solved(new MaxFlow(), graph, wave);
      expect(value).toBeGreaterThan(1000);
      expect(Math.abs(cutCapacity(graph, sides) - value)).toBeLessThan(1e-8 * value);
    }
  });

  it('comes out the same, bit for bit, from an instance that has solved other graphs', () => {
    fc.assert(
      fc.property(fc.array(anyGraph, { minLength: 1, maxLength: 5 }), anyGrid, (before, graph) => {
        const used = new MaxFlow();
        for (const other of before) solved(used, other, true);
        expect(solved(used, graph)).toEqual(solved(new MaxFlow(), graph));
        expect(solved(used, graph, true)).toEqual(solved(new MaxFlow(), graph, true));
      }),
      { numRuns: 100 },
    );
  });

  it('takes more edges than were announced', () => {
    const flow = new MaxFlow();
    flow.reset(3, 0);
    flow.addTerminal(0, 5, 0);
    flow.addTerminal(2, 0, 9);
    flow.addEdge(0, 1, 4, 0);
    flow.addEdge(1, 2, 3, 0);
    expect(flow.solve()).toBe(3);
    expect([0, 1, 2].map((node) => flow.inSource(node))).toEqual([true, true, false]);
  });

  it('does not cross between parts that no edge joins', () => {
    const { value, sides } = solved(new MaxFlow(), {
      nodes: 4,
      terminals: [
        [0, 7, 0],
        [1, 0, 2],
        [3, 0, 6],
      ],
      edges: [[0, 1, 10, 10]],
    });
    expect(value).toBe(2);
    expect(sides).toEqual([true, true, true, false]);
  });

  it('leaves every node with the source where nothing can flow', () => {
    const { value, sides } = solved(new MaxFlow(), { nodes: 3, terminals: [[1, 4, 0]], edges: [[0, 1, 0, 0]] });
    expect(value).toBe(0);
    expect(sides).toEqual([true, true, true]);
  });

  it('of a graph without nodes is 0', () => {
    expect(solved(new MaxFlow(), { nodes: 0, terminals: [], edges: [] })).toEqual({ value: 0, sides: [] });
  });
});
