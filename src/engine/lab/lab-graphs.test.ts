import { describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph';
import { initialise } from '../network/parameters';
import { Random } from '../numeric/random';
import { interpret } from '../testing/interpreter';
import { type Experiment, EXPERIMENTS } from './experiments';
import { LabBatches } from './lab-batches';
import { criticLayoutOf, generatorLayoutOf, labCriticStep, labGeneratorStep, type LabShape } from './lab-graphs';
import type { LabOptions } from './lab-options';

const small = (change: Partial<LabOptions>): LabShape => {
  const { target, defaults } = EXPERIMENTS.ring;
  const experiment: Experiment = { target, about: '', criticLayers: [5, 4], generatorLayers: [6], defaults };
  return { experiment, options: { ...defaults, z: 2, batch: 8, ...change } };
};

/** The graph's flat gradient along a direction, divided by that of finite differences. */
function agreement(graph: Graph, shape: LabShape, side: 'generator' | 'critic'): number {
  const random = new Random(3);
  const normal = (): number => random.normal();
  // Biases begin at 0, where a ReLU behind values that are all 0 has its kink: they are moved away from there.
  const moved = (values: Float32Array): Float64Array => Float64Array.from(values, (value) => value + 0.2 * normal());
  const values = {
    generator: moved(initialise(generatorLayoutOf(shape), normal)),
    critic: moved(initialise(criticLayoutOf(shape), normal)),
  };
  const batches = new LabBatches(shape, random);
  const batch = side === 'critic' ? batches.critic(0.3) : batches.generator(0.3);
  const { gradient } = interpret(graph, { ...batch, ...values });
  const direction = values[side].map(() => random.normal());
  const lossAt = (by: number): number =>
    interpret(graph, { ...batch, ...values, [side]: values[side].map((value, i) => value + by * direction[i]) })[
      'loss'
    ][0];
  const slope = direction.reduce((sum, value, i) => sum + value * gradient[i], 0);
  return slope / ((lossAt(1e-6) - lossAt(-1e-6)) / 2e-6);
}

describe('the steps of an experiment', () => {
  it.each([
    {},
    { loss: 'wasserstein', penalty: 'wgan-gp', penaltyWeight: 1 },
    { penalty: 'r1', penaltyWeight: 0.5, packing: 2 },
    { loss: 'hinge', penalty: 'wgan-lp', penaltyWeight: 3, noise: 0.4 },
    { loss: 'least-squares', dropout: true, l2: 0.01 },
    { loss: 'minimax', generator: 'linear', packing: 4 },
  ] as const)('have the gradients of finite differences with %j', (change) => {
    const shape = small(change);
    expect(agreement(labCriticStep(shape), shape, 'critic')).toBeCloseTo(1, 4);
    expect(agreement(labGeneratorStep(shape), shape, 'generator')).toBeCloseTo(1, 4);
  });

  it('say how often the critic is right where its loss has a zero', () => {
    expect([...labCriticStep(small({})).outputs.keys()]).toContain('accuracy');
    expect([...labCriticStep(small({ loss: 'wasserstein' })).outputs.keys()]).not.toContain('accuracy');
  });
});
