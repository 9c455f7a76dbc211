import type { AppState } from '../state/app-state';
import { documentOf, isUnsaved } from '../state/document/document-slice';
import { texts } from '../texts';
import type { Action } from './action';

const canSave = (state: AppState) => state.document.kind === 'open' && state.engine.kind === 'ready' && !state.saving;

export const save: Action = {
  id: 'save',
  group: 'file',
  words: () => texts.actions.save,
  line: true,
  shortcuts: ['Mod+S'],
  detail: (state) => documentOf(state)?.name ?? null,
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

export const saveProject: Action = {
  id: 'save-project',
  group: 'file',
  words: () => texts.actions.saveProject,
  shortcuts: ['Mod+Alt+S'],
  enabled: canSave,
  run: ({ saves }) => saves.saveProject(),
};

export const saveProjectAs: Action = {
  id: 'save-project-as',
  group: 'file',
  words: () => texts.actions.saveProjectAs,
  shortcuts: ['Mod+Alt+Shift+S'],
  enabled: canSave,
  run: ({ saves }) => saves.saveProjectAs(),
};
