import { canFill } from '../state/fills/fills-slice';
import { texts } from '../texts';
import type { Action } from './action';

export const repair: Action = {
  id: 'repair',
  group: 'edit',
  words: () => texts.actions.repair,
  shortcuts: ['Shift+Enter'],
  enabled: (state) => canFill(state) && state.painted.hole,
  run: ({ repairs }) => repairs.propose(),
};
