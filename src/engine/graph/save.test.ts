import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import { operationCases } from '../testing/cases';
import { Graph } from './graph';
import { interpret } from '../testing/interpreter';
import * as op from './ops';
import { opKinds } from './rebuild';
import { loadGraph, saveGraph } from './save';

const throughJson = (graph: Graph): unknown => JSON.parse(JSON.stringify(saveGraph(graph)));

describe('a graph that is saved and loaded', () => {
  it.each(operationCases.map((operation) => [operation.kind, operation.name, operation] as const))(
    'gives the same values: %s, %s',
    (_, __, operation) => {
      const graph = new Graph();
      operation.build(graph);
      const loaded = loadGraph(throughJson(graph));
      expect(interpret(loaded, operation.feeds)).toEqual(interpret(graph, operation.feeds));
      expect(saveGraph(loaded)).toEqual(saveGraph(graph));
    },
  );

  it('keeps scopes and the shapes of all nodes, and leaves out what no output needs', () => {
    const graph = new Graph();
    const x = graph.input('x', [2, 3]);
    op.exp(x);
    graph.output(
      'y',
      graph.within('coarse', () => op.tanh(x)),
    );
    const { nodes } = loadGraph(throughJson(graph));
    expect(nodes.map(({ op: kind, scope, shape }) => ({ kind, scope, shape }))).toEqual([
      { kind: 'input', scope: '', shape: [2, 3] },
      { kind: 'tanh', scope: 'coarse', shape: [2, 3] },
    ]);
  });
});

/** A small saved graph with one part replaced. */
function savedWith(change: { node?: object; outputs?: object; file?: object }): unknown {
  const geometry = { stride: 1, dilation: 1, padding: [1, 1, 1, 1] };
  const node = { op: 'conv2d', inputs: [0, 1], attributes: geometry, shape: [1, 2, 4, 4], scope: '', ...change.node };
  return {
    format: 'inpaint-studio-graph',
    version: 1,
    nodes: [
      { op: 'input', inputs: [], attributes: { name: 'x' }, shape: [1, 3, 4, 4], scope: '' },
      { op: 'input', inputs: [], attributes: { name: 'w' }, shape: [2, 3, 3, 3], scope: '' },
      node,
    ],
    outputs: change.outputs ?? { y: 2 },
    ...change.file,
  };
}

function refusal(data: unknown): string {
  try {
    loadGraph(data);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'model-broken') return error.message;
    throw error;
  }
  throw new Error('it was loaded');
}

describe('loading', () => {
  it('takes the graph that the refusals below are made of', () => {
    expect(loadGraph(savedWith({})).outputs.has('y')).toBe(true);
  });

  it.each([
    ['another format', { file: { format: 'onnx' } }, 'format'],
    ['another version', { file: { version: 2 } }, 'version'],
    ['an unknown field', { file: { code: 'x' } }, 'code'],
    ['an unknown operation', { node: { op: 'convolve' } }, 'node 2 (convolve): there is no such operation'],
    ['a name of Object', { node: { op: 'constructor' } }, 'node 2 (constructor): there is no such operation'],
    ['too few operands', { node: { inputs: [0] } }, 'node 2 (conv2d): it takes 2 operands, not 1'],
    ['too many operands', { node: { inputs: [0, 1, 1] } }, 'node 2 (conv2d): it takes 2 operands, not 3'],
    [
      'a concat of nothing',
      { node: { op: 'concat', inputs: [], attributes: { axis: 0 } } },
      'it takes at least 1 operands, not 0',
    ],
    ['a reference to itself', { node: { inputs: [0, 2] } }, 'node 2 (conv2d): there is no node 2 before it'],
    ['a negative reference', { node: { inputs: [0, -1] } }, 'nodes.2.inputs.1'],
    ['an attribute too few', { node: { attributes: { stride: 1, dilation: 1 } } }, 'padding'],
    ['an attribute too many', { node: { op: 'tanh', inputs: [0], attributes: { slope: 1 } } }, 'slope'],
    ['a stride of zero', { node: { attributes: { stride: 0, dilation: 1, padding: [1, 1, 1, 1] } } }, 'stride'],
    ['a negative padding', { node: { attributes: { stride: 1, dilation: 1, padding: [-1, 1, 1, 1] } } }, 'padding.0'],
    ['a number lost in JSON', { node: { op: 'leakyRelu', inputs: [0], attributes: { slope: null } } }, 'slope'],
    [
      'another shape',
      { node: { shape: [1, 2, 4, 5] } },
      'node 2 (conv2d): its shape is [1, 2, 4, 4], not [1, 2, 4, 5]',
    ],
    [
      'operands that do not fit',
      { node: { op: 'matmul', attributes: {} } },
      'node 2 (matmul): matmul: they must be (..., m, k) and (..., k, n)',
    ],
    [
      'a shape that the rule refuses',
      { node: { op: 'reshape', inputs: [0], attributes: {}, shape: [7] } },
      'as many elements as [7]',
    ],
    ['an empty axis', { node: { shape: [1, 2, 0, 4] } }, 'nodes.2.shape.2'],
    [
      'an absurd size',
      { node: { op: 'broadcast', inputs: [0], attributes: {}, shape: [1e9, 3, 4, 4] } },
      'nodes.2.shape',
    ],
    [
      'an absurd rank',
      { node: { op: 'reshape', inputs: [0], attributes: {}, shape: [1, 1, 1, 1, 1, 1, 1, 1, 48] } },
      'nodes.2.shape',
    ],
    ['an input twice', { node: { op: 'input', inputs: [], attributes: { name: 'x' } } }, 'an input "x" already'],
    ['an output of nothing', { outputs: { y: 3 } }, 'output "y": there is no node 3 before it'],
  ])('refuses %s', (_, change, message) => {
    expect(refusal(savedWith(change))).toContain(message);
  });

  it('refuses any kind of node with no operands, or with attributes it does not know', () => {
    for (const op of opKinds) {
      const bare = refusal(savedWith({ node: { op, inputs: [], attributes: { nonsense: 1 } } }));
      expect(bare).toContain(`node 2 (${op})`);
    }
  });

  it('refuses rubbish with a StudioError and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(refusal(data)).toMatch(/^The saved graph cannot be used: /);
      }),
    );
  });

  it('either refuses a mutilated node or computes what it says', () => {
    const value = fc.oneof(
      fc.integer({ min: -2, max: 5 }),
      fc.constant(null),
      fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 5 }),
    );
    const node = fc.record(
      {
        op: fc.constantFrom(...opKinds),
        inputs: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
        shape: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
        attributes: fc.dictionary(
          fc.constantFrom('stride', 'dilation', 'padding', 'axes', 'factor', 'block', 'slope'),
          value,
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(node, (change) => {
        const data = savedWith({ node: change });
        let graph: Graph;
        try {
          graph = loadGraph(data);
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError);
          return;
        }
        const { y } = interpret(graph, feedsFor(graph));
        expect(y).toHaveLength(graph.tensor(graph.outputs.get('y') ?? -1).elementCount);
      }),
      { numRuns: 500 },
    );
  });
});

const feedsFor = (graph: Graph): Record<string, Float64Array> =>
  Object.fromEntries(
    [...graph.inputs.keys()].map((name) => [name, new Float64Array(graph.inputTensor(name).elementCount)]),
  );
