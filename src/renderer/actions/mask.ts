import { BitPlane } from '../../shared/bit-plane';
import { grown, shrunk } from '../../shared/grow';
import type { AppState } from '../state/app-state';
import { texts } from '../texts';
import { type Action, withPicture, type Words } from './action';

/** Something that makes a new plane from the one that is chosen to be marked. */
function transforming(
  id: string,
  words: () => Words,
  shortcut: string,
  step: () => string,
  make: (now: BitPlane, state: AppState) => BitPlane,
  enabled: (state: AppState) => boolean = withPicture,
): Action {
  return {
    id,
    group: 'mask',
    words,
    shortcuts: [shortcut],
    enabled,
    detail: (state) => texts.mask.targets[state.target].title,
    run: ({ documents, canvas, store }) => {
      const state = store.getState();
      if (!canvas.gesture.isBusy()) documents.open?.transform(state.target, (now) => make(now, state), step());
    },
  };
}

const marked = (state: AppState) => state.painted[state.target];

export const selectAll = transforming(
  'select-all',
  () => texts.actions.selectAll,
  'Mod+A',
  () => texts.steps.selectAll,
  (now) => {
    const all = new BitPlane(now.width, now.height);
    all.fill(true);
    return all;
  },
);

export const selectNone = transforming(
  'select-none',
  () => texts.actions.selectNone,
  'Mod+D',
  () => texts.steps.selectNone,
  (now) => new BitPlane(now.width, now.height),
  marked,
);

export const invert = transforming(
  'invert',
  () => texts.actions.invert,
  'Mod+I',
  () => texts.steps.invert,
  (now) => {
    const inverted = now.clone();
    inverted.invert();
    return inverted;
  },
);

export const grow = transforming(
  'grow',
  () => texts.actions.grow,
  '.',
  () => texts.steps.grow,
  (now, { growth }) => grown(now, growth),
  marked,
);

export const shrink = transforming(
  'shrink',
  () => texts.actions.shrink,
  ',',
  () => texts.steps.shrink,
  (now, { growth }) => shrunk(now, growth),
  marked,
);

export const importMask: Action = {
  id: 'import-mask',
  group: 'mask',
  words: () => texts.actions.importMask,
  shortcuts: ['Mod+Shift+O'],
  enabled: withPicture,
  detail: (state) => texts.mask.targets[state.target].title,
  run: ({ marks }) => marks.importMask(),
};

/** Photoshop pastes into a selection by these keys. */
export const pasteMask: Action = {
  id: 'paste-mask',
  group: 'edit',
  words: () => texts.actions.pasteMask,
  shortcuts: ['Mod+Alt+Shift+V'],
  enabled: withPicture,
  run: ({ marks }) => marks.pasteMask(),
};

export const exportMask: Action = {
  id: 'export-mask',
  group: 'mask',
  words: () => texts.actions.exportMask,
  shortcuts: [],
  enabled: (state) => state.painted.hole,
  run: ({ marks }) => marks.exportHole(),
};
