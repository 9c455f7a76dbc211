import { afterAll, describe, expect, it } from 'vitest';
import { operationCases } from '../../graph/cases';
import { Graph } from '../../graph/graph';
import { interpret } from '../../graph/interpreter';
import { architectureSchema } from '../../network/architecture';
import { generatorLayout, stageGraph } from '../../network/inference';
import { initialise } from '../../network/parameters';
import { Random } from '../../train/random';
import { criticLayout, criticStepGraph, generatorStepGraph, windowSide } from '../../train/steps';
import { OnnxRuntime } from './runtime';

const runtime = new OnnxRuntime({ threads: 2 });

/** Largest difference, relative to the largest expected value (at least 1e-3, so that zeros compare). */
function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 1e-3;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    if (Number.isNaN(actual[i])) return NaN;
  }
  return difference / largest;
}

async function compare(graph: Graph, feeds: Record<string, Float32Array>): Promise<Record<string, number>> {
  const expected = interpret(graph, feeds);
  const compiled = await runtime.compile(graph);
  const actual = await compiled.run(feeds);
  await compiled.dispose();
  return Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, deviation(actual[name], values)]));
}

describe('ONNX Runtime agrees with the interpreter', () => {
  const worst: [string, number][] = [];
  it.each(operationCases.map((c) => [`${c.kind}: ${c.name}`, c] as const))('on %s', async (name, operation) => {
    const graph = new Graph();
    operation.build(graph);
    for (const [output, difference] of Object.entries(await compare(graph, operation.feeds))) {
      worst.push([`${name} ${output}`, difference]);
      expect(difference, output).toBeLessThan(1e-4);
    }
  });
  afterAll(() => {
    const [name, difference] = worst.reduce((most, next) => (next[1] > most[1] ? next : most), ['nothing', 0]);
    console.log(`worst relative difference of an operation: ${difference.toExponential(1)} (${name})`);
  });

  it.each([
    { prior: 'none', convolution: 'plain' },
    { prior: 'pull-push', convolution: 'gated' },
  ])('on the whole generator ($prior, $convolution)', async (options) => {
    const architecture = architectureSchema.parse({ width: 4, ...options });
    const layout = generatorLayout(architecture);
    const random = new Random(5);
    const weights = layout.split(initialise(layout, () => random.normal()));
    const [width, height] = [48, 32];
    const plane = (channels: number, value: () => number) =>
      Float32Array.from({ length: channels * width * height }, value);
    const hole = plane(1, () => 0);
    for (let y = 9; y < 20; y++) hole.fill(1, y * width + 17, y * width + 30);
    const feeds = {
      image: plane(3, () => random.between(-1, 1)),
      hole,
      source: plane(1, () => 1),
      coarse: plane(3, () => 0.2),
    };
    for (const stage of ['coarse', 'refine'] as const) {
      const { graph } = stageGraph(architecture, stage, width, height);
      const needed = Object.fromEntries(
        Object.entries({ ...feeds, ...weights }).filter(([name]) => graph.inputs.has(name)),
      );
      if (stage === 'coarse') {
        delete needed['source'];
        delete needed['coarse'];
      }
      const differences = await compare(graph, needed);
      for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-4);
    }
  });

  it('on the gradients of a whole training step, the gradient penalty included', async () => {
    const shape = { architecture: architectureSchema.parse({ width: 2, prior: 'pull-push' }), batch: 2, side: 32 };
    const weights = { hole: 1.2, coarse: 1.2, known: 1.2, adversarial: 0.05, penalty: 10 };
    const random = new Random(6);
    const { batch, side } = shape;
    const pixels = side * side;
    const hole = new Float32Array(batch * pixels);
    for (let b = 0; b < batch; b++)
      for (let y = 8; y < 20; y++) hole.fill(1, b * pixels + y * side + 10, b * pixels + y * side + 22);
    const window = windowSide(side);
    const [windowRows, windowColumns] = [
      new Float32Array(batch * window * side),
      new Float32Array(batch * side * window),
    ];
    for (let b = 0; b < batch; b++) {
      for (let i = 0; i < window; i++) {
        windowRows[b * window * side + i * side + 6 + i] = 1;
        windowColumns[b * side * window + (8 + i) * window + i] = 1;
      }
    }
    const picture = () => Float32Array.from({ length: batch * 3 * pixels }, () => random.between(-0.9, 0.9));
    const generator = initialise(generatorLayout(shape.architecture), () => random.normal());
    const critic = initialise(criticLayout(shape), () => random.normal());
    const shared = { image: picture(), hole, windowRows, windowColumns, critic };

    const generatorStep = await compare(generatorStepGraph(shape, weights), { ...shared, discount: hole, generator });
    const mix = Float32Array.of(0.3, 0.7);
    const criticStep = await compare(criticStepGraph(shape, weights), { ...shared, complete: picture(), mix });
    for (const [name, difference] of [...Object.entries(generatorStep), ...Object.entries(criticStep)]) {
      expect(difference, name).toBeLessThan(1e-3); // thirty layers forward and back in float32
    }
  });
});
