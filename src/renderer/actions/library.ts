import { texts } from '../texts';
import type { Action } from './action';

export const library: Action = {
  id: 'library',
  group: 'file',
  words: () => texts.actions.library,
  shortcuts: ['Mod+Shift+L'],
  line: true,
  enabled: ({ engine }) => engine.kind === 'ready',
  run: (studio) => studio.library.open(),
};

export const importModel: Action = {
  id: 'import-model',
  group: 'file',
  words: () => texts.actions.importModel,
  shortcuts: [],
  enabled: ({ engine }) => engine.kind === 'ready',
  run: (studio) => studio.library.openAndChoose(),
};
