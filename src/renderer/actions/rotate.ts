import { texts } from '../texts';
import { type Action, withPicture } from './action';

/** Twelve steps for a right angle and back would be too many, two too few. */
const STEP = Math.PI / 12;

export const rotateLeft: Action = {
  id: 'rotate-left',
  group: 'view',
  words: () => texts.actions.rotateLeft,
  shortcuts: ['4'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.rotateBy(-STEP),
};

export const rotateRight: Action = {
  id: 'rotate-right',
  group: 'view',
  words: () => texts.actions.rotateRight,
  shortcuts: ['6'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.rotateBy(STEP),
};

export const rotateReset: Action = {
  id: 'rotate-reset',
  group: 'view',
  words: () => texts.actions.rotateReset,
  shortcuts: ['5'],
  enabled: (state) => withPicture(state) && state.rotation !== 0,
  run: ({ canvas }) => canvas.camera.rotateBy(-canvas.camera.rotation),
};
