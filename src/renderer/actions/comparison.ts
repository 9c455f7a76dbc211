import { texts } from '../texts';
import { type Action, withPicture } from './action';

export const split: Action = {
  id: 'split',
  group: 'view',
  words: () => texts.actions.split,
  shortcuts: ['C'],
  enabled: withPicture,
  run: ({ comparisons }) => comparisons.toggle('split'),
};

export const difference: Action = {
  id: 'difference',
  group: 'view',
  words: () => texts.actions.difference,
  shortcuts: ['D'],
  enabled: withPicture,
  run: ({ comparisons }) => comparisons.toggle('difference'),
};
