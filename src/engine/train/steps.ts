/**
 * A training step as graphs: pictures, holes and flat parameter vectors in, losses and flat gradients out. Every runtime
 * executes them as they are; optimiser.ts does the rest. step-shape.ts says what their inputs are.
 */
import { Graph, type Tensor } from '../graph/graph';
import { add, multiply } from '../graph/ops';
import { composite, GeneratorNetwork } from '../network/generator';
import { generatorLayout, stageOf } from '../network/inference';
import { LearntFeatures } from '../network/learnt-features';
import { FlatParameters, type ParameterSource } from '../network/parameters';
import { isStyled, type Styles } from '../network/styles';
import { hasCritics } from './critic-kinds';
import { criticStepGraph, scoreGraph } from './critic-steps';
import { Critics } from './critics';
import { generatorLosses, type LossWeights } from './generator-losses';
import { flatGradient, outputs, pictures, type StepShape } from './step-shape';
import { BatchStyles } from './styles';

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
  styles: Styles | null,
) {
  const network = new GeneratorNetwork(architecture, parameters, 'fast', styles);
  const coarse = network.coarse(image, hole);
  if (stages === 'coarse') return { coarse, refined: coarse, complete: composite(image, coarse, hole) };
  const everywhere = image.graph.constant(hole.shape, [1]);
  const refined = network.refine(image, hole, everywhere, coarse);
  return { coarse, refined, complete: composite(image, refined, hole) };
}

/** Generator alone: image, hole, generator [, latents] -> coarse, complete (the picture with the hole filled). */
function fillGraph(shape: StepShape): Graph {
  const graph = new Graph();
  const input = pictures(graph, shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const styles = BatchStyles.of(shape, graph, parameters)?.first ?? null;
  const { coarse, complete } = runGenerator(parameters, shape, input, styles);
  graph.output('coarse', coarse);
  graph.output('complete', complete);
  return graph;
}

/**
 * The generator's step: image, hole, discount, generator [, critic, windowRows, windowColumns, augmentation, criticState, the
 * feature network's weights, latents] -> loss and its parts (generator-losses.ts), gradient (flat, by the generator's parameters, 0 by
 * those of a stage that does not learn), complete.
 */
export function generatorStepGraph(run: StepShape, weights: LossWeights): Graph {
  const graph = new Graph();
  const shape = { ...run, weights };
  const { stages = 'both', architecture } = shape;
  const { image, hole } = pictures(graph, shape);
  const discount = graph.input('discount', hole.shape);
  const parameters = new FlatParameters(graph, 'generator', generatorLayout(shape.architecture));
  const batch = BatchStyles.of(shape, graph, parameters);
  // Of the candidates the graph holds what depends on their latents alone: equal nodes are one.
  const fillWith = (styles: Styles | null) => runGenerator(parameters, shape, { image, hole }, styles);
  const styles = batch?.best((candidate) => fillWith(candidate).refined, image, hole) ?? null;
  const fills = fillWith(styles);
  const features = new LearntFeatures(graph);
  const critics = hasCritics(weights) ? Critics.of(graph, shape, features) : null;
  const moving = stages === 'styles' ? architecture.style?.stages : stages;
  const learning = { coarse: moving !== 'refine', refine: moving !== 'coarse' };
  const found = generatorLosses({ image, hole, discount, ...fills, learning, features, critics }, weights);
  const smooth = shape.style?.pathLength ?? 0;
  const path = smooth > 0 && styles !== null ? batch?.pathLength(fills.refined, hole, styles) : undefined;
  const losses: Record<string, Tensor> = {
    ...found,
    ...(path && { loss: add(found['loss'], multiply(path.variance, smooth)), pathLength: path.length }),
  };
  const frozen = (name: string): boolean => {
    if (stages === 'styles') return !isStyled(architecture, name);
    return stages !== 'both' && !name.startsWith('style.') && stageOf(name) !== stages;
  };
  outputs(graph, {
    ...losses,
    gradient: flatGradient(losses['loss'], parameters, frozen),
    complete: fills.complete,
  });
  return graph;
}
