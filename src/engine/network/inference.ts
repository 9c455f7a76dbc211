import type { Size } from '../../shared/geometry';
import { Graph } from '../graph/graph';
import { add, inRange, multiply, subtract } from '../graph/ops';
import type { Architecture } from './architecture';
import { GeneratorNetwork } from './generator';
import { InputParameters, type ParameterLayout, type ParameterSource } from './parameters';
import { styledLayers, Styles } from './styles';

/** A stage of a generator for one picture of a fixed size; its parameters are inputs by name, to be fixed when compiled. */
export interface StageGraph {
  readonly graph: Graph;
  readonly layout: ParameterLayout;
}

export const STAGES = ['coarse', 'refine'] as const;
export type Stage = (typeof STAGES)[number];

/** Which stage a parameter belongs to. */
export function stageOf(name: string): Stage {
  return name.startsWith('coarse.') ? 'coarse' : 'refine';
}

/**
 * - `coarse`: image (1,3,h,w), hole (1,1,h,w) -> coarse (1,3,h,w)
 * - `refine`: image, hole, source (1,1,h,w), coarse -> refined (1,3,h,w)
 *
 * A stage with styles takes those of `styleInputs` besides.
 *
 * @param width pixels, a multiple of the architecture's `sizeMultiple`, like `height`
 */
export function stageGraph(architecture: Architecture, stage: Stage, width: number, height: number): StageGraph {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const styles = styleInputs(architecture, stage, graph, parameters, { width, height });
  const network = new GeneratorNetwork(architecture, parameters, 'fast', styles);
  const image = graph.input('image', [1, 3, height, width]);
  const hole = graph.input('hole', [1, 1, height, width]);
  if (stage === 'coarse') {
    graph.output('coarse', network.coarse(image, hole));
  } else {
    const source = graph.input('source', [1, 1, height, width]);
    const coarse = graph.input('coarse', [1, 3, height, width]);
    graph.output('refined', network.refine(image, hole, source, coarse));
  }
  return { graph, layout: parameters.layout };
}

/**
 * Inputs of what a style changes: `styles` (1,layers,width), as `styledLayers` orders them, and, with noise, `noisePlane`
 * (1,1,h,w); null where the stage has none.
 */
export function styleInputs(
  architecture: Architecture,
  stage: Stage,
  graph: Graph,
  parameters: ParameterSource,
  { width, height }: Size,
): Styles | null {
  const { style } = architecture;
  if (style === null || !isStyledStage(architecture, stage)) return null;
  const rows = graph.input('styles', [1, styledLayers(architecture).length, style.width]);
  return new Styles(style, parameters, rows, style.noise ? graph.input('noisePlane', [1, 1, height, width]) : null);
}

/** Whether variants differ in this stage already. */
export function isStyledStage({ style }: Architecture, stage: Stage): boolean {
  return style !== null && (style.stages === 'both' || style.stages === stage);
}

/**
 * Both stages as one graph, for programs that know nothing of this one: image (1,3,side,side) and output in [0,1], mask
 * (1,1,side,side) with the hole above one half. Patches may come from everywhere outside the hole; the known pixels of
 * the output are the network's reconstruction of them. A generator with styles gives its plain fill.
 *
 * @param side pixels, a multiple of the architecture's `sizeMultiple`
 */
export function plainGraph(architecture: Architecture, side: number): StageGraph {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const network = new GeneratorNetwork(
    architecture,
    parameters,
    'fast',
    Styles.centre(architecture, parameters, graph),
  );
  const image = subtract(multiply(graph.input('image', [1, 3, side, side]), 2), 1);
  const hole = inRange(graph.input('mask', [1, 1, side, side]), 0.5, null);
  const refined = network.refine(image, hole, subtract(1, hole), network.coarse(image, hole));
  graph.output('output', multiply(add(refined, 1), 0.5));
  return { graph, layout: parameters.layout };
}

/** The generator's parameters in the order of its flat vector. */
export function generatorLayout(architecture: Architecture): ParameterLayout {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const network = new GeneratorNetwork(
    architecture,
    parameters,
    'fast',
    Styles.centre(architecture, parameters, graph),
  );
  const image = graph.input('image', [1, 3, 16, 16]);
  const hole = graph.input('hole', [1, 1, 16, 16]);
  network.refine(image, hole, hole, network.coarse(image, hole));
  return parameters.layout;
}
