import { texts } from '../texts';
import { type Action, always } from './action';

export const trainer: Action = {
  id: 'trainer',
  group: 'file',
  words: () => texts.actions.trainer,
  shortcuts: ['Mod+Shift+T'],
  enabled: always,
  run: ({ main }) => main.call('trainer:open', { base: null }),
};
