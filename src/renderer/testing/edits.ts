/** Edits for tests, with one variant each. */
import type { Edit, Recipe, Variant } from '../../shared/document-model';
import type { Rect } from '../../shared/geometry';
import { NO_PIECE_CHOICES } from '../../shared/piece-choice';

export const TEST_RECIPE: Recipe = {
  modelId: 'default',
  settings: {
    workingSize: 512,
    detail: 1,
    feather: 0,
    seed: 0,
    attentionScale: null,
    variant: null,
    manner: 'restore',
    automaticLines: true,
    guide: 'usual',
    orientation: 'upright',
  },
  region: { kind: 'painted' },
  hintId: null,
  lines: [],
  removedLines: [],
  pieces: NO_PIECE_CHOICES,
};

interface Choices extends Partial<Pick<Edit, 'visible' | 'opacity' | 'number' | 'name'>> {
  /** Of its only patch. */
  readonly box?: Rect;
  readonly seen?: Variant['seen'];
  readonly basis?: Variant['basis'];
}

/** An edit whose variant, marking and patch are called after it. */
export function editFor(editId: string, choices: Choices = {}): Edit {
  const { box = { x: 40, y: 40, width: 20, height: 20 }, seen = [box], basis = [], ...rest } = choices;
  const variantId = `${editId}-variant`;
  return {
    editId,
    number: 1,
    name: null,
    visible: true,
    opacity: 1,
    variants: [
      {
        variantId,
        markingId: `${editId}-marking`,
        recipe: TEST_RECIPE,
        origin: { kind: 'fill' },
        patches: [{ patchId: `${editId}-patch`, box }],
        seen,
        basis,
        seconds: 1,
        foundLines: [],
      },
    ],
    chosenId: variantId,
    ...rest,
  };
}
