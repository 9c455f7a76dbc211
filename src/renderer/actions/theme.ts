import { texts } from '../texts';
import { type Action, always } from './action';

/** One action for each: the first has a line above it in the menu. */
export const themes: readonly Action[] = (['system', 'light', 'dark'] as const).map((theme) => ({
  id: `theme-${theme}`,
  group: 'view',
  words: () => texts.themes[theme],
  shortcuts: [],
  enabled: always,
  chosen: (state) => state.settings.theme === theme,
  line: theme === 'system',
  run: ({ preferences }) => preferences.change({ theme }),
}));
