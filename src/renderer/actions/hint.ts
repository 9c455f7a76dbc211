import { takesHints } from '../state/document/hints';
import { HINT_TOOL } from '../state/document/tool-id';
import { texts } from '../texts';
import type { Action } from './action';

/** Paints colours, or takes them away again. */
export const eraseHint: Action = {
  id: 'hint-erase',
  group: 'tools',
  words: () => texts.actions.eraseHint,
  shortcuts: ['Shift+T'],
  enabled: (state) => state.tool === HINT_TOOL,
  run: ({ hints, store }) => hints.choose({ erases: !store.getState().hint.erases }),
};

export const clearHint: Action = {
  id: 'clear-hint',
  group: 'edit',
  words: () => texts.actions.clearHint,
  shortcuts: ['Mod+Shift+H'],
  enabled: (state) => state.hinted,
  run: ({ hints }) => hints.clear(),
};

/** Whether fills stop at the coarse one, to be steered. */
export const stopAtCoarse: Action = {
  id: 'stop-at-coarse',
  group: 'edit',
  words: () => texts.actions.stopAtCoarse,
  shortcuts: ['Mod+Shift+F'],
  enabled: takesHints,
  run: ({ preferences, store }) => preferences.change({ stopAtCoarse: !store.getState().settings.stopAtCoarse }),
};
