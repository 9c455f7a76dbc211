import { Graph } from '../graph/graph';
import { elementCount } from '../graph/shape';
import type { FeatureWeights } from '../measure/feature-weights';
import { featuresOf } from '../network/feature-network';
import { InputParameters } from '../network/parameters';
import { Random } from '../numeric/random';

/** Weights of the feature network of the right shapes and a plausible size, without meaning: those of the registry are not in the repository. */
export function madeUpFeatures(): FeatureWeights {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  featuresOf(parameters, graph.input('image', [1, 3, 32, 32]), [14]);
  const random = new Random(1);
  return Object.fromEntries(
    parameters.layout.list.map(({ name, shape }) => {
      const count = elementCount(shape);
      const size = Math.sqrt((2 * shape[0]) / count);
      return [name, { shape, values: Float32Array.from({ length: count }, () => size * random.normal()) }];
    }),
  );
}

/** By name, as graphs take them. */
export const valuesOf = (weights: FeatureWeights): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(weights).map(([name, { values }]) => [name, values]));
