import { texts } from '../texts';
import type { Action } from './action';

export const undo: Action = {
  id: 'undo',
  group: 'edit',
  words: () => texts.actions.undo,
  shortcuts: ['Mod+Z'],
  enabled: ({ history, opening }) => history.undo !== null && !opening,
  detail: (state) => state.history.undo,
  run: ({ documents, canvas, remakes }) => {
    if (!canvas.gesture.isBusy() && documents.open?.history.undo()) remakes.moved();
  },
};

export const redo: Action = {
  id: 'redo',
  group: 'edit',
  words: () => texts.actions.redo,
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  enabled: ({ history, opening }) => history.redo !== null && !opening,
  detail: (state) => state.history.redo,
  run: ({ documents, canvas, remakes }) => {
    if (!canvas.gesture.isBusy() && documents.open?.history.redo()) remakes.moved();
  },
};
