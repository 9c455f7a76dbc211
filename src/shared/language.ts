/** The languages the program speaks. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a person can choose. */
export const LANGUAGE_SETTINGS = ['system', ...LANGUAGES] as const;
export type LanguageSetting = (typeof LANGUAGE_SETTINGS)[number];

/** The chosen language, or the first of the system's ("de-AT", "en_GB") that the program speaks, else English. */
export function languageFor(setting: LanguageSetting, preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  const codes = preferred.map((tag) => tag.toLowerCase().split(/[-_]/)[0]);
  return codes.flatMap((code) => LANGUAGES.filter((language) => language === code))[0] ?? 'en';
}

/** Words of a list that is given with commas alone: the last two are joined by `last`. */
export function listIn(last: string, commas: string): string {
  return commas.replace(/, ([^,]*)$/, ` ${last} $1`);
}
