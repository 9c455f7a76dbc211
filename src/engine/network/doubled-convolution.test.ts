import { expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { gradient } from '../graph/gradient';
import { interpret } from '../testing/interpreter';
import { add, conv2d, multiply, reshape, resizeNearest, sum } from '../graph/ops';
import { Random } from '../numeric/random';
import { doubledConvolution } from './doubled-convolution';

it('is the convolution of the doubled picture, with its gradients', () => {
  const random = new Random(5);
  const shapes = { x: [2, 3, 4, 5], w: [2, 3, 3, 3], b: [2], seen: [2, 2, 8, 10] };
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
    ]),
  );
  const results = [true, false].map((doubled) => {
    const graph = new Graph();
    const [x, w, b, seen] = Object.entries(shapes).map(([name, shape]) => graph.input(name, shape));
    const y = doubled ? doubledConvolution(x, w, b) : add(conv2d(resizeNearest(x, 2), w), reshape(b, [1, 2, 1, 1]));
    graph.output('y', y);
    const gradients = gradient(sum(multiply(multiply(y, y), seen)), [x, w, b]);
    gradients.forEach((g, i) => graph.output(`gradient ${i}`, g));
    return interpret(graph, feeds);
  });
  expect(Object.keys(results[0])).toHaveLength(4);
  for (const [name, values] of Object.entries(results[0]))
    values.forEach((value, i) => expect(value, name).toBeCloseTo(results[1][name][i], 9));
});

it('refuses kernels of other sizes', () => {
  const graph = new Graph();
  const [x, w, b] = [graph.input('x', [1, 2, 4, 4]), graph.input('w', [2, 2, 5, 5]), graph.input('b', [2])];
  expect(() => doubledConvolution(x, w, b)).toThrow('3x3');
});
