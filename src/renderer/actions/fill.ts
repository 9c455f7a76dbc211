import { editToFillAgain } from '../state/fills/fill-again';
import { canFill, canRefine } from '../state/fills/fills-slice';
import { texts } from '../texts';
import { type Action, always } from './action';

/** While the canvas is changed, takes it first. Also without a hole: then it makes the selected fill again where another source is painted, or says what to do first. */
export const fill: Action = {
  id: 'fill',
  group: 'edit',
  words: () => texts.actions.fill,
  line: true,
  shortcuts: ['Enter', 'Mod+Enter'],
  enabled: (state) => canFill(state) || canRefine(state),
  run: ({ fills, variants, documents, store, canvasSize }) => {
    if (store.getState().canvasFrame) return canvasSize.apply();
    const again = documents.open && editToFillAgain(store.getState(), documents.open);
    return again ? variants.rerun(again.editId) : fills.start();
  },
};

/** For blemishes and wires: whether every stroke is filled as soon as it is painted. */
export const fillOnLift: Action = {
  id: 'fill-on-lift',
  group: 'edit',
  words: () => texts.actions.fillOnLift,
  shortcuts: ['Shift+B'],
  enabled: always,
  run: ({ preferences, store }) => preferences.change({ fillOnLift: !store.getState().settings.fillOnLift }),
};

export const cancel: Action = {
  id: 'cancel',
  group: 'edit',
  words: () => texts.actions.cancel,
  shortcuts: ['Escape'],
  enabled: ({ fill, canvasFrame }) => fill.kind === 'running' || fill.kind === 'waiting' || canvasFrame !== null,
  run: ({ fills, canvasSize, store }) => (store.getState().canvasFrame ? canvasSize.leave() : fills.cancel()),
};
