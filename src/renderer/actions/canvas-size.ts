import { canFill } from '../state/fills/fills-slice';
import { texts } from '../texts';
import type { Action } from './action';

/** Enter does so too, as a part of filling. */
export const applyCanvas: Action = {
  id: 'canvas-apply',
  group: 'edit',
  words: () => texts.actions.applyCanvas,
  shortcuts: [],
  enabled: (state) => state.canvasFrame !== null && canFill(state),
  run: ({ canvasSize }) => canvasSize.apply(),
};

export const leaveCanvas: Action = {
  id: 'canvas-leave',
  group: 'edit',
  words: () => texts.actions.leaveCanvas,
  shortcuts: [],
  enabled: (state) => state.canvasFrame !== null,
  run: ({ canvasSize }) => canvasSize.leave(),
};
