import { canFill, canRefine } from '../state/fills/fills-slice';
import { texts } from '../texts';
import { type Action, always } from './action';

/** While the canvas is changed, takes it. Also where nothing can be filled: then it says what to do first. */
export const fill: Action = {
  id: 'fill',
  group: 'edit',
  words: () => texts.actions.fill,
  line: true,
  shortcuts: ['Enter', 'Mod+Enter'],
  enabled: (state) => canFill(state) || canRefine(state),
  run: ({ fills, store, canvasSize }) => (store.getState().canvasFrame ? canvasSize.apply() : fills.start()),
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

/** Stops what is opened or runs and goes back to what was before; where nothing does, it leaves the fill that is edited. */
export const cancel: Action = {
  id: 'cancel',
  group: 'edit',
  words: () => texts.actions.cancel,
  shortcuts: ['Escape'],
  enabled: ({ openingFile, fill: { kind }, selectedEdit, canvasFrame }) =>
    openingFile || kind === 'running' || kind === 'waiting' || selectedEdit !== null || canvasFrame !== null,
  run: ({ documents, remakes, canvasSize, store }) => {
    const { openingFile, canvasFrame } = store.getState();
    if (openingFile) return documents.cancelOpening();
    return canvasFrame ? canvasSize.leave() : remakes.back();
  },
};
