/**
 * What critics and generator minimise. `real` and `fake` are a critic's scores (N,1) of pictures and of filled pictures;
 * larger = more real. Every result is a scalar.
 */
import type { Tensor } from '../graph/graph';
import { abs, add, clip, meanOf, multiply, negate, relu, softplus, square, subtract } from '../graph/ops';
import type { AdversarialLoss, CriticOptions } from './critic-options';

/** E[D(fake)] - E[D(real)]: what a Wasserstein critic minimises (arXiv 1701.07875). */
export function wassersteinLoss(real: Tensor, fake: Tensor): Tensor {
  return subtract(meanOf(fake), meanOf(real));
}

/** E[max(0, 1 - D(real))] + E[max(0, 1 + D(fake))] (arXiv 1705.02894). */
export function hingeLoss(real: Tensor, fake: Tensor): Tensor {
  return add(meanOf(relu(subtract(1, real))), meanOf(relu(add(1, fake))));
}

/** (E[(D(real) - 1)^2] + E[D(fake)^2]) / 2 (arXiv 1611.04076, eq. 9). */
export function leastSquaresLoss(real: Tensor, fake: Tensor): Tensor {
  return multiply(add(meanOf(square(subtract(real, 1))), meanOf(square(fake))), 0.5);
}

/** -E[log s(D(real))] - E[log(1 - s(D(fake)))], s the sigmoid (arXiv 1406.2661). */
export function logisticLoss(real: Tensor, fake: Tensor): Tensor {
  return add(meanOf(softplus(negate(real))), meanOf(softplus(fake)));
}

/** E[L(real)] - k E[L(fake)], where the scores are -L, L the autoencoder's error (arXiv 1703.10717, section 3.4). */
export function equilibriumLoss(real: Tensor, fake: Tensor, balance: Tensor): Tensor {
  return subtract(multiply(balance, meanOf(fake)), meanOf(real));
}

/** k of the next step: k + lambda (gamma E[L(real)] - E[L(fake)]), kept in [0, 1] (arXiv 1703.10717, section 3.4). */
export function nextBalance(
  real: Tensor,
  fake: Tensor,
  balance: Tensor,
  { diversity, rate }: CriticOptions['began'],
): Tensor {
  const surplus = subtract(meanOf(fake), multiply(meanOf(real), diversity));
  return clip(add(balance, multiply(surplus, rate)), 0, 1);
}

/** E[L(real)] + |gamma E[L(real)] - E[L(fake)]|: falls while BEGAN gets better (arXiv 1703.10717, section 3.4.1). */
export function convergence(real: Tensor, fake: Tensor, diversity: number): Tensor {
  return subtract(abs(subtract(meanOf(fake), multiply(meanOf(real), diversity))), meanOf(real));
}

/** What a critic minimises. @param balance k of BEGAN, (); only `began` looks at it */
export function criticLoss(kind: AdversarialLoss, real: Tensor, fake: Tensor, balance: Tensor | null): Tensor {
  switch (kind) {
    case 'wasserstein':
      return wassersteinLoss(real, fake);
    case 'hinge':
      return hingeLoss(real, fake);
    case 'least-squares':
      return leastSquaresLoss(real, fake);
    case 'non-saturating':
    case 'minimax':
      return logisticLoss(real, fake);
    case 'began':
      if (balance === null) throw new Error('BEGAN needs its balance');
      return equilibriumLoss(real, fake, balance);
  }
}

/** What the generator minimises of a critic's scores of its fills. */
export function generatorLoss(kind: AdversarialLoss, fake: Tensor): Tensor {
  switch (kind) {
    case 'wasserstein':
    case 'hinge':
    case 'began':
      return negate(meanOf(fake));
    case 'least-squares':
      return multiply(meanOf(square(subtract(fake, 1))), 0.5);
    case 'non-saturating':
      return meanOf(softplus(negate(fake)));
    case 'minimax':
      return negate(meanOf(softplus(fake)));
  }
}
