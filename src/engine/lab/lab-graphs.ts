/**
 * The graphs of an experiment: fully connected networks on numbers, with the losses and penalties of the inpainting critics. B: batch;
 * d: dimensions of a sample; k: samples that the critic sees together.
 */
import { Graph, type Tensor } from '../graph/graph';
import { add, meanOf, multiply, relu, reshape, square, step, subtract, total } from '../graph/ops';
import { CRITIC_LOSSES } from '../network/critic-losses';
import { linear } from '../network/layers';
import { FlatParameters, InputParameters, type ParameterLayout, type ParameterSource } from '../network/parameters';
import { gradientPenalty, pointsBetween } from '../network/penalties';
import { flatGradient, outputs } from '../train/step-shape';
import type { Experiment } from './experiments';
import type { LabOptions } from './lab-options';

/** ReLU keeps half of the variance. */
const RELU_GAIN = 2;

export interface LabShape {
  readonly experiment: Experiment;
  readonly options: LabOptions;
}

export const dimensionsOf = ({ experiment }: LabShape): number => experiment.target.modes[0]?.length ?? 1;

/** (N,z) -> (N,d), values divided by the target's scale. */
function generate(
  parameters: ParameterSource,
  z: Tensor,
  { experiment, options }: LabShape,
  dimensions: number,
): Tensor {
  const widths = options.generator === 'linear' ? [] : experiment.generatorLayers;
  const hidden = widths.reduce((x, width, i) => relu(linear(parameters, x, `generator.${i}`, width, RELU_GAIN)), z);
  return linear(parameters, hidden, 'generator.output', dimensions);
}

/** (N,k d) -> (N,1). @param masks (N,width) a hidden layer, 0 or 2; none: nothing is forgotten */
function score(parameters: ParameterSource, x: Tensor, experiment: Experiment, masks: readonly Tensor[] = []): Tensor {
  const hidden = experiment.criticLayers.reduce((y, width, i) => {
    const values = relu(linear(parameters, y, `critic.${i}`, width, RELU_GAIN));
    const mask = masks[i];
    return mask === undefined ? values : multiply(values, mask);
  }, x);
  return linear(parameters, hidden, 'critic.output', 1);
}

export function generatorLayoutOf(shape: LabShape): ParameterLayout {
  const graph = new Graph();
  const source = new InputParameters(graph);
  generate(source, graph.input('z', [1, shape.options.z]), shape, dimensionsOf(shape));
  return source.layout;
}

export function criticLayoutOf(shape: LabShape): ParameterLayout {
  const graph = new Graph();
  const source = new InputParameters(graph);
  score(source, graph.input('x', [1, shape.options.packing * dimensionsOf(shape)]), shape.experiment);
  return source.layout;
}

/** What both steps begin with: inputs generator, critic, z (B,z) [, fakeNoise (B,d); fakeMask0, ... (B/k,width)]. */
class Step {
  readonly graph = new Graph();
  readonly generator: FlatParameters;
  readonly critic: FlatParameters;
  readonly dimensions: number;
  readonly packs: number;
  /** (B/k,k d), with its noise. */
  readonly fake: Tensor;

  constructor(readonly shape: LabShape) {
    const { batch, packing, z } = shape.options;
    this.dimensions = dimensionsOf(shape);
    this.packs = batch / packing;
    this.generator = new FlatParameters(this.graph, 'generator', generatorLayoutOf(shape));
    this.critic = new FlatParameters(this.graph, 'critic', criticLayoutOf(shape));
    const made = generate(this.generator, this.graph.input('z', [batch, z]), shape, this.dimensions);
    this.fake = this.seen(made, 'fakeNoise');
  }

  /** As the critic sees samples (B,d): with noise, and packed. */
  seen(samples: Tensor, noise: string): Tensor {
    const noisy = this.shape.options.noise > 0 ? add(samples, this.graph.input(noise, samples.shape)) : samples;
    return reshape(noisy, [this.packs, this.shape.options.packing * this.dimensions]);
  }

