import { describe, expect, it } from 'vitest';
import { operationCases, type OperationCase } from '../testing/cases';
import { Graph, type Tensor } from './graph';
import { evaluate, interpret } from '../testing/interpreter';
import { opKinds } from './rebuild';

/** Half the step of the central differences. Their error is of the order of its square, beside 1e-16 / STEP of rounding. */
const STEP = 1e-5;
/** Of the largest element of the gradient, or of 1 where that is smaller. */
const TOLERANCE = 1e-7;

/** d scalar / d input, element by element, by central differences. */
function differences(scalar: Tensor, feeds: Record<string, Float64Array>, input: string): Float64Array {
  const at = (i: number, shift: number): number => {
    const moved = feeds[input].slice();
    moved[i] += shift;
    return evaluate([scalar], { ...feeds, [input]: moved })[0][0];
  };
  return feeds[input].map((_, i) => (at(i, STEP) - at(i, -STEP)) / (2 * STEP));
}

function worstError(got: Float64Array, expected: Float64Array): number {
  expect(got).toHaveLength(expected.length);
  const scale = expected.reduce((largest, v) => Math.max(largest, Math.abs(v)), 1);
  return got.reduce((worst, v, i) => Math.max(worst, Math.abs(v - expected[i]) / scale), 0);
}

function buildCase(operation: OperationCase): {
  graph: Graph;
  feeds: Record<string, Float64Array>;
  output: (name: string) => Tensor;
} {
  const graph = new Graph();
  operation.build(graph);
  const feeds = Object.fromEntries(
    Object.entries(operation.feeds).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const output = (name: string): Tensor => graph.tensor(graph.outputs.get(name) ?? -1);
  return { graph, feeds, output };
}

it.each(opKinds)('there is a case of %s', (kind) => {
  expect(operationCases.map((operation) => operation.kind)).toContain(kind);
});

describe.each(operationCases.map((operation) => [operation.kind, operation.name, operation] as const))(
  '%s: %s',
  (kind, _, operation) => {
    const { graph, feeds, output } = buildCase(operation);
    const results = interpret(graph, feeds);

    it('is what the case says it is', () => {
      expect(graph.nodes.map((node) => node.op)).toContain(kind);
      for (const values of Object.values(results)) expect(values.every(Number.isFinite)).toBe(true);
    });

    it.each(Object.keys(feeds))('has the gradient of finite differences by %s', (input) => {
      expect(worstError(results[`gradient ${input}`], differences(output('loss'), feeds, input))).toBeLessThan(
        TOLERANCE,
      );
    });

    it.each(Object.keys(feeds))('has the second gradient of finite differences by %s', (input) => {
      expect(worstError(results[`second gradient ${input}`], differences(output('slope'), feeds, input))).toBeLessThan(
        TOLERANCE,
      );
    });
  },
);
