import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ERROR_CODES, type ErrorReport } from '../../shared/errors';
import { speak } from '.';
import { errorFor } from '../../shared/error-texts';
import { spokenError } from './reports';

const MISSING: ErrorReport = {
  code: 'file-missing',
  message: 'There is no file "lake.png".',
  remedy: 'It may have been moved.',
  file: '/home/someone/lake.png',
};

// What `speak` tells the page.
beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => speak('en'));

describe('an error of another process', () => {
  it('stays as it was said in English', () => {
    expect(spokenError(MISSING).toReport()).toEqual(MISSING);
  });

  it('is said in German, names its file, and keeps what it says in particular', () => {
    speak('de');
    const { message, remedy, file } = spokenError(MISSING);
    expect(message).toBe('„lake.png“ gibt es nicht.');
    expect(remedy).toMatch(/umbenannt\. Genauer \(auf Englisch\): There is no file "lake\.png"\.$/);
    expect(file).toBe(MISSING.file);
  });

  it('has German words for every code but those that are no failure or ask something', () => {
    speak('de');
    const silent = ERROR_CODES.filter((code) => {
      const report = { code, message: 'X.', remedy: 'Y.' };
      return spokenError(report).message === 'X.';
    });
    expect(silent).toEqual(['cancelled', 'model-question']);
  });

  it('that carries its reason is said in German to its end, with what it is about', () => {
    speak('de');
    const { message, remedy } = spokenError(errorFor('file-empty', { name: 'lake.png' }).toReport());
    expect(message).toBe('„lake.png“ ist leer.');
    expect(remedy).not.toMatch(/auf Englisch/);
  });
});
