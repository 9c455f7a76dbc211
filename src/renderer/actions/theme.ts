import { texts } from '../texts';
import { type Action, always } from './action';

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const;

/** Goes round the three themes. */
export const theme: Action = {
  id: 'theme',
  group: 'view',
  words: () => texts.actions.theme,
  shortcuts: [],
  enabled: always,
  detail: (state) => texts.themes[state.settings.theme],
  run: ({ store, preferences }) => preferences.change({ theme: NEXT[store.getState().settings.theme] }),
};
