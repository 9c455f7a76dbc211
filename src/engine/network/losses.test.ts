import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { interpret } from '../graph/interpreter';
import { reconstructionLoss } from './losses';

describe('the reconstruction loss', () => {
  it('is the weighted mean difference per channel value of the region', () => {
    const graph = new Graph();
    const fill = graph.input('fill', [1, 2, 1, 3]);
    const image = graph.input('image', [1, 2, 1, 3]);
    const weight = graph.input('weight', [1, 1, 1, 3]);
    const region = graph.input('region', [1, 1, 1, 3]);
    graph.output('loss', reconstructionLoss(fill, image, weight, region));
    const { loss } = interpret(graph, {
      fill: [1, 1, 1, 0, 0, 0],
      image: [0, 0, 5, 0, -2, 5],
      weight: [1, 0.5, 0],
      region: [1, 1, 0],
    });
    expect(loss[0]).toBeCloseTo((1 + 0.5 + 0 + 0.5 * 2) / (2 * 2), 6);
  });

  it('is 0 without a hole', () => {
    const graph = new Graph();
    const x = graph.input('x', [1, 1, 2, 2]);
    const none = graph.constant([1, 1, 2, 2], [0]);
    graph.output('loss', reconstructionLoss(x, graph.constant([1, 1, 2, 2], [1]), none, none));
    expect(interpret(graph, { x: [3, 3, 3, 3] })['loss'][0]).toBe(0);
  });
});
