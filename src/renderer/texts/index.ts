import type { Language } from '../../shared/language';
import { de } from './de';
import { en, type Texts } from './en';

const CATALOGUES: Readonly<Record<Language, Texts>> = { en, de };

/** Every text a person reads, in the language that is spoken now. Read it when it is shown, never when a module loads. */
export let texts: Texts = en;

let spoken: Language = 'en';

/** The language of `texts`. */
export function spokenLanguage(): Language {
  return spoken;
}

/** From now on `texts` is in this language. */
export function speak(language: Language): void {
  spoken = language;
  texts = CATALOGUES[language];
  document.documentElement.lang = language;
}
