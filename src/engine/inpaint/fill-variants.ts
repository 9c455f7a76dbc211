import type { FillManner, GuideStrength } from '../../shared/protocol/values';

/** What variants of a fill differ in. All of it is decided after the network and the search for pieces are done. */
export interface VariantWishes {
  readonly manner: FillManner;
  readonly automaticLines: boolean;
  readonly guide: GuideStrength;
  readonly seed: number;
}

/** What is other than in the first one. */
export type VariantChange = 'manner' | 'lines' | 'guide-strong' | 'guide-none' | 'seed' | 'latent';

export interface FillVariant {
  readonly changed: VariantChange;
  readonly wishes: VariantWishes;
}

/**
 * Other fills of the same hole that differ in content, those that differ most first.
 * @param foundLines how many edges the first one continued by itself
 * @yields without end: seeds never run out
 */
export function* otherVariants(first: VariantWishes, foundLines: number): Generator<FillVariant, never> {
  const { manner } = first;
  yield { changed: 'manner', wishes: { ...first, manner: manner === 'remove' ? 'restore' : 'remove' } };
  if (manner === 'remove') {
    if (foundLines > 0) yield { changed: 'lines', wishes: { ...first, automaticLines: false } };
    const strong = { ...first, guide: 'strong', seed: first.seed + 1 } as const;
    yield { changed: 'guide-strong', wishes: strong };
    yield { changed: 'guide-none', wishes: { ...first, guide: 'none' } };
  }
  for (let seed = first.seed + 1; ; seed++) yield { changed: 'seed', wishes: { ...first, seed } };
}
