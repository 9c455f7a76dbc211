import { describe, expect, it } from 'vitest';
import { gradient } from './gradient';
import { Graph, GraphShapeError, type Tensor } from './graph';
import { interpret } from '../testing/interpreter';
import * as op from './ops';

function inputs(...shapes: (readonly number[])[]): Tensor[] {
  const graph = new Graph();
  return shapes.map((shape, i) => graph.input(`x${i}`, shape));
}

describe('equal operations on equal operands', () => {
  it('are made once', () => {
    const [x, w] = inputs([1, 1, 4, 4], [1, 1, 3, 3]);
    expect(op.conv2d(x, w).id).toBe(op.conv2d(x, w).id);
    expect(op.add(x, 1).id).toBe(op.add(x, 1).id);
  });

  it('are different when attributes, shape or order differ', () => {
    const [x, y] = inputs([2, 3], [2, 3]);
    expect(op.leakyRelu(x, 0.1).id).not.toBe(op.leakyRelu(x, 0.2).id);
    expect(op.reshape(x, [6]).id).not.toBe(op.reshape(x, [3, 2]).id);
    expect(op.subtract(x, y).id).not.toBe(op.subtract(y, x).id);
    expect(x.id).not.toBe(y.id);
  });

  it('cost nothing when a gradient is asked for again', () => {
    const [x] = inputs([3]);
    const y = op.total(op.exp(x));
    const [first] = gradient(y, [x]);
    const count = x.graph.nodes.length;
    expect(gradient(y, [x])[0].id).toBe(first.id);
    expect(x.graph.nodes).toHaveLength(count);
  });
});

describe('operations without effect', () => {
  it('are left out', () => {
    const [x] = inputs([1, 4, 2, 2]);
    const same = [
      op.reshape(x, [1, 4, 2, 2]),
      op.broadcast(x, [1, 4, 2, 2]),
      op.transpose(x, [0, 1, 2, 3]),
      op.slice(x, [0, 0, 0, 0], [1, 4, 2, 2]),
      op.pad(x, [0, 0, 0, 0], [0, 0, 0, 0]),
      op.concat([x], 1),
      op.sum(x, [0]),
      op.resizeNearest(x, 1),
      op.blockSum(x, 1),
    ];
    expect(same.map((tensor) => tensor.id)).toEqual(same.map(() => x.id));
  });
});

describe('within', () => {
  it('names the part of the network that a node belongs to', () => {
    const [x] = inputs([2]);
    const { graph } = x;
    const inner = graph.within('refine', () => graph.within('attention', () => op.exp(x)));
    const outer = op.log(x);
    expect(graph.node(inner.id).scope).toBe('refine/attention');
    expect(graph.node(outer.id).scope).toBe('');
  });

  it('ends when building fails', () => {
    const graph = new Graph();
    const build = (): never => {
      throw new Error('no');
    };
    expect(() => graph.within('refine', build)).toThrow('no');
    expect(graph.scope).toBe('');
  });

  it('marks gradients, under the scope that asks for them', () => {
    const [x] = inputs([2]);
    const [dx] = x.graph.within('critic', () => gradient(op.total(op.exp(x)), [x]));
    expect(x.graph.node(dx.id).scope).toBe('critic/gradient');
  });
});

