import { texts } from '../texts';
import { type Action, always } from './action';

export const shortcuts: Action = {
  id: 'shortcuts',
  group: 'help',
  words: () => texts.actions.shortcuts,
  shortcuts: ['?', 'F1'],
  enabled: always,
  run: ({ store }) => store.setState({ dialog: { kind: 'shortcuts' } }),
};
