import { type AppState, documentOf, isUnsaved } from '../state/app-state';
import { texts } from '../texts';
import type { Action } from './action';

const canSave = (state: AppState) => state.document.kind === 'open' && state.engine.kind === 'ready' && !state.saving;

export const save: Action = {
  id: 'save',
  group: 'file',
  words: () => texts.actions.save,
  shortcuts: ['Mod+S'],
  enabled: (state) => canSave(state) && (isUnsaved(state) || documentOf(state)?.savable === false),
  run: ({ saves }) => saves.save(),
};

export const saveAs: Action = {
  id: 'save-as',
  group: 'file',
  words: () => texts.actions.saveAs,
  shortcuts: ['Mod+Shift+S'],
  enabled: canSave,
  run: ({ store }) => store.setState({ dialog: { kind: 'save-as' } }),
};
