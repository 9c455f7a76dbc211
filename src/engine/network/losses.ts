import type { Tensor } from '../graph/graph';
import { abs, add, blockSum, divide, mean, meanOf, multiply, sqrt, square, subtract, total } from '../graph/ops';

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

/** Keeps features of length 0, and the distance of a cell beside a tiny hole, finite. */
const LEAST_POWER = 0.1;
const LEAST_SHARE = 1e-3;

/**
 * How far a fill is from the picture in learnt features: squared differences of features that are divided by the root of their
 * mean square over the channels, as far as a cell is hole; every picture weighs alike, mean over the blocks. As LPIPS (Zhang et
 * al. 2018, arXiv 1801.03924) without its learned weights.
 * @param fill features (N,C,h,w) of some blocks
 * @param truth the same of the picture
 * @param holes (N,1,h,w), how much of each cell is hole
 */
export function perceptualLoss(fill: readonly Tensor[], truth: readonly Tensor[], holes: readonly Tensor[]): Tensor {
  const scaled = (x: Tensor): Tensor => divide(x, sqrt(add(mean(square(x), [1]), LEAST_POWER)));
  const parts = holes.map((hole, i) => {
    const apart = square(subtract(scaled(fill[i]), scaled(truth[i])));
    return meanOf(divide(multiply(apart, hole), add(mean(hole, [1, 2, 3]), LEAST_SHARE)));
  });
  return multiply(
    parts.reduce((a, b) => add(a, b)),
    1 / parts.length,
  );
}

/** Sum of `error` (N,C,*,*) per channel value of the region (N,1,H,W), of the whole batch on all machines. */
export function meanOver(region: Tensor, error: Tensor): Tensor {
  const pixels = error.graph.within(OVER_ALL_RANKS, () => total(region));
  return divide(total(error), add(multiply(pixels, error.shape[1]), TINY));
}
