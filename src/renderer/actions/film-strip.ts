import { isStripShown } from '../state/document/document-slice';
import { neighbour } from '../state/document/film-strip';
import { texts } from '../texts';
import type { Action } from './action';

/** Photoshop goes on to the next document by Ctrl+Tab, browsers and editors by Ctrl+PageDown, too. */
export const nextPhoto: Action = {
  id: 'next-photo',
  group: 'file',
  words: () => texts.actions.nextPhoto,
  shortcuts: ['Mod+PageDown', 'Mod+Tab'],
  enabled: (state) => isStripShown(state) && !state.opening && neighbour(state, 1) !== null,
  detail: (state) => neighbour(state, 1)?.name ?? null,
  line: true,
  run: ({ filmStrip }) => filmStrip.step(1),
};

export const previousPhoto: Action = {
  id: 'previous-photo',
  group: 'file',
  words: () => texts.actions.previousPhoto,
  shortcuts: ['Mod+PageUp', 'Mod+Shift+Tab'],
  enabled: (state) => isStripShown(state) && !state.opening && neighbour(state, -1) !== null,
  detail: (state) => neighbour(state, -1)?.name ?? null,
  run: ({ filmStrip }) => filmStrip.step(-1),
};

export const clearStrip: Action = {
  id: 'clear-strip',
  group: 'file',
  words: () => texts.actions.clearStrip,
  shortcuts: [],
  enabled: (state) => isStripShown(state) && !state.opening,
  run: ({ filmStrip }) => filmStrip.clear(),
};

export const fillAll: Action = {
  id: 'fill-all',
  group: 'file',
  words: () => texts.actions.fillAll,
  shortcuts: ['Mod+Alt+F'],
  enabled: (state) =>
    isStripShown(state) &&
    state.document.kind === 'open' &&
    state.painted.hole &&
    state.engine.kind === 'ready' &&
    state.photoBatch.kind !== 'running',
  run: ({ store }) => store.setState({ dialog: { kind: 'fill-all' } }),
};

/** F6 as in Lightroom. */
export const toggleStrip: Action = {
  id: 'film-strip',
  group: 'view',
  words: () => texts.actions.filmStrip,
  shortcuts: ['F6'],
  enabled: isStripShown,
  chosen: (state) => state.settings.filmStrip,
  run: ({ store, preferences }) => preferences.change({ filmStrip: !store.getState().settings.filmStrip }),
};
