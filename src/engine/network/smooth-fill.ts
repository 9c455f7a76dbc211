import type { Tensor } from '../graph/graph';
import {
  add,
  blockSum,
  broadcast,
  clip,
  conv2d,
  divide,
  multiply,
  reshape,
  resizeNearest,
  subtract,
  sum,
} from '../graph/ops';

/** Keeps 0 / 0 at 0 where a block holds no known pixel. */
const TINY = 1e-6;

const BINOMIAL = [1, 2, 1, 2, 4, 2, 1, 2, 1];
const FOUR_NEIGHBOURS = [0, 1, 0, 1, 0, 1, 0, 1, 0];

/**
 * Fills a hole smoothly from its surroundings by pull-push (Gortler et al., The Lumigraph, 1996): known colours are
 * averaged into ever coarser levels until every pixel has one, then each level passes its colours up to where the finer
 * one has none. Inside the graph, so that a model stays "picture and hole in, picture out" on every runtime.
 *
 * @param image (N,C,H,W); what stands inside the hole does not matter
 * @param hole (N,1,H,W), 1 = hole
 * @param relaxations sweeps at each level that replace the hole's colours by the mean of their four neighbours: a cascadic
 *   multigrid solution of Laplace's equation (Bornemann and Deuflhard 1996), smooth where plain pull-push shows blocks
 * @returns (N,C,H,W), equal to the image outside the hole
 */
export function smoothFill(image: Tensor, hole: Tensor, relaxations = 0): Tensor {
  return image.graph.within('smooth-fill', () => {
    const known = subtract(1, hole);
    return fillLevel(multiply(image, known), known, relaxations);
  });
}

/** @param weighted colour times weight; @param weight 0..1, how much of each pixel is known */
function fillLevel(weighted: Tensor, weight: Tensor, relaxations: number): Tensor {
  const missing = subtract(1, weight);
  const [, , height, width] = weight.shape;
  if (height % 2 !== 0 || width % 2 !== 0 || Math.min(height, width) <= 2) {
    const all = [2, 3];
    const mean = divide(sum(weighted, all), add(sum(weight, all), TINY));
    return add(weighted, multiply(broadcast(mean, weighted.shape), missing));
  }
  const blockWeight = blockSum(weight, 2);
  // A block counts as known from one whole known pixel on; below that its colour is the mean of what there is, weighted down.
  const coarseWeight = clip(blockWeight, null, 1);
  const coarseColour = divide(blockSum(weighted, 2), add(blockWeight, TINY));
  const coarse = fillLevel(multiply(coarseColour, coarseWeight), coarseWeight, relaxations);
  let filled = add(weighted, multiply(smoothUpsample(coarse), missing));
  for (let sweep = 0; sweep < relaxations; sweep++)
    filled = add(weighted, multiply(filtered(filled, FOUR_NEIGHBOURS), missing));
  return filled;
}

/** Doubles the size; nearest pixels, then a binomial 3x3 filter that ignores what lies outside the picture. */
function smoothUpsample(x: Tensor): Tensor {
  return filtered(resizeNearest(x, 2), BINOMIAL);
}

/** A 3x3 filter on every channel; its weights count only where they lie inside the picture. */
function filtered(x: Tensor, weights: readonly number[]): Tensor {
  const [n, c, h, w] = x.shape;
  const kernel = x.graph.constant([1, 1, 3, 3], weights);
  const sums = conv2d(reshape(x, [n * c, 1, h, w]), kernel);
  const inside = conv2d(x.graph.constant([1, 1, h, w], [1]), kernel);
  return reshape(divide(sums, inside), [n, c, h, w]);
}
