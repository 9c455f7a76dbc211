import { texts } from '../texts';
import { type Action, always, withPicture } from './action';

export const commands: Action = {
  id: 'commands',
  group: 'help',
  words: () => texts.actions.commands,
  shortcuts: ['Mod+K', 'Mod+Shift+P'],
  enabled: always,
  run: ({ store }) => store.setState({ dialog: { kind: 'commands' } }),
};

export const shortcuts: Action = {
  id: 'shortcuts',
  group: 'help',
  words: () => texts.actions.shortcuts,
  shortcuts: ['?', 'F1'],
  enabled: always,
  run: ({ store }) => store.setState({ dialog: { kind: 'shortcuts' } }),
};

export const tour: Action = {
  id: 'tour',
  group: 'help',
  words: () => texts.actions.tour,
  shortcuts: [],
  enabled: withPicture,
  run: (studio) => studio.tour.start(),
};
