import { describe, expect, it } from 'vitest';
import { Graph, type Tensor } from '../graph/graph';
import { interpret } from '../graph/interpreter';
import { matmul, reshape } from '../graph/ops';
import { gradientPenalty, reconstructionLoss, wassersteinLoss } from './losses';

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

describe('the critics’ losses', () => {
  it('counts what is generated as real against the critic', () => {
    const graph = new Graph();
    graph.output('loss', wassersteinLoss(graph.input('real', [2, 1]), graph.input('fake', [2, 1])));
    expect(interpret(graph, { real: [3, 5], fake: [1, 1] })['loss'][0]).toBe(-3);
  });

  it('penalises a linear critic by how far the norm of its weights inside the hole is from 1', () => {
    const graph = new Graph();
    const weights = [3, 4, 100, 100];
    const score = (x: Tensor) => matmul(reshape(x, [2, 4]), graph.constant([4, 1], weights));
    const mixed = graph.input('mixed', [2, 1, 2, 2]);
    const { penalty, norm } = gradientPenalty(score, mixed, graph.constant([2, 1, 2, 2], [1, 1, 0, 0, 1, 0, 0, 0]));
    graph.output('penalty', penalty);
    graph.output('norm', norm);
    const result = interpret(graph, { mixed: new Array<number>(8).fill(0.3) });
    expect(result['norm'][0]).toBeCloseTo((5 + 3) / 2, 6);
    expect(result['penalty'][0]).toBeCloseTo(((5 - 1) ** 2 + (3 - 1) ** 2) / 2, 6);
  });
});