  score(x: Tensor, side: 'real' | 'fake' | null): Tensor {
    const { experiment, options } = this.shape;
    const widths = options.dropout && side !== null ? experiment.criticLayers : [];
    const masks = widths.map((width, i) => this.graph.input(`${side ?? ''}Mask${i}`, [this.packs, width]));
    return score(this.critic, x, experiment, masks);
  }
}

/**
 * The critic's step: the inputs above, real (B,d) [, realNoise, realMask0, ...; mix (B/k,1)] -> loss, gradient, accuracy (share of
 * scores on their side of the loss's zero; where it has one) [, slope: the mean slope where it is penalised].
 */
export function labCriticStep(shape: LabShape): Graph {
  const { experiment, options } = shape;
  const at = new Step(shape);
  const real = at.seen(at.graph.input('real', [options.batch, at.dimensions]), 'realNoise');
  const [realScores, fakeScores] = [at.score(real, 'real'), at.score(at.fake, 'fake')];
  const row = CRITIC_LOSSES[options.loss];
  const adversarial = row.critic(realScores, fakeScores, 0);
  const penalised = penalty(at, real);
  const weights = experiment.criticLayers.map((_, i) => `critic.${i}.weight`);
  const squares = at.critic.tensors
    .filter((_, i) => weights.includes(at.critic.names[i]))
    .map((tensor) => total(square(tensor)))
    .reduce((a, b) => add(a, b));
  const parts = [
    ...(penalised === null ? [] : [multiply(penalised.penalty, options.penaltyWeight)]),
    ...(options.l2 > 0 ? [multiply(squares, options.l2)] : []),
  ];
  const loss = parts.reduce((sum, part) => add(sum, part), adversarial);
  outputs(at.graph, {
    loss,
    gradient: flatGradient(loss, at.critic),
    accuracy: row.zero === undefined ? null : accuracy(realScores, fakeScores, row.zero),
    slope: penalised?.norm ?? null,
  });
  return at.graph;
}

function accuracy(real: Tensor, fake: Tensor, zero: number): Tensor {
  return multiply(add(meanOf(step(subtract(real, zero))), meanOf(step(subtract(zero, fake)))), 0.5);
}

function penalty(at: Step, real: Tensor) {
  const { penalty: kind } = at.shape.options;
  if (kind === 'none') return null;
  const points = kind === 'r1' ? real : pointsBetween(real, at.fake, at.graph.input('mix', [at.packs, 1]));
  // As pictures of one pixel, all of it hole.
  const [n, values] = points.shape;
  const whole = at.graph.constant([n, 1, 1, 1], [1]);
  const scoreOf = (x: Tensor): Tensor => at.score(reshape(x, [n, values]), null);
  return gradientPenalty(scoreOf, reshape(points, [n, values, 1, 1]), whole, kind);
}

/** The generator's step: the inputs above -> loss, gradient. */
export function labGeneratorStep(shape: LabShape): Graph {
  const at = new Step(shape);
  const loss = CRITIC_LOSSES[shape.options.loss].generator(at.score(at.fake, 'fake'));
  outputs(at.graph, { loss, gradient: flatGradient(loss, at.generator) });
  return at.graph;
}

/** generator, z (N,z) -> samples (N,d). */
export function labSampleGraph(shape: LabShape, count: number): Graph {
  const graph = new Graph();
  const parameters = new FlatParameters(graph, 'generator', generatorLayoutOf(shape));
  graph.output('samples', generate(parameters, graph.input('z', [count, shape.options.z]), shape, dimensionsOf(shape)));
  return graph;
}

/** critic, x (N,k d), values divided by the target's scale -> scores (N,1), with nothing forgotten. */
export function labScoreGraph(shape: LabShape, count: number): Graph {
  const graph = new Graph();
  const parameters = new FlatParameters(graph, 'critic', criticLayoutOf(shape));
  const x = graph.input('x', [count, shape.options.packing * dimensionsOf(shape)]);
  graph.output('scores', score(parameters, x, shape.experiment));
  return graph;
}
