import type { AppState } from '../state/app-state';
import { canFill } from '../state/fills/fills-slice';
import { selectedEdit } from '../state/document/document-slice';
import type { Studio } from '../studio/studio';
import { texts } from '../texts';
import type { Action } from './action';

export const moreVariants: Action = {
  id: 'variants-more',
  group: 'edit',
  words: () => texts.actions.moreVariants,
  shortcuts: ['Mod+Shift+V'],
  enabled: (state) => selectedEdit(state) !== null && canFill(state),
  run: async ({ variants, store }) => {
    const state = store.getState();
    const edit = selectedEdit(state);
    if (edit) await variants.more(edit.editId, state.variation.count, state.variation.vary);
  },
};

const hasSeveral = (state: AppState) => (selectedEdit(state)?.variants.length ?? 0) > 1;

/** Shows the next or the previous variant of the selected edit; after the last comes the first. */
function step({ stack, store }: Studio, by: 1 | -1): void {
  const edit = selectedEdit(store.getState());
  if (!edit) return;
  const { variants, chosenId, editId } = edit;
  const at = variants.findIndex(({ variantId }) => variantId === chosenId);
  const next = variants[(at + by + variants.length) % variants.length];
  if (next) stack.choose(editId, next.variantId);
}

export const nextVariant: Action = {
  id: 'variant-next',
  group: 'edit',
  words: () => texts.actions.nextVariant,
  shortcuts: ['Alt+ArrowRight'],
  enabled: hasSeveral,
  run: (studio) => step(studio, 1),
};

export const previousVariant: Action = {
  id: 'variant-previous',
  group: 'edit',
  words: () => texts.actions.previousVariant,
  shortcuts: ['Alt+ArrowLeft'],
  enabled: hasSeveral,
  run: (studio) => step(studio, -1),
};
