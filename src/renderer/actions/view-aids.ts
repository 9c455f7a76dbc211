import { texts } from '../texts';
import { type Action, withPicture } from './action';

export const pixelGrid: Action = {
  id: 'pixel-grid',
  group: 'view',
  words: () => texts.actions.pixelGrid,
  shortcuts: ['G'],
  enabled: withPicture,
  run: ({ store, canvas }) => {
    const on = !store.getState().pixelGrid;
    store.setState({ pixelGrid: on });
    canvas.setPixelGrid(on);
  },
};

export const overlays: Action = {
  id: 'overlays',
  group: 'view',
  words: () => texts.actions.overlays,
  shortcuts: ['Q'],
  enabled: withPicture,
  run: ({ overlays: shown, store }) => shown.show(!store.getState().overlays),
};

export const minimap: Action = {
  id: 'minimap',
  group: 'view',
  words: () => texts.actions.minimap,
  shortcuts: ['M'],
  enabled: withPicture,
  run: ({ store }) => store.setState(({ minimap: shown }) => ({ minimap: !shown })),
};
