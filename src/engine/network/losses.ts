import { gradient } from '../graph/gradient';
import type { Tensor } from '../graph/graph';
import {
  abs,
  add,
  broadcast,
  divide,
  mean,
  meanOf,
  multiply,
  reshape,
  sqrt,
  square,
  subtract,
  sum,
  total,
} from '../graph/ops';

/** Keeps a mean over no pixel at 0 and the gradient of a norm finite at 0. */
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

/** E[D(fake)] - E[D(real)]: what a Wasserstein critic minimises (arXiv 1701.07875). */
export function wassersteinLoss(real: Tensor, fake: Tensor): Tensor {
  return subtract(meanOf(fake), meanOf(real));
}

export interface GradientPenalty {
  /** E[(|grad D| - 1)^2] */
  readonly penalty: Tensor;
  /** E[|grad D|], to be watched: near 1 when the penalty holds. */
  readonly norm: Tensor;
}

/**
 * The gradient penalty of WGAN-GP (arXiv 1704.00028, eq. 3), over the pixels of the hole only (arXiv 1801.07892, eq. 5).
 * @param score the critic, (N,C,H,W) -> (N,1)
 * @param mixed (N,C,H,W), on the lines between real and generated pictures
 * @param hole (N,1,H,W)
 */
export function gradientPenalty(score: (x: Tensor) => Tensor, mixed: Tensor, hole: Tensor): GradientPenalty {
  return mixed.graph.within('gradient-penalty', () => {
    const [slope] = gradient(total(score(mixed)), [mixed]);
    const energy = sum(square(multiply(slope, broadcast(hole, mixed.shape))), [1, 2, 3]);
    const norms = reshape(sqrt(add(energy, TINY)), [mixed.shape[0]]);
    return { penalty: reshape(mean(square(subtract(norms, 1))), []), norm: reshape(mean(norms), []) };
  });
}
