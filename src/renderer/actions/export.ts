import type { AppState } from '../state/app-state';
import { texts } from '../texts';
import type { Action } from './action';

const hasEdits = (state: AppState) =>
  state.document.kind === 'open' && state.engine.kind === 'ready' && state.edits.length > 0;

export const copy: Action = {
  id: 'copy',
  group: 'edit',
  words: () => texts.actions.copy,
  shortcuts: ['Mod+C'],
  enabled: ({ document, engine }) => document.kind === 'open' && engine.kind === 'ready',
  run: ({ exports }) => exports.copy(),
};

export const exportLayers: Action = {
  id: 'export-layers',
  group: 'file',
  words: () => texts.actions.exportLayers,
  shortcuts: [],
  enabled: hasEdits,
  run: ({ exports }) => exports.layers(),
};

export const exportPsd: Action = {
  id: 'export-psd',
  group: 'file',
  words: () => texts.actions.exportPsd,
  shortcuts: [],
  enabled: hasEdits,
  run: ({ exports }) => exports.layered('psd'),
};

export const exportOpenRaster: Action = {
  id: 'export-open-raster',
  group: 'file',
  words: () => texts.actions.exportOpenRaster,
  shortcuts: [],
  enabled: hasEdits,
  run: ({ exports }) => exports.layered('ora'),
};

export const exportBeforeAfter: Action = {
  id: 'export-before-after',
  group: 'file',
  words: () => texts.actions.exportBeforeAfter,
  shortcuts: [],
  enabled: hasEdits,
  run: ({ exports }) => exports.beforeAfter(),
};

export const exportFilledMask: Action = {
  id: 'export-filled-mask',
  group: 'file',
  words: () => texts.actions.exportFilledMask,
  shortcuts: [],
  enabled: hasEdits,
  run: ({ exports }) => exports.filledMask(),
};
