import type { Language } from '../../shared/language';
import { de } from './de';
import { en, type Texts } from './en';

const CATALOGUES: Readonly<Record<Language, Texts>> = { en, de };

/** Every text a person reads, in the language that is spoken now. Read it when it is shown, never when a module loads. */
export let texts: Texts = en;

let language: Language = 'en';

/** The language of `texts`. */
export function spokenLanguage(): Language {
  return language;
}

/** From now on `texts` is in this language. */
export function speak(next: Language): void {
  language = next;
  texts = CATALOGUES[next];
  document.documentElement.lang = next;
}

/** Words that stand beside what they are about instead of in the catalogues. */
export type InEveryLanguage<Words> = Readonly<Record<Language, Words>>;

/** Those of the language that is spoken now. Like `texts` to be read when they are shown. */
export function spoken<Words>(words: InEveryLanguage<Words>): Words {
  return words[language];
}
