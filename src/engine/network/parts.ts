/** The stages of a generator in the parts between which only a window of the picture is handed on; see windows.ts. */
import type { Size } from '../../shared/geometry';
import { Graph } from '../graph/graph';
import type { Architecture } from './architecture';
import { GeneratorNetwork } from './generator';
import { type Stage, type StageGraph, styleInputs } from './inference';
import { InputParameters } from './parameters';
import { mapping } from './styles';

/** Pixels of the picture under a feature. */
export const FEATURE = 4;

/**
 * By name, what goes in and what comes out; sizes in pixels, h x w is the picture, v x u the part's window.
 *
 * - `coarse-features`: image (1,3,h,w), hole (1,1,h,w) -> start (1,3,h,w), features (1,4C,h/4,w/4)
 * - `refine-features`: image, hole, coarse (1,3,h,w) -> start, dilated (1,4C,h/4,w/4), matched (1,4C,h/4,w/4)
 * - `attention`: queries (1,4C,v/4,u/4), matched, hole, source (1,1,h,w) -> rebuilt (1,-,v/4,u/4)
 * - `merge`: dilated (1,4C,v/4,u/4), rebuilt -> features (1,4C,v/4,u/4)
 * - `coarse-decoder`, `refine-decoder`: features (1,4C,v/4,u/4), start (1,3,v,u), hole (1,1,v,u) -> colours (1,3,v,u)
 * - `mapping`: z (1,latent) -> w (1,width), of a generator with styles
 *
 * Merge and decoders of a stage with styles take `styles` and `noisePlane`, of their window (inference.ts, styleInputs).
 */
export type Part =
  'coarse-features' | 'coarse-decoder' | 'refine-features' | 'attention' | 'merge' | 'refine-decoder' | 'mapping';

const STYLED_PARTS: Partial<Record<Part, Stage>> = {
  'coarse-decoder': 'coarse',
  merge: 'refine',
  'refine-decoder': 'refine',
};

export interface PartOf {
  readonly part: Part;
  /** What the part's graph depends on: of the whole picture, and of its window. */
  readonly picture?: Size;
  readonly window?: Size;
}

/** @throws RangeError when a size is missing that the part depends on */
export function partGraph(architecture: Architecture, { part, picture, window }: PartOf): StageGraph {
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const stage = STYLED_PARTS[part];
  const styles =
    stage === undefined || window === undefined ? null : styleInputs(architecture, stage, graph, parameters, window);
  const network = new GeneratorNetwork(architecture, parameters, 'fast', styles);
  const channels = 4 * architecture.width;
  const plane = (name: string, depth: number, size: Size | undefined, scale = 1) => {
    if (size === undefined) throw new RangeError(`${part} needs to know the size of "${name}"`);
    return graph.input(name, [1, depth, size.height / scale, size.width / scale]);
  };
  const features = (name: string, size: Size | undefined, depth = channels) => plane(name, depth, size, FEATURE);
  switch (part) {
    case 'coarse-features': {
      const found = network.coarseFeatures(plane('image', 3, picture), plane('hole', 1, picture));
      graph.output('start', found.start);
      graph.output('features', found.features);
      break;
    }
    case 'refine-features': {
      const [image, hole] = [plane('image', 3, picture), plane('hole', 1, picture)];
      const found = network.refineFeatures(image, hole, plane('coarse', 3, picture));
      graph.output('start', found.start);
      graph.output('dilated', found.dilated);
      graph.output('matched', found.matched);
      break;
    }
    case 'attention': {
      const [queries, matched] = [features('queries', window), features('matched', picture)];
      const [hole, source] = [plane('hole', 1, picture), plane('source', 1, picture)];
      graph.output('rebuilt', network.attended(queries, matched, hole, source));
      break;
    }
    case 'merge': {
      const rebuilt = features('rebuilt', window, channels * architecture.attention.resolutions);
      graph.output('features', network.merged(features('dilated', window), rebuilt));
      break;
    }
    case 'mapping': {
      const { style } = architecture;
      if (style === null) throw new RangeError('a generator without styles maps no latent');
      graph.output('w', mapping(style, parameters, graph.input('z', [1, style.latent])));
      break;
    }
    case 'coarse-decoder':
    case 'refine-decoder': {
      const layers = part === 'coarse-decoder' ? 'coarse' : 'merged';
      const [start, hole] = [plane('start', 3, window), plane('hole', 1, window)];
      graph.output('colours', network.decode(layers, features('features', window), start, hole));
      break;
    }
  }
  return { graph, layout: parameters.layout };
}
