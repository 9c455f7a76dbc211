import type { CriticKind, PairKind } from '../network/critics';

/** The two critics of pictures (arXiv 1801.07892). */
export const PAIR: readonly PairKind[] = ['global', 'local'];

/** The weights that decide which critics a run has. */
interface CriticWeights {
  /** On the verdict of the pair. */
  readonly adversarial: number;
  /** On that of the critics of learnt features; 0 when left out. */
  readonly projected?: number;
}

/** In the order of batches and vectors. */
export function criticKinds({ adversarial, projected = 0 }: CriticWeights): readonly CriticKind[] {
  return [...(adversarial > 0 ? PAIR : []), ...(projected > 0 ? (['projected'] as const) : [])];
}

export const hasCritics = (weights: CriticWeights): boolean => criticKinds(weights).length > 0;

/** Side of the local critic's window. */
export const windowSide = (side: number): number => side / 2;

/** Side of the view that a critic has of a crop. */
export const viewSide = (kind: CriticKind, side: number): number => (kind === 'local' ? windowSide(side) : side);
