import { texts } from '../texts';
import { type Action, withPicture } from './action';

const STEP = 1.5;

export const zoomIn: Action = {
  id: 'zoom-in',
  group: 'view',
  words: () => texts.actions.zoomIn,
  shortcuts: ['Mod++', 'Mod+=', '+'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.zoomBy(STEP),
};

export const zoomOut: Action = {
  id: 'zoom-out',
  group: 'view',
  words: () => texts.actions.zoomOut,
  shortcuts: ['Mod+-', '-'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.zoomBy(1 / STEP),
};

export const fit: Action = {
  id: 'fit',
  group: 'view',
  words: () => texts.actions.fit,
  shortcuts: ['Mod+0', '0'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.fit(),
};

export const actualSize: Action = {
  id: 'actual-size',
  group: 'view',
  words: () => texts.actions.actualSize,
  shortcuts: ['Mod+1', '1'],
  enabled: withPicture,
  run: ({ canvas }) => canvas.camera.actualSize(),
};
