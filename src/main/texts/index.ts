import { type Language } from '../../shared/language';
import { de } from './de';
import { en, type MainTexts } from './en';

const CATALOGUES: Readonly<Record<Language, MainTexts>> = { en, de };

/** What the main process says, in the language that is spoken now. */
export let texts: MainTexts = en;

/** From now on `texts` is in this language. */
export function setLanguage(language: Language): void {
  texts = CATALOGUES[language];
}
