import { texts } from '../texts';
import type { Action } from './action';

export const clearHole: Action = {
  id: 'clear-hole',
  group: 'edit',
  words: () => texts.actions.clearHole,
  line: true,
  shortcuts: ['Mod+Shift+X'],
  enabled: (state) => state.painted.hole,
  run: ({ documents }) => documents.open?.clear(['hole'], texts.steps.clearHole),
};

export const clearSource: Action = {
  id: 'clear-source',
  group: 'edit',
  words: () => texts.actions.clearSource,
  shortcuts: ['Mod+Shift+E'],
  enabled: (state) => state.painted.include || state.painted.exclude,
  run: ({ documents }) => documents.open?.clear(['include', 'exclude'], texts.steps.clearSource),
};
