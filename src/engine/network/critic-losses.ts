/**
 * What critics and generator minimise: a loss is a row. `real` and `fake` are a critic's scores (N,1) of pictures and of
 * filled pictures; larger = more real. Every result is a scalar.
 */
import type { Tensor } from '../graph/graph';
import { abs, add, clip, meanOf, multiply, negate, relu, softplus, square, subtract } from '../graph/ops';

interface CriticLossRow {
  /** What a critic minimises. @param balance k of a balanced loss, (); 0 for the others */
  readonly critic: (real: Tensor, fake: Tensor, balance: Tensor | number) => Tensor;
  /** What the generator minimises of a critic's scores of its fills. */
  readonly generator: (fake: Tensor) => Tensor;
  /** The score between pictures and fills, where the loss fixes it. */
  readonly zero?: number;
  /** Whether the critic's loss goes to 0 when it tells every fill from every picture. */
  readonly winnable: boolean;
  /** BEGAN: the critics are autoencoders whose scores are -L, L their error, and a balance k is kept between both sides. */
  readonly balanced?: true;
}

/** E[D(fake)] - E[D(real)]: what a Wasserstein critic minimises (arXiv 1701.07875). */
export function wassersteinLoss(real: Tensor, fake: Tensor): Tensor {
  return subtract(meanOf(fake), meanOf(real));
}

/** -E[log s(D(real))] - E[log(1 - s(D(fake)))], s the sigmoid (arXiv 1406.2661). */
function logisticLoss(real: Tensor, fake: Tensor): Tensor {
  return add(meanOf(softplus(negate(real))), meanOf(softplus(fake)));
}

const lessScore = (fake: Tensor): Tensor => negate(meanOf(fake));

const ROWS = {
  wasserstein: { critic: wassersteinLoss, generator: lessScore, winnable: false },
  /** E[max(0, 1 - D(real))] + E[max(0, 1 + D(fake))] (arXiv 1705.02894). */
  hinge: {
    critic: (real, fake) => add(meanOf(relu(subtract(1, real))), meanOf(relu(add(1, fake)))),
    generator: lessScore,
    zero: 0,
    winnable: true,
  },
  /** (E[(D(real) - 1)^2] + E[D(fake)^2]) / 2 (arXiv 1611.04076, eq. 9). */
  'least-squares': {
    critic: (real, fake) => multiply(add(meanOf(square(subtract(real, 1))), meanOf(square(fake))), 0.5),
    generator: (fake) => multiply(meanOf(square(subtract(fake, 1))), 0.5),
    zero: 0.5,
    winnable: true,
  },
  'non-saturating': {
    critic: logisticLoss,
    generator: (fake) => meanOf(softplus(negate(fake))),
    zero: 0,
    winnable: true,
  },
  minimax: { critic: logisticLoss, generator: (fake) => negate(meanOf(softplus(fake))), zero: 0, winnable: true },
  /** E[L(real)] - k E[L(fake)] (arXiv 1703.10717, section 3.4). */
  began: {
    critic: (real, fake, balance) => subtract(multiply(balance, meanOf(fake)), meanOf(real)),
    generator: lessScore,
    winnable: false,
    balanced: true,
  },
} as const satisfies Readonly<Record<string, CriticLossRow>>;

export type AdversarialLoss = keyof typeof ROWS;

export const CRITIC_LOSSES: Readonly<Record<AdversarialLoss, CriticLossRow>> = ROWS;

export const ADVERSARIAL_LOSSES = Object.keys(ROWS) as AdversarialLoss[];

/** k of the next step: k + lambda (gamma E[L(real)] - E[L(fake)]), kept in [0, 1] (arXiv 1703.10717, section 3.4). */
export function nextBalance(
  real: Tensor,
  fake: Tensor,
  balance: Tensor,
  { diversity, rate }: { readonly diversity: number; readonly rate: number },
): Tensor {
  const surplus = subtract(meanOf(fake), multiply(meanOf(real), diversity));
  return clip(add(balance, multiply(surplus, rate)), 0, 1);
}

/** E[L(real)] + |gamma E[L(real)] - E[L(fake)]|: falls while BEGAN gets better (arXiv 1703.10717, section 3.4.1). */
export function convergence(real: Tensor, fake: Tensor, diversity: number): Tensor {
  return subtract(abs(subtract(meanOf(fake), multiply(meanOf(real), diversity))), meanOf(real));
}
