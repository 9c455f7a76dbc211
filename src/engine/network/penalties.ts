/** Penalties on a critic's slope, which keep it from growing without limit. */
import { gradient } from '../graph/gradient';
import type { Tensor } from '../graph/graph';
import { add, broadcast, mean, multiply, relu, reshape, sqrt, square, subtract, sum, total } from '../graph/ops';
import type { Penalty } from './critic-options';

/** Keeps the gradient of a norm finite at 0. */
const TINY = 1e-8;

export interface GradientPenalty {
  /** () */
  readonly penalty: Tensor;
  /** E[|grad D|], to be watched: near 1 when a two-sided penalty holds, near 0 with R1. */
  readonly norm: Tensor;
}

/** What is averaged, of each point's slope and of its square. */
const PENALISED: Readonly<Record<Exclude<Penalty, 'none'>, (norm: Tensor, energy: Tensor) => Tensor>> = {
  'wgan-gp': (norm) => square(subtract(norm, 1)),
  dragan: (norm) => square(subtract(norm, 1)),
  'wgan-lp': (norm) => square(relu(subtract(norm, 1))),
  r1: (_, energy) => multiply(energy, 0.5),
};

/**
 * Penalises slopes over the pixels of the hole only (arXiv 1801.07892, eq. 5): E[(|grad D| - 1)^2] (WGAN-GP, arXiv
 * 1704.00028, eq. 3, and DRAGAN, arXiv 1705.07215), E[max(0, |grad D| - 1)^2] (WGAN-LP, arXiv 1709.08894, eq. 8), or
 * E[|grad D|^2] / 2 (R1, arXiv 1801.04406, eq. 9).
 * @param score the critic, (N,C,H,W) -> (N,1)
 * @param points (N,C,H,W), where the slope is measured
 * @param hole (N,1,H,W)
 */
export function gradientPenalty(
  score: (x: Tensor) => Tensor,
  points: Tensor,
  hole: Tensor,
  kind: Exclude<Penalty, 'none'>,
): GradientPenalty {
  return points.graph.within('gradient-penalty', () => {
    const [slope] = gradient(total(score(points)), [points]);
    const energy = sum(square(multiply(slope, broadcast(hole, points.shape))), [1, 2, 3]);
    const norms = reshape(sqrt(add(energy, TINY)), [points.shape[0]]);
    return {
      penalty: reshape(mean(PENALISED[kind](norms, reshape(energy, [points.shape[0]]))), []),
      norm: reshape(mean(norms), []),
    };
  });
}

/** Points on the lines between real and generated pictures. @param mix (N,1,1,1) in [0,1] */
export function pointsBetween(real: Tensor, fake: Tensor, mix: Tensor): Tensor {
  return add(real, multiply(mix, subtract(fake, real)));
}

/**
 * DRAGAN's points around real pictures: a share `mix` of the way to the picture plus half its deviation times noise
 * (arXiv 1705.07215 and its published code). The deviation is each picture's own, so that a batch may be split.
 * @param noise like `real`, evenly in [0,1]
 */
export function pointsAround(real: Tensor, noise: Tensor, mix: Tensor): Tensor {
  const centred = subtract(real, mean(real, [1, 2, 3]));
  const deviation = sqrt(add(mean(square(centred), [1, 2, 3]), TINY));
  return add(real, multiply(multiply(mix, multiply(deviation, 0.5)), noise));
}

/** Whether a penalty needs the input `noise`. */
export const usesNoise = (penalty: Penalty): boolean => penalty === 'dragan';
