import { describe, expect, it } from 'vitest';
import { gradient } from '../graph/gradient';
import { Graph, type Tensor } from '../graph/graph';
import { interpret } from '../testing/interpreter';
import { ADVERSARIAL_LOSSES, type AdversarialLoss, convergence, CRITIC_LOSSES, nextBalance } from './critic-losses';

const REAL = [0.5, 2, -1.5];
const FAKE = [-0.25, 1.5, -2];
const BALANCE = 0.3;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
const meanOf = (values: readonly number[], f: (x: number) => number): number => mean(values.map(f));
const softplus = (x: number): number => Math.log(1 + Math.exp(x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** [what the critic minimises, what the generator does], by hand. */
const EXPECTED: Readonly<Record<AdversarialLoss, readonly [number, number]>> = {
  wasserstein: [-0.25 - 1 / 3, 0.25],
  hinge: [(0.5 + 0 + 2.5) / 3 + (0.75 + 2.5 + 0) / 3, 0.25],
  'least-squares': [
    0.5 * (meanOf(REAL, (x) => (x - 1) ** 2) + meanOf(FAKE, (x) => x * x)),
    0.5 * meanOf(FAKE, (x) => (x - 1) ** 2),
  ],
  'non-saturating': [
    -meanOf(REAL, (x) => Math.log(sigmoid(x))) - meanOf(FAKE, (x) => Math.log(1 - sigmoid(x))),
    -meanOf(FAKE, (x) => Math.log(sigmoid(x))),
  ],
  minimax: [meanOf(REAL, (x) => softplus(-x)) + meanOf(FAKE, softplus), meanOf(FAKE, (x) => Math.log(1 - sigmoid(x)))],
  began: [-1 / 3 + BALANCE * -0.25, 0.25],
};

function evaluate(build: (real: Tensor, fake: Tensor, balance: Tensor) => Tensor, real = REAL, fake = FAKE) {
  const graph = new Graph();
  const inputs = [graph.input('real', [3, 1]), graph.input('fake', [3, 1])] as const;
  const loss = build(...inputs, graph.input('balance', []));
  graph.output('loss', loss);
  gradient(loss, inputs).forEach((slope, i) => graph.output(`slope${i}`, slope));
  const { loss: value, slope0, slope1 } = interpret(graph, { real, fake, balance: [BALANCE] });
  return { value: value[0], slopes: [...slope0, ...slope1] };
}

describe.each(ADVERSARIAL_LOSSES)('%s', (kind) => {
  const builds = {
    critic: (real: Tensor, fake: Tensor, balance: Tensor) => CRITIC_LOSSES[kind].critic(real, fake, balance),
    generator: (_: Tensor, fake: Tensor) => CRITIC_LOSSES[kind].generator(fake),
  };

  it('is what the paper’s formula gives', () => {
    expect(evaluate(builds.critic).value).toBeCloseTo(EXPECTED[kind][0], 10);
    expect(evaluate(builds.generator).value).toBeCloseTo(EXPECTED[kind][1], 10);
  });

  it('has the slopes of finite differences', () => {
    const step = 1e-5;
    for (const build of Object.values(builds)) {
      const { slopes } = evaluate(build);
      slopes.forEach((slope, i) => {
        const moved = (by: number): number => {
          const scores = [...REAL, ...FAKE].map((score, j) => (i === j ? score + by : score));
          return evaluate(build, scores.slice(0, 3), scores.slice(3)).value;
        };
        expect(slope).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 7);
      });
    }
  });
});

describe('BEGAN’s balance', () => {
  const next = (balance: number, rate: number): number => {
    const graph = new Graph();
    const [real, fake] = [graph.input('real', [2, 1]), graph.input('fake', [2, 1])];
    graph.output('next', nextBalance(real, fake, graph.scalar(balance), { diversity: 0.5, rate }));
    graph.output('convergence', convergence(real, fake, 0.5));
    const results = interpret(graph, { real: [-0.6, -0.2], fake: [-0.1, -0.1] });
    expect(results['convergence'][0]).toBeCloseTo(0.4 + Math.abs(0.5 * 0.4 - 0.1), 10);
    return results['next'][0];
  };

  it('grows while fills are reproduced better than wanted, and stays in [0, 1]', () => {
    expect(next(0.3, 0.01)).toBeCloseTo(0.3 + 0.01 * (0.5 * 0.4 - 0.1), 10);
    expect(next(0.99, 1)).toBe(1);
  });
});
