import { canFill } from '../state/fills/fills-slice';
import { selectedEdit } from '../state/document/document-slice';
import { outOfDate } from '../state/document/edits';
import { texts } from '../texts';
import type { Action } from './action';

export const rerun: Action = {
  id: 'edit-rerun',
  group: 'edit',
  words: () => texts.actions.rerun,
  shortcuts: ['Mod+Shift+Enter'],
  enabled: (state) => selectedEdit(state) !== null && canFill(state),
  run: async ({ variants, store }) => {
    const edit = selectedEdit(store.getState());
    if (edit) await variants.rerun(edit.editId);
  },
};

export const refreshAll: Action = {
  id: 'edits-refresh',
  group: 'edit',
  words: () => texts.actions.refreshAll,
  shortcuts: ['Mod+Alt+Enter'],
  enabled: (state) => canFill(state) && outOfDate(state.edits).length > 0,
  run: ({ variants }) => variants.refreshAll(),
};

/** Pressed again it closes the mask. */
export const openMask: Action = {
  id: 'edit-mask',
  group: 'edit',
  words: () => texts.actions.openMask,
  shortcuts: ['Shift+M'],
  enabled: (state) => selectedEdit(state) !== null,
  run: ({ maskSession, store }) => {
    const edit = selectedEdit(store.getState());
    if (!edit) return;
    if (maskSession.editId === edit.editId) maskSession.leave();
    else maskSession.open(edit.editId);
  },
};

export const closeMask: Action = {
  id: 'edit-mask-close',
  group: 'edit',
  words: () => texts.actions.closeMask,
  shortcuts: [],
  enabled: (state) => state.openMask !== null,
  run: ({ maskSession }) => maskSession.leave(),
};
