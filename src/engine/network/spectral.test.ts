import { describe, expect, it } from 'vitest';
import { gradient } from '../graph/gradient';
import { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { total } from '../graph/ops';
import { CriticState } from './critic-state';
import { FlatParameters, InputParameters } from './parameters';
import { SpectralParameters } from './spectral';

/** Singular values 3 and 1: rotations by some angles around diag(3, 1). */
const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
const WEIGHT = [3 * c, -s, 3 * s, c];
const fanIn = { kind: 'fan-in', gain: 1 } as const;

function normalised(shape: readonly number[]) {
  const sample = new Graph();
  const { state: collecting, layout } = CriticState.collecting(sample);
  const values = new InputParameters(sample);
  new SpectralParameters(values, collecting).parameter('w', shape, fanIn);

  const graph = new Graph();
  const parameters = new FlatParameters(graph, 'critic', values.layout);
  const state = CriticState.of(graph, layout);
  const weight = new SpectralParameters(parameters, state).parameter('w', shape, fanIn);
  graph.output('weight', weight);
  graph.output('next', state.after(layout));
  graph.output('slope', gradient(total(weight), parameters.tensors)[0]);
  return graph;
}

function converged(graph: Graph, critic: readonly number[]) {
  let criticState: ArrayLike<number> = [0.2, 0.9];
  for (let i = 0; i < 40; i++) criticState = interpret(graph, { critic, criticState })['next'];
  return interpret(graph, { critic, criticState });
}

describe.each([[[2, 2]], [[2, 1, 1, 2]]])('spectral normalisation of weights %j', (shape) => {
  it('divides by the largest singular value once the power iteration has found it', () => {
    const { weight } = converged(normalised(shape), WEIGHT);
    WEIGHT.forEach((value, i) => expect(weight[i]).toBeCloseTo(value / 3, 8));
  });

  it('has the gradient of finite differences then', () => {
    const graph = normalised(shape);
    const { slope } = converged(graph, WEIGHT);
    const sumAt = (i: number, by: number): number => {
      const { weight } = converged(
        graph,
        WEIGHT.map((value, j) => (i === j ? value + by : value)),
      );
      return [...weight].reduce((a, b) => a + b);
    };
    WEIGHT.forEach((_, i) => expect(slope[i]).toBeCloseTo((sumAt(i, 1e-4) - sumAt(i, -1e-4)) / 2e-4, 6));
  });
});
