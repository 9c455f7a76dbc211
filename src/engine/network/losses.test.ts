import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { perceptualLoss, reconstructionLoss, structureLoss } from './losses';

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

describe('the structure loss', () => {
  const SIDE = 16;

  /** Of a fill of `value(x, y)` for a black picture whose left half is the hole. */
  function lossOf(value: (x: number, y: number) => number): number {
    const graph = new Graph();
    const fill = graph.input('fill', [1, 1, SIDE, SIDE]);
    const hole = graph.input('hole', [1, 1, SIDE, SIDE]);
    graph.output('loss', structureLoss(fill, graph.constant(fill.shape, [0]), hole, hole));
    const pixels = Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)] as const);
    const feeds = {
      fill: pixels.map(([x, y]) => value(x, y)),
      hole: pixels.map(([x]) => (x < SIDE / 2 ? 1 : 0)),
    };
    return interpret(graph, feeds)['loss'][0];
  }

  it('counts a wrong colour once for each size of square', () => {
    expect(lossOf(() => -0.5)).toBeCloseTo(2 * 0.5, 6);
  });

  it('does not count grain, nor what lies outside the hole', () => {
    expect(lossOf((x, y) => ((x + y) % 2 === 0 ? 1 : -1))).toBeCloseTo(0, 6);
    expect(lossOf((x) => (x < SIDE / 2 ? 0 : 1))).toBe(0);
  });

  it('counts a coarse pattern in the small squares alone', () => {
    expect(lossOf((x) => (x < 4 ? 1 : -1))).toBeCloseTo(1, 6);
  });
});

describe('the perceptual loss', () => {
  it('compares features by their share of the channels, in the hole, and weighs pictures alike', () => {
    const graph = new Graph();
    const [fill, truth] = ['fill', 'truth'].map((name) => graph.input(name, [2, 2, 1, 2]));
    const hole = graph.input('hole', [2, 1, 1, 2]);
    graph.output('loss', perceptualLoss([fill, fill], [truth, truth], [hole, hole]));
    const { loss } = interpret(graph, {
      fill: [3, 9, 4, 9, 1, 2, 0, 0],
      truth: [4, 0, 3, 0, 1, 2, 0, 0],
      hole: [1, 0, 0.5, 0.5],
    });
    // (3, 4) and (4, 3), each divided by the root of its mean square, 12.5, and a tenth; the second picture is as it was.
    const apart = 2 / 12.6;
    expect(loss[0]).toBeCloseTo(apart / (0.5 + 1e-3) / 8, 6);
  });
});
