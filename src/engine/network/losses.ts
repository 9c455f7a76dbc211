import type { Tensor } from '../graph/graph';
import { abs, add, divide, multiply, subtract, total } from '../graph/ops';

/** Keeps a mean over no pixel at 0. */
const TINY = 1e-8;

/**
 * Scope of sums over the batch that a loss divides by. When several machines share a batch, a runtime averages these over
 * all of them, so that the mean of the machines' gradients is the gradient over the whole batch.
 */
const OVER_ALL_RANKS = 'over-all-ranks';

/**
 * Weighted mean of |fill - image| over the pixels of a region, per channel value.
 * @param fill (N,C,H,W)
 * @param image (N,C,H,W)
 * @param weight (N,1,H,W): 0 outside the region; inside it the spatial discount gamma^l, or 1
 * @param region (N,1,H,W), 1 inside: what the sum is divided by, so that small and large holes weigh alike a pixel
 */
export function reconstructionLoss(fill: Tensor, image: Tensor, weight: Tensor, region: Tensor): Tensor {
  const channels = fill.shape[1];
  const error = total(multiply(abs(subtract(fill, image)), weight));
  const pixels = fill.graph.within(OVER_ALL_RANKS, () => total(region));
  return divide(error, add(multiply(pixels, channels), TINY));
}
