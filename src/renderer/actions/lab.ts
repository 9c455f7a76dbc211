import { texts } from '../texts';
import { type Action, always } from './action';

export const lab: Action = {
  id: 'lab',
  group: 'file',
  words: () => texts.actions.lab,
  shortcuts: [],
  enabled: always,
  run: ({ main }) => main.call('lab:open', undefined),
};
