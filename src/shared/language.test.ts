import { describe, expect, it } from 'vitest';
import { languageFor } from './language';

describe('the language of the program', () => {
  it('is the one that was chosen, whatever the system speaks', () => {
    expect(languageFor('de', ['en-GB'])).toBe('de');
    expect(languageFor('en', ['de-DE'])).toBe('en');
  });

  it('else is the first of the system that it speaks', () => {
    expect(languageFor('system', ['fr-FR', 'de_AT.UTF-8', 'en'])).toBe('de');
    expect(languageFor('system', ['DE'])).toBe('de');
    expect(languageFor('system', ['fr', 'zh-Hant'])).toBe('en');
    expect(languageFor('system', [])).toBe('en');
  });
});
