import { BitPlane } from '../../shared/bit-plane';
import { ringAround } from '../../shared/grow';
import type { AppState } from '../state/app-state';
import { texts } from '../texts';
import type { Action } from './action';

const withHole = (state: AppState) => state.painted.hole;

/** Allows a ring around the hole, by painting it as "use this": it can be seen, corrected and undone. */
export const ringSource: Action = {
  id: 'source-ring',
  group: 'mask',
  words: () => texts.actions.ringSource,
  shortcuts: ['Mod+Shift+R'],
  enabled: withHole,
  run: ({ documents, store }) => {
    const document = documents.open;
    const { ringWidth } = store.getState();
    document?.transform('include', () => ringAround(document.masks.plane('hole'), ringWidth), texts.steps.ringSource);
  },
};

/** Allows the left or the right half of the picture, whichever the middle of the hole lies in. */
export const sideSource: Action = {
  id: 'source-side',
  group: 'mask',
  words: () => texts.actions.sideSource,
  shortcuts: [],
  enabled: withHole,
  run: ({ documents }) => {
    const document = documents.open;
    const hole = document?.masks.plane('hole').bounds();
    if (!document || !hole) return;
    const { width, height } = document.info;
    const half = Math.ceil(width / 2);
    const x = hole.x + hole.width / 2 < width / 2 ? 0 : width - half;
    const make = () => {
      const side = new BitPlane(width, height);
      side.fillRect({ x, y: 0, width: half, height }, true);
      side.combine(document.masks.plane('hole'), 'and-not');
      return side;
    };
    document.transform('include', make, texts.steps.sideSource);
  },
};
