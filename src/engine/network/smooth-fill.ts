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

/**
 * Fills a hole smoothly from its surroundings by pull-push (Gortler et al., The Lumigraph, 1996): known colours are
 * averaged into ever coarser levels until every pixel has one, then each level passes its colours up to where the finer
 * one has none. Inside the graph, so that a model stays "picture and hole in, picture out" on every runtime.
 *
 * @param image (N,C,H,W); what stands inside the hole does not matter
 * @param hole (N,1,H,W), 1 = hole
 * @returns (N,C,H,W), equal to the image outside the hole
 */
export function smoothFill(image: Tensor, hole: Tensor): Tensor {
  return image.graph.within('smooth-fill', () => {
    const known = subtract(1, hole);
    return fillLevel(multiply(image, known), known);
  });
}

/** @param weighted colour times weight; @param weight 0..1, how much of each pixel is known */
function fillLevel(weighted: Tensor, weight: Tensor): Tensor {
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
  const coarse = fillLevel(multiply(coarseColour, coarseWeight), coarseWeight);
  return add(weighted, multiply(smoothUpsample(coarse), missing));
}

/** Doubles the size; nearest pixels, then a binomial 3x3 filter that ignores what lies outside the picture. */
function smoothUpsample(x: Tensor): Tensor {
  const { graph } = x;
  const large = resizeNearest(x, 2);
  const [n, c, h, w] = large.shape;
  const kernel = graph.constant(
    [1, 1, 3, 3],
    [1, 2, 1, 2, 4, 2, 1, 2, 1].map((v) => v / 16),
  );
  const blurred = conv2d(reshape(large, [n * c, 1, h, w]), kernel);
  const inside = conv2d(graph.constant([1, 1, h, w], [1]), kernel);
  return reshape(divide(blurred, inside), [n, c, h, w]);
}
