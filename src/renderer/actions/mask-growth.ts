import { texts } from '../texts';
import type { Action } from './action';

/** Takes what is offered where the mask leaves something over of what it is to cover. */
export const growToEdge: Action = {
  id: 'grow-to-edge',
  group: 'mask',
  words: () => texts.actions.growToEdge,
  shortcuts: ['A'],
  enabled: (state) => state.maskFault !== null,
  run: ({ maskGrowth, canvas }) => {
    if (!canvas.gesture.isBusy()) maskGrowth.take();
  },
};

export const keepMask: Action = {
  id: 'keep-mask',
  group: 'mask',
  words: () => texts.actions.keepMask,
  shortcuts: ['Shift+A'],
  enabled: (state) => state.maskFault !== null,
  run: ({ maskGrowth }) => maskGrowth.dismiss(),
};
