import { canFill, copyable } from '../state/fills/fills-slice';
import { selectedEdit } from '../state/document/document-slice';
import { nameOf } from '../state/document/edit-stack';
import { texts } from '../texts';
import type { Action } from './action';

/** Takes what the fill that is edited is made with, for another one: also in another picture. */
export const copySettings: Action = {
  id: 'settings-copy',
  group: 'edit',
  words: () => texts.actions.copySettings,
  shortcuts: ['Mod+Alt+C'],
  enabled: (state) => selectedEdit(state) !== null,
  run: ({ store, notices }) => {
    const state = store.getState();
    const edit = selectedEdit(state);
    if (!edit) return;
    store.setState({ copiedSettings: copyable(state.settings) });
    notices.info(texts.notices.settingsCopied(nameOf(edit)), texts.notices.settingsCopiedHelp);
  },
};

/** Makes the fill that is edited again with them; the new one begins with them. */
export const pasteSettings: Action = {
  id: 'settings-paste',
  group: 'edit',
  words: () => texts.actions.pasteSettings,
  shortcuts: ['Mod+Alt+V'],
  enabled: (state) => state.copiedSettings !== null && canFill(state),
  run: ({ store, preferences, fills }) => {
    const { copiedSettings, selectedEdit: edited, settings } = store.getState();
    if (!copiedSettings) return undefined;
    if (edited === null) return preferences.change(copiedSettings);
    preferences.show({ ...settings, ...copiedSettings });
    return fills.start();
  },
};
