import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../language';
import { adviceSchema, type LoggedAdvice, PROGRESS_NOTES } from '../training';
import { adviceSentence } from './advice-sentence';
import { progressSentence } from './progress';

const KINDS = adviceSchema.shape.kind.options;
const ACTIONS = adviceSchema.shape.action.options;
const ENGLISH = /\b(the|is|were|and|or|not|be|of|it|to|has|after)\b/i;
const VALUES = { signal: 'criticNorm', value: 512.5, reference: 2.5, attempts: 3, step: 40 };

const ADVICE: readonly LoggedAdvice[] = KINDS.flatMap((kind) =>
  ACTIONS.flatMap((action) =>
    [VALUES, { ...VALUES, signal: 'projectedCriticLoss' }].map((values) => ({ kind, action, values })),
  ),
);

describe.each(ADVICE)('what is said of $kind, done about it: $action', (advice) => {
  it('is whole sentences in each language, and no English ones in German', () => {
    for (const language of LANGUAGES) {
      const sentence = adviceSentence(advice, language);
      expect(sentence).toMatch(/^\S.*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|\.\./);
    }
    expect(adviceSentence(advice, 'de')).not.toMatch(ENGLISH);
  });
});

describe('what is said of a training', () => {
  it.each(PROGRESS_NOTES)('"%s" is a sentence in each language', (id) => {
    const values = { first: '2.51', last: '1.23', best: '1.02', step: 40, steps: 90, percent: 30, keptBack: 3, of: 24 };
    const [english, german] = LANGUAGES.map((language) => progressSentence([{ id, values }], language));
    expect(english).toMatch(/\.$/);
    expect(german).toMatch(/\.$/);
    expect(`${english} ${german}`).not.toMatch(/undefined/);
    expect(german).not.toMatch(ENGLISH);
  });

  it('writes numbers as the language does, and says what was noticed', () => {
    const advice = {
      kind: 'validation-rising',
      action: 'lower-rate',
      values: { reference: 2.5, value: 3.125 },
    } as const;
    const notes = [
      { id: 'noticed', advice: { ...advice, sentence: '' } },
      { id: 'paused', values: { step: 4, steps: 9 } },
    ] as const;
    expect(progressSentence(notes, 'de')).toMatch(
      /2,50 %.* 3,13 %; die Lernrate wurde halbiert\. Pausiert nach Schritt 4/,
    );
    expect(progressSentence(notes, 'en')).toMatch(/2\.50 %.* 3\.13 % now; the rate was halved\. Paused after step 4/);
  });

  it('is the English sentence of a line that says no more', () => {
    const old = { kind: 'not-finite', action: 'stop', values: {}, sentence: 'It broke.' } as const;
    expect(adviceSentence(old, 'de')).toBe('It broke.');
  });
});
