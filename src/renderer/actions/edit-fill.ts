import { canFill } from '../state/fills/fills-slice';
import { selectedEdit } from '../state/document/document-slice';
import { outOfDate } from '../state/document/edits';
import { texts } from '../texts';
import { type Action, always } from './action';

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

/** Leaves the fill that is edited: what is painted next is a fill of its own. */
export const newFill: Action = {
  id: 'new-fill',
  group: 'edit',
  words: () => texts.actions.newFill,
  shortcuts: ['Shift+N'],
  enabled: (state) => state.selectedEdit !== null,
  run: ({ editing }) => editing.select(null),
};

/** Whether the fill that is edited is made again as soon as the tool is lifted from its paint. */
export const remakeOnLift: Action = {
  id: 'remake-on-lift',
  group: 'edit',
  words: () => texts.actions.remakeOnLift,
  shortcuts: ['Shift+M'],
  enabled: always,
  run: ({ preferences, store }) => preferences.change({ remakeOnLift: !store.getState().settings.remakeOnLift }),
};
