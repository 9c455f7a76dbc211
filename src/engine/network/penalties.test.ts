import { describe, expect, it } from 'vitest';
import { Graph, type Tensor } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { matmul, reshape } from '../graph/ops';
import { gradientPenalty, pointsAround, pointsBetween } from './penalties';

describe('the gradient penalty', () => {
  const linear = (weights: readonly number[], kind: 'wgan-gp' | 'wgan-lp' | 'r1') => {
    const graph = new Graph();
    const score = (x: Tensor) => matmul(reshape(x, [2, 4]), graph.constant([4, 1], weights));
    const mixed = graph.input('mixed', [2, 1, 2, 2]);
    const hole = graph.constant([2, 1, 2, 2], [1, 1, 0, 0, 1, 0, 0, 0]);
    const { penalty, norm } = gradientPenalty(score, mixed, hole, kind);
    graph.output('penalty', penalty);
    graph.output('norm', norm);
    const result = interpret(graph, { mixed: new Array<number>(8).fill(0.3) });
    return [result['norm'][0], result['penalty'][0]];
  };

  it('measures how far the norm of a linear critic’s weights inside the hole is from 1', () => {
    const [norm, penalty] = linear([3, 4, 100, 100], 'wgan-gp');
    expect(norm).toBeCloseTo((5 + 3) / 2, 6);
    expect(penalty).toBeCloseTo(((5 - 1) ** 2 + (3 - 1) ** 2) / 2, 6);
  });

  it('lets a flat critic be where only one side counts (WGAN-LP)', () => {
    expect(linear([0.3, 0.4, 100, 100], 'wgan-gp')[1]).toBeCloseTo((0.5 ** 2 + 0.7 ** 2) / 2, 6);
    expect(linear([0.3, 0.4, 100, 100], 'wgan-lp')[1]).toBe(0);
    expect(linear([3, 4, 0, 0], 'wgan-lp')[1]).toBeCloseTo(((5 - 1) ** 2 + (3 - 1) ** 2) / 2, 6);
  });

  it('is half the square of the slope with R1, which wants a flat critic', () => {
    const [norm, penalty] = linear([3, 4, 100, 100], 'r1');
    expect(norm).toBeCloseTo((5 + 3) / 2, 6);
    expect(penalty).toBeCloseTo((25 + 9) / 4, 9);
    expect(linear([0, 0, 1, 1], 'r1')[1]).toBe(0);
  });
});

describe('the points at which slopes are measured', () => {
  const at = (build: (real: Tensor, other: Tensor, mix: Tensor) => Tensor) => {
    const graph = new Graph();
    const [real, other] = [graph.input('real', [1, 1, 1, 2]), graph.input('other', [1, 1, 1, 2])];
    graph.output('points', build(real, other, graph.input('mix', [1, 1, 1, 1])));
    return [...interpret(graph, { real: [1, 3], other: [0, 0.5], mix: [0.25] })['points']];
  };

  it('lie between pictures and fills', () => {
    expect(at(pointsBetween)).toEqual([0.75, 2.375]);
  });

  it('lie around pictures with DRAGAN, as far as the picture varies', () => {
    const [first, second] = at(pointsAround);
    expect(first).toBe(1);
    expect(second).toBeCloseTo(3 + 0.25 * 0.5 * 1 * 0.5, 6);
  });
});
