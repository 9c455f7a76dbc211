/**
 * A training step as graphs: pictures, holes and flat parameter vectors in, losses and flat gradients out. Every runtime
 * executes them as they are; optimiser.ts does the rest. step-shape.ts says what their inputs are.
 */
import { Graph, type Tensor } from '../graph/graph';
import { composite, GeneratorNetwork } from '../network/generator';
import { generatorLayout, stageOf } from '../network/inference';
import { LearntFeatures } from '../network/learnt-features';
import { FlatParameters, type ParameterSource } from '../network/parameters';
import { hasCritics } from './critic-kinds';
import { criticStepGraph, scoreGraph } from './critic-steps';
import { Critics } from './critics';
import { generatorLosses, type LossWeights } from './generator-losses';
import { flatGradient, outputs, pictures, type StepShape } from './step-shape';

/** The graphs of a run by their names in its folder, made when they are asked for; no `critics` where no weight asks for them. */
export function stepGraphs(run: StepShape & { readonly weights: LossWeights }) {
  const { weights } = run;
  const critics = { criticStep: () => criticStepGraph(run, weights), score: () => scoreGraph(run, weights) };
  return {
    generatorStep: () => generatorStepGraph(run, weights),
    fill: () => fillGraph(run),
    critics: hasCritics(weights) ? critics : null,
  };
}

function runGenerator(
  parameters: ParameterSource,
  { architecture, stages }: StepShape,
  { image, hole }: { readonly image: Tensor; readonly hole: Tensor },
) {
  const network = new GeneratorNetwork(architecture, parameters);
  const coarse = network.coarse(image, hole);
  if (stages === 'coarse') return { coarse, refined: coarse, complete: composite(image, coarse, hole) };
  const everywhere = image.graph.constant(hole.shape, [1]);
  const refined = network.refine(image, hole, everywhere, coarse);
  return { coarse, refined, complete: composite(image, refined, hole) };
}

/** Generator alone: image, hole, generator -> coarse, complete (the picture with the hole filled). */
function fillGraph(shape: StepShape): Graph {
  const graph = new Graph();
  const input = pictures(graph, shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const { coarse, complete } = runGenerator(parameters, shape, input);
  graph.output('coarse', coarse);
  graph.output('complete', complete);
  return graph;
}

/**
 * The generator's step: image, hole, discount, generator [, critic, windowRows, windowColumns, augmentation, criticState, the
 * feature network's weights] -> loss and its parts (generator-losses.ts), gradient (flat, by the generator's parameters, 0 by
 * those of a stage that does not learn), complete.
 */
export function generatorStepGraph(run: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const shape = { ...run, weights };
  const { stages = 'both' } = shape;
  const { image, hole } = pictures(graph, shape);
  const discount = graph.input('discount', hole.shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const fills = runGenerator(parameters, shape, { image, hole });
  const features = new LearntFeatures(graph);
  const critics = hasCritics(weights) ? Critics.of(graph, shape, features) : null;
  const learning = { coarse: stages !== 'refine', refine: stages !== 'coarse' };
  const losses = generatorLosses({ image, hole, discount, ...fills, learning, features, critics }, weights);
  outputs(graph, {
    ...losses,
    gradient: flatGradient(losses['loss'], parameters, (name) => stages !== 'both' && stageOf(name) !== stages),
    complete: fills.complete,
  });
  return graph;
}
