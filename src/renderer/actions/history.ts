import { texts } from '../texts';
import type { Action } from './action';

export const undo: Action = {
  id: 'undo',
  group: 'edit',
  words: () => texts.actions.undo,
  shortcuts: ['Mod+Z'],
  enabled: (state) => state.history.undo !== null,
  detail: (state) => state.history.undo,
  run: ({ documents, canvas }) => {
    if (!canvas.gesture.isBusy()) documents.open?.history.undo();
  },
};

export const redo: Action = {
  id: 'redo',
  group: 'edit',
  words: () => texts.actions.redo,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  enabled: (state) => state.history.redo !== null,
  detail: (state) => state.history.redo,
  run: ({ documents, canvas }) => {
    if (!canvas.gesture.isBusy()) documents.open?.history.redo();
  },
};
