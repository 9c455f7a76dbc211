import { expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { autoencoderScore, critic } from './critics';
import { initialise, InputParameters, type ParameterLayout } from './parameters';

/** The side is 64 and the width 4: four halvings leave 4 x 4 pixels, of 64 channels in the local critic. */
function layoutOf(build: typeof critic): ParameterLayout {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  build(parameters, graph.input('x', [1, 3, 64, 64]), 'local', 4);
  return parameters.layout;
}

it.each([
  ['critic', critic, 'local.conv2.weight', 8 * 25, 1.92],
  ['critic', critic, 'local.score.weight', 64 * 16, 1],
  ['autoencoder', autoencoderScore, 'local.hidden.weight', 64 * 16, 1],
  ['autoencoder', autoencoderScore, 'local.open.weight', 64, 1],
])('in the %s, %s starts with the variance of its gain over its fan-in', (_, build, name, fanIn, gain) => {
  const layout = layoutOf(build);
  const random = uniforms();
  const weights = layout.split(initialise(layout, () => Math.sqrt(12) * (random() - 0.5)))[name];
  const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
  expect((variance * fanIn) / gain).toBeGreaterThan(0.85);
  expect((variance * fanIn) / gain).toBeLessThan(1.15);
});

/** Evenly in [0, 1), by the multiplicative generator of Park and Miller (1988). */
function uniforms(): () => number {
  let state = 42;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
