import { LANGUAGE_SETTINGS } from '../../shared/language';
import { texts } from '../texts';
import { type Action, always } from './action';

/** One action for each language, and one for the system's. */
export const languages: readonly Action[] = LANGUAGE_SETTINGS.map((language) => ({
  id: `language-${language}`,
  group: 'view',
  words: () => texts.languages[language],
  shortcuts: [],
  enabled: always,
  chosen: (state) => state.settings.language === language,
  line: language === 'system',
  run: ({ preferences }) => preferences.change({ language }),
}));
