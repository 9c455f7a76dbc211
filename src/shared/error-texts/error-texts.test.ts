import { describe, expect, it } from 'vitest';
import { errorFor, REASONS, wordsOf } from '.';
import { de } from './de';
import { en, type ParametersOf } from './en';

/** Words of English sentences that no German one holds. */
const ENGLISH = /\b(the|is|was|were|and|or|not|be|could|choose|save|there|of|it|to|has)\b/i;
/** Everything that a sentence may be made of. */
const PARAMETERS = {
  name: 'lake.png',
  format: 'WebP',
  asked: 'PNG',
  kind: 'HEIC',
  others: 'JPEG, PNG, TIFF',
  width: 70_001,
  height: 80_002,
  most: 65_003,
  megapixels: 604,
};

describe.each(REASONS)('the reason "%s"', (id) => {
  const report = errorFor(id, PARAMETERS as ParametersOf<typeof id>, { file: '/a/lake.png' }).toReport();

  it('has a message and a remedy in both languages, made of the same parameters', () => {
    const said = { en: wordsOf(report, 'en'), de: wordsOf(report, 'de') };
    for (const words of [said.en, said.de]) {
      expect(words?.message).toMatch(/\.$/);
      expect(words?.remedy).toMatch(/\.$/);
      expect(`${words?.message} ${words?.remedy}`).not.toMatch(/undefined|NaN/);
    }
    const used = (words: typeof said.en) =>
      Object.values(PARAMETERS).filter((value) => `${words?.message} ${words?.remedy}`.includes(String(value)));
    expect(used(said.de)).toEqual(used(said.en));
  });

  it('says nothing in English in its German report', () => {
    const words = wordsOf(report, 'de');
    expect(`${words?.message} ${words?.remedy}`).not.toMatch(ENGLISH);
  });

  it('goes along with its English words, its code and its parameters', () => {
    expect(report).toMatchObject({
      code: en[id].code,
      file: '/a/lake.png',
      reason: { id, parameters: PARAMETERS },
      ...wordsOf(report, 'en'),
    });
  });
});

describe('what is said of an error', () => {
  it('is nothing here for one without a reason, or with one of another version', () => {
    const report = { code: 'internal', message: 'X.', remedy: '' } as const;
    expect(wordsOf(report, 'de')).toBeNull();
    expect(wordsOf({ ...report, reason: { id: 'toString', parameters: {} } }, 'de')).toBeNull();
  });

  it('lists as its language does', () => {
    const words = de['not-encoded']({ format: 'AVIF', others: 'PNG, TIFF' });
    expect(words.remedy).toBe('Als PNG oder TIFF speichern.');
  });
});
