import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorFor } from '../../shared/error-texts';
import { speak } from '.';
import { spokenError, spokenReport, windowError } from './reports';

// What `speak` tells the page.
beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => speak('en'));

const EMPTY = errorFor('file-empty', { name: 'lake.png' }, { file: '/home/someone/lake.png' }).toReport();

describe('an error of another process', () => {
  it('stays as it was said in English', () => {
    expect(spokenError(EMPTY).toReport()).toEqual(EMPTY);
  });

  it('is said in German to its end, and keeps its file and its reason', () => {
    speak('de');
    const { message, remedy, file, reason } = spokenError(EMPTY);
    expect(message).toBe('„lake.png“ ist leer.');
    expect(remedy).toBe('Die Datei noch einmal kopieren oder herunterladen.');
    expect(file).toBe(EMPTY.file);
    expect(reason).toEqual(EMPTY.reason);
  });

  it('stays as it is where its reason is of another version', () => {
    speak('de');
    const report = { code: 'internal', message: 'X.', remedy: '', reason: { id: 'later', parameters: {} } } as const;
    expect(spokenError(report).message).toBe('X.');
  });
});

describe("the window's own errors", () => {
  it('are said in the language spoken', () => {
    speak('de');
    expect(windowError('tile-broken', {}).message).toBe('Das Rechenwerk hat einen kaputten Bildteil geschickt.');
  });

  it('are faults of the program where nobody expected them, in German too', () => {
    speak('de');
    expect(spokenReport(new TypeError('x is undefined'))).toMatchObject({
      code: 'internal',
      message: 'Ein Fehler im Programm: x is undefined.',
    });
  });
});
