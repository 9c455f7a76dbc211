import { texts } from '../texts';
import { type Action, always } from './action';

export const brushSmaller: Action = {
  id: 'brush-smaller',
  group: 'tools',
  words: () => texts.actions.brushSmaller,
  line: true,
  shortcuts: ['['],
  enabled: always,
  run: ({ preferences }) => preferences.stepBrush(-1),
};

export const brushLarger: Action = {
  id: 'brush-larger',
  group: 'tools',
  words: () => texts.actions.brushLarger,
  shortcuts: [']'],
  enabled: always,
  run: ({ preferences }) => preferences.stepBrush(1),
};
