import { Graph } from '../graph/graph';
import type { Architecture } from './architecture';
import { GeneratorNetwork } from './generator';
import { InputParameters, type ParameterLayout } from './parameters';

/** A stage of a generator for one picture of a fixed size; its parameters are inputs by name, to be fixed when compiled. */
export interface StageGraph {
  readonly graph: Graph;
  readonly layout: ParameterLayout;
}

export const STAGES = ['coarse', 'refine'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * - `coarse`: image (1,3,h,w), hole (1,1,h,w) -> coarse (1,3,h,w)
 * - `refine`: image, hole, source (1,1,h,w), coarse -> refined (1,3,h,w)
 *
 * @param width pixels, a multiple of SIZE_MULTIPLE, like `height`
 */
export function stageGraph(architecture: Architecture, stage: Stage, width: number, height: number): StageGraph {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const network = new GeneratorNetwork(architecture, parameters);
  const image = graph.input('image', [1, 3, height, width]);
  const hole = graph.input('hole', [1, 1, height, width]);
  if (stage === 'coarse') {
    graph.output('coarse', network.coarse(image, hole));
  } else {
    const source = graph.input('source', [1, 1, height, width]);
    const coarse = graph.input('coarse', [1, 3, height, width]);
    graph.output('refined', network.refine(image, hole, source, coarse).image);
  }
  return { graph, layout: parameters.layout };
}

/** The generator's parameters in the order of its flat vector. */
export function generatorLayout(architecture: Architecture): ParameterLayout {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const network = new GeneratorNetwork(architecture, parameters);
  const image = graph.input('image', [1, 3, 16, 16]);
  const hole = graph.input('hole', [1, 1, 16, 16]);
  network.refine(image, hole, hole, network.coarse(image, hole));
  return parameters.layout;
}