describe('a shape error', () => {
  const message = (build: () => unknown): string => {
    try {
      build();
    } catch (error) {
      if (error instanceof GraphShapeError) return error.message;
    }
    throw new Error('no GraphShapeError was thrown');
  };

  it('names the operation, the scope and the shapes', () => {
    const [a, b] = inputs([2, 3], [4]);
    const text = message(() => a.graph.within('coarse', () => op.add(a, b)));
    expect(text).toContain('add in coarse: the shapes must broadcast; got [2, 3] and [4]');
  });

  it('names the line that made it, outside this folder', () => {
    const [a, b] = inputs([2, 3], [4]);
    expect(message(() => op.matmul(a, b))).toMatch(/made at .*graph\.test\.ts:\d+:\d+/);
  });

  const [picture, kernels, matrix, scalar] = inputs([1, 4, 4, 6], [2, 4, 3, 3], [2, 3], []);
  const geometry = { stride: 1, dilation: 1, padding: [1, 1, 1, 1] as const };
  it.each([
    ['add', () => op.add(picture, matrix)],
    ['sum', () => op.sum(matrix, [2])],
    ['sum', () => op.sum(matrix, [1, 1])],
    ['broadcast', () => op.broadcast(matrix, [2, 4])],
    ['reshape', () => op.reshape(matrix, [5])],
    ['transpose', () => op.transpose(matrix, [0, 0])],
    ['slice', () => op.slice(matrix, [0, 2], [2, 2])],
    ['slice', () => op.slice(matrix, [0.5, 0], [1, 1])],
    ['slice', () => op.slice(matrix, [0, 0], [2, 0])],
    ['pad', () => op.pad(matrix, [-1, 0], [0, 0])],
    ['concat', () => op.concat([matrix, op.reshape(matrix, [3, 2])], 0)],
    ['concat', () => op.concat([matrix, matrix], 2)],
    ['matmul', () => op.matmul(matrix, matrix)],
    ['matmul', () => op.matmul(scalar, scalar)],
    ['conv2d', () => op.conv2d(picture, matrix)],
    ['conv2d', () => op.conv2d(picture, kernels, { stride: 0 })],
    ['conv2d', () => op.conv2d(picture, kernels, { dilation: 1.5 })],
    ['conv2d', () => op.conv2d(picture, kernels, { padding: [-1, 1, 1, 1] })],
    ['conv2d', () => op.conv2d(picture, kernels, { dilation: 4, padding: [0, 0, 0, 0] })],
    ['conv2dInputGradient', () => op.conv2dInputGradient(picture, kernels, [1, 4, 4, 6], geometry)],
    ['conv2dWeightGradient', () => op.conv2dWeightGradient(picture, picture, [2, 4, 3, 3], geometry)],
    ['resizeNearest', () => op.resizeNearest(matrix, 2)],
    ['blockSum', () => op.blockSum(picture, 4)],
    ['spaceToDepth', () => op.spaceToDepth(picture, 4)],
    ['spaceToDepth', () => op.spaceToDepth(picture, 0.5)],
    ['depthToSpace', () => op.depthToSpace(picture, 3)],
    ['constant', () => picture.graph.constant([3], [1, 2])],
    ['input', () => picture.graph.input('empty', [0, 3])],
  ])('%s refuses operands that do not fit (%#)', (name, build) => {
    expect(message(build)).toMatch(new RegExp(`^${name}: .*\\[?.*made at .*graph\\.test\\.ts`));
  });

  it('leaves the graph as it was', () => {
    const [a, b] = inputs([2, 3], [4]);
    const count = a.graph.nodes.length;
    expect(() => op.add(a, b)).toThrow(GraphShapeError);
    expect(a.graph.nodes).toHaveLength(count);
  });
});

describe('a graph refuses', () => {
  it('operands of another graph', () => {
    const [a] = inputs([2]);
    const [b] = inputs([2]);
    expect(() => op.add(a, b)).toThrow('add: an operand belongs to another graph');
  });

  it('a second input or output of the same name', () => {
    const [a] = inputs([2]);
    expect(() => a.graph.input('x0', [3])).toThrow('the graph has an input "x0" already');
    a.graph.output('y', a);
    expect(() => a.graph.output('y', a)).toThrow('the graph has an output "y" already');
  });

  it.each([NaN, Infinity, -Infinity])('the number %d, which JSON cannot tell from others', (value) => {
    const [a] = inputs([2]);
    expect(() => op.add(a, value)).toThrow('finite numbers only');
    expect(() => op.clip(a, value, null)).toThrow('finite numbers only');
  });

  it('the gradient of what is no scalar', () => {
    const [a] = inputs([2]);
    expect(() => gradient(a, [a])).toThrow('only a scalar has a gradient, not a tensor of 2 elements');
  });
});

describe('the gradient', () => {
  it('with respect to what the scalar does not depend on is zero', () => {
    const [x, y] = inputs([2], [2, 2]);
    const [dx, dy] = gradient(op.total(x), [x, y]);
    x.graph.output('dx', dx);
    x.graph.output('dy', dy);
    expect(interpret(x.graph, { x0: [5, 6] })).toEqual({ dx: Float64Array.of(1, 1), dy: new Float64Array(4) });
  });

  it('with respect to the scalar itself is one', () => {
    const [x] = inputs([]);
    x.graph.output('dx', gradient(x, [x])[0]);
    expect(interpret(x.graph, {})).toEqual({ dx: Float64Array.of(1) });
  });

  it('adds up over all uses of a tensor', () => {
    const [x] = inputs([]);
    x.graph.output('dx', gradient(op.add(op.multiply(x, x), op.multiply(x, 3)), [x])[0]);
    expect(interpret(x.graph, { x0: [5] })).toEqual({ dx: Float64Array.of(13) });
  });

  it('with respect to a tensor in the middle holds the rest fixed', () => {
    const [x] = inputs([]);
    const middle = op.exp(x);
    x.graph.output('d', gradient(op.multiply(op.multiply(middle, middle), x), [middle])[0]);
    expect(interpret(x.graph, { x0: [1] }).d[0]).toBeCloseTo(2 * Math.E, 12);
  });
});
