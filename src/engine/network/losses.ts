import type { Tensor } from '../graph/graph';
import { abs, add, blockSum, divide, multiply, subtract, total } from '../graph/ops';

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
  return meanOver(region, multiply(abs(subtract(fill, image)), weight));
}

/**
 * Sides in pixels of the squares that `structureLoss` averages over: what a texture does to the gradient's sign fades with
 * the number of pixels, what the colours of a region do stays.
 */
const STRUCTURE_SQUARES = [4, 16] as const;

/**
 * As `reconstructionLoss`, but of errors averaged over squares first, so that grain which no network can foretell does not
 * count. Between 0 and the number of square sizes times the reconstruction loss.
 * @param fill (N,C,H,W), H and W multiples of 16
 */
export function structureLoss(fill: Tensor, image: Tensor, weight: Tensor, region: Tensor): Tensor {
  const error = multiply(subtract(fill, image), weight);
  return STRUCTURE_SQUARES.map((side) => meanOver(region, abs(blockSum(error, side)))).reduce((a, b) => add(a, b));
}

/** Sum of `error` (N,C,*,*) per channel value of the region (N,1,H,W). */
function meanOver(region: Tensor, error: Tensor): Tensor {
  const pixels = error.graph.within(OVER_ALL_RANKS, () => total(region));
  return divide(total(error), add(multiply(pixels, error.shape[1]), TINY));
}
