import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { Random } from '../numeric/random';
import { type Architecture, architectureSchema, FAITHFUL_ARCHITECTURE } from './architecture';
import { GeneratorNetwork } from './generator';
import { generatorLayout, stageGraph } from './inference';
import { InputParameters, initialise } from './parameters';

const SIDE = 32;

function small(changes: Partial<Architecture> = {}): Architecture {
  return architectureSchema.parse({ width: 4, ...changes });
}

function weightsOf(architecture: Architecture, seed = 1): Record<string, Float32Array> {
  const layout = generatorLayout(architecture);
  const random = new Random(seed);
  return layout.split(initialise(layout, () => random.normal()));
}

/** A random picture with a box of a hole in the middle, and every known pixel as source. */
function example(seed = 2): Record<string, Float32Array> {
  const random = new Random(seed);
  const hole = new Float32Array(SIDE * SIDE);
  for (let y = 12; y < 20; y++) hole.fill(1, y * SIDE + 11, y * SIDE + 21);
  return {
    image: Float32Array.from({ length: 3 * SIDE * SIDE }, () => random.between(-1, 1)),
    hole,
    source: hole.map((value) => 1 - value),
  };
}

function coarseOf(architecture: Architecture, feeds: Record<string, Float32Array>): Float64Array {
  const { graph } = stageGraph(architecture, 'coarse', SIDE, SIDE);
  const { source: _, ...needed } = feeds;
  return interpret(graph, { ...needed, ...pick(graph, weightsOf(architecture)) })['coarse'];
}

function pick(graph: Graph, weights: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => graph.inputs.has(name)));
}

describe('the two-stage generator', () => {
  it('has 3.60 million parameters at the width of the paper', () => {
    expect(FAITHFUL_ARCHITECTURE.width).toBe(32);
    expect(generatorLayout(FAITHFUL_ARCHITECTURE).size).toBe(3_601_542);
  });

  it.each(['none', 'pull-push', 'harmonic'] as const)(
    'never looks at the pixels inside the hole (prior %s)',
    (prior) => {
      const feeds = example();
      const changed = feeds['image'].slice();
      feeds['hole'].forEach((value, i) => {
        if (value === 1) for (let c = 0; c < 3; c++) changed[c * SIDE * SIDE + i] = 0.77;
      });
      const architecture = small({ prior });
      expect(coarseOf(architecture, { ...feeds, image: changed })).toEqual(coarseOf(architecture, feeds));
    },
  );

  it('stays within [-1, 1]', () => {
    const output = coarseOf(small(), example());
    expect(Math.max(...output.map(Math.abs))).toBeLessThanOrEqual(1);
  });

  it('starts from the smooth fill when it predicts a residual', () => {
    const feeds = example();
    feeds['image'].fill(0.25);
    const output = coarseOf(small({ prior: 'pull-push' }), feeds);
    for (const value of output) expect(Math.abs(value - 0.25)).toBeLessThan(0.1);
  });

  it('gives the known pixels back as they are when it predicts a residual in the hole alone', () => {
    const feeds = example();
    const known = (output: Float64Array): number[] =>
      [...output].filter((_, i) => feeds['hole'][i % (SIDE * SIDE)] === 0);
    const inHole = known(coarseOf(small({ prior: 'harmonic', residual: 'hole' }), feeds));
    const picture = known(Float64Array.from(feeds['image']));
    expect(inHole).toEqual(picture);
    expect(known(coarseOf(small({ prior: 'harmonic' }), feeds))).not.toEqual(picture);
  });

  it('takes its coarse input from the hole only', () => {
    const architecture = small();
    const feeds = example();
    const run = (coarse: Float32Array): Float64Array => {
      const { graph } = stageGraph(architecture, 'refine', SIDE, SIDE);
      return interpret(graph, { ...feeds, coarse, ...pick(graph, weightsOf(architecture)) })['refined'];
    };
    const flat = new Float32Array(3 * SIDE * SIDE).fill(0.1);
    const outsideChanged = flat.map((value, i) => (feeds['hole'][i % (SIDE * SIDE)] === 1 ? value : -0.9));
    expect(run(outsideChanged)).toEqual(run(flat));
    expect(run(flat.map(() => 0.6))).not.toEqual(run(flat));
  });

  it.each([1, 2] as const)('gives the same fill with either form of the attention (%d resolutions)', (resolutions) => {
    const architecture = small({ attention: { ...FAITHFUL_ARCHITECTURE.attention, resolutions } });
    const refined = (form: 'fast' | 'literal'): Float64Array => {
      const graph = new Graph();
      const network = new GeneratorNetwork(architecture, new InputParameters(graph), form);
      const plane = (name: string, channels: number) => graph.input(name, [1, channels, SIDE, SIDE]);
      const result = network.refine(plane('image', 3), plane('hole', 1), plane('source', 1), plane('coarse', 3));
      graph.output('refined', result);
      const coarse = new Float32Array(3 * SIDE * SIDE).fill(0.1);
      return interpret(graph, { ...example(), coarse, ...pick(graph, weightsOf(architecture)) })['refined'];
    };
    const literal = refined('literal');
    refined('fast').forEach((value, i) => expect(Math.abs(value - literal[i])).toBeLessThan(1e-5));
  });

  it('doubles the convolutions when gated, and keeps the output layers plain', () => {
    const plain = generatorLayout(small()).size;
    const gated = generatorLayout(small({ convolution: 'gated' })).size;
    const outputs = 2 * (3 * 2 * 9 + 3);
    expect(gated).toBe(2 * (plain - outputs) + outputs);
  });
});
