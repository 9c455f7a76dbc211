import type { AppState } from '../state/app-state';
import { selectedEdit } from '../state/document/document-slice';
import { texts } from '../texts';
import type { Studio } from '../studio/studio';
import type { Action } from './action';

const isSelected = (state: AppState) => selectedEdit(state) !== null;
const nameOfSelected = (state: AppState) => {
  const edit = selectedEdit(state);
  return edit && (edit.name ?? texts.panels.edit(edit.number));
};
const placeOf = (state: AppState) => state.edits.findIndex(({ editId }) => editId === state.selectedEdit);

/** An action on the selected edit. */
function onSelected(
  action: Pick<Action, 'id' | 'words' | 'shortcuts'> & { readonly enabled?: Action['enabled'] },
  run: (studio: Studio, editId: string) => void,
): Action {
  return {
    group: 'edit',
    enabled: isSelected,
    detail: nameOfSelected,
    ...action,
    run: (studio) => {
      const edit = selectedEdit(studio.store.getState());
      if (edit) run(studio, edit.editId);
    },
  };
}

export const toggleEdit = onSelected(
  { id: 'edit-toggle', words: () => texts.actions.toggleEdit, shortcuts: ['V'] },
  ({ stack }, editId) => stack.setVisible(editId, !stack.find(editId)?.visible),
);

export const duplicateEdit = onSelected(
  { id: 'edit-duplicate', words: () => texts.actions.duplicateEdit, shortcuts: ['Mod+J'] },
  ({ stack }, editId) => stack.duplicate(editId),
);

export const deleteEdit = onSelected(
  { id: 'edit-delete', words: () => texts.actions.deleteEdit, shortcuts: ['Delete'] },
  ({ stack }, editId) => stack.remove(editId),
);

export const renameEdit = onSelected(
  { id: 'edit-rename', words: () => texts.actions.renameEdit, shortcuts: ['F2'] },
  ({ store }, editId) => store.setState({ renaming: editId }),
);

export const editUp = onSelected(
  {
    id: 'edit-up',
    words: () => texts.actions.editUp,
    shortcuts: ['Alt+ArrowUp'],
    enabled: (state) => isSelected(state) && placeOf(state) < state.edits.length - 1,
  },
  ({ stack }, editId) => stack.moveBy(editId, 1),
);

export const editDown = onSelected(
  {
    id: 'edit-down',
    words: () => texts.actions.editDown,
    shortcuts: ['Alt+ArrowDown'],
    enabled: (state) => placeOf(state) > 0,
  },
  ({ stack }, editId) => stack.moveBy(editId, -1),
);
