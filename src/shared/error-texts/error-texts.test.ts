import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '../language';
import { StudioError } from '../errors';
import { aboutFile, errorFor, type ParametersOf, type Reason, REASONS, TABLES, toErrorReport, wordsOf } from '.';

/** Words of English sentences that no German one holds ("was" is German, too). */
const ENGLISH = /\b(the|is|were|and|or|not|be|could|choose|save|there|of|it|to|has)\b/i;

type Parameters = Record<string, string>;

/** Parameters that can be told apart in sentences, whatever names are asked for, with those that were. */
function anyParameters(): { readonly parameters: Parameters; readonly asked: Set<string> } {
  const asked = new Set<string>();
  const parameters = new Proxy<Parameters>(
    {},
    {
      get(_, name) {
        asked.add(String(name));
        return `‹${String(name)}›`;
      },
    },
  );
  return { parameters, asked };
}

const rows = Object.assign({}, ...Object.values(TABLES)) as Record<
  Reason,
  { words: Record<(typeof LANGUAGES)[number], (parameters: Parameters) => readonly [string, string]> }
>;

describe.each(REASONS)('the reason "%s"', (id) => {
  const said = LANGUAGES.map((language) => {
    const { parameters, asked } = anyParameters();
    const [message, remedy] = rows[id].words[language](parameters);
    return { language, message, remedy, asked };
  });

  it('has a message in each language, and a remedy in all or none', () => {
    for (const { message, remedy } of said) {
      expect(message).toMatch(/[.›]$/);
      expect(remedy).toMatch(id === 'cancelled' ? /^$/ : /\.$/);
    }
  });

  it('says the same parameters in each language, none in vain', () => {
    for (const { message, remedy, asked } of said) {
      expect([...asked].sort()).toEqual([...said[0].asked].sort());
      for (const name of asked) expect(`${message} ${remedy}`).toContain(`‹${name}›`);
    }
  });

  it('says nothing in English in its German sentences', () => {
    const german = said.find(({ language }) => language === 'de');
    expect(`${german?.message} ${german?.remedy}`).not.toMatch(ENGLISH);
  });
});

describe('the tables of reasons', () => {
  it('have no reason twice', () => {
    const ids = Object.values(TABLES).flatMap((table) => Object.keys(table));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.length).toBe(REASONS.length);
  });
});

describe('an error', () => {
  it('goes along with its English words, its code, its file, its parameters and its cause', () => {
    const cause = new Error('EIO');
    const error = errorFor('not-read', { name: 'lake.png' }, { file: '/a/lake.png', cause });
    expect(error.cause).toBe(cause);
    expect(error.toReport()).toEqual({
      code: 'file-unreadable',
      message: '"lake.png" could not be read.',
      remedy: 'Check the disk or the connection to it.',
      file: '/a/lake.png',
      reason: { id: 'not-read', parameters: { name: 'lake.png' } },
    });
  });

  it('is said in either language', () => {
    const report = errorFor('not-encoded', { format: 'AVIF', others: 'PNG, TIFF' }).toReport();
    expect(wordsOf(report, 'de')?.remedy).toBe('Als PNG oder TIFF speichern.');
    expect(wordsOf(report, 'en')?.remedy).toBe('Save it as PNG or TIFF.');
  });

  it('has no words here without a reason, or with one of another version', () => {
    const report = { code: 'internal', message: 'X.', remedy: '' } as const;
    expect(wordsOf(report, 'de')).toBeNull();
    expect(wordsOf({ ...report, reason: { id: 'toString', parameters: {} } }, 'de')).toBeNull();
  });

  it('cuts words from elsewhere that would fill a page', () => {
    const parameters: ParametersOf<'internal'> = { what: 'x'.repeat(10_000) };
    expect(errorFor('internal', parameters).message).toMatch(/^A fault in the program: x{599}…/);
  });

  it('can be said of another file, with what caused it', () => {
    const error = errorFor('onnx-empty', { name: 'model.onnx' }, { file: '/tmp/aside/model.onnx' });
    const named = aboutFile(error, '/home/lama.onnx', 'lama.onnx');
    expect(named.message).toBe('The file "lama.onnx" cannot be used: it is empty.');
    expect(named.file).toBe('/home/lama.onnx');
    expect(named.cause).toBe(error);
  });
});

describe('what is thrown', () => {
  it('is reported as it is where it is an error for a person', () => {
    const error = errorFor('file-empty', { name: 'lake.png' });
    expect(toErrorReport(error)).toEqual(error.toReport());
    expect(toErrorReport(error)).not.toBeInstanceOf(StudioError);
  });

  it('is a fault of the program else, in both languages', () => {
    const report = toErrorReport(new TypeError('x is undefined'));
    expect(report).toMatchObject({ code: 'internal', message: 'A fault in the program: x is undefined.' });
    expect(report.remedy).toMatch(/^Please report it/);
    expect(wordsOf(report, 'de')?.message).toBe('Ein Fehler im Programm: x is undefined.');
    expect(toErrorReport('plain text').message).toBe('A fault in the program: plain text.');
  });

  it('says nothing of a schema but the first place that is wrong', () => {
    const { error } = z.object({ side: z.number() }).safeParse({ side: 'wide' });
    expect(toErrorReport(error).message).toBe('A fault in the program: side.');
  });

  it('is a sentence with a remedy about the file, whichever code the system has for it', () => {
    for (const code of Object.keys(constants.errno)) {
      for (const path of ['/home/me/lake.png', undefined]) {
        const thrown = Object.assign(new Error(`${code}: bad, open '${path ?? ''}'`), { code, syscall: 'open', path });
        const report = toErrorReport(thrown);
        const said = [report, wordsOf(report, 'de')].map((words) => `${words?.message} ${words?.remedy}`);
        for (const words of said) {
          expect(words, code).not.toMatch(/\bE[A-Z0-9]{3,}\b|fault|Fehler im|undefined|""|„“/);
          if (path !== undefined) expect(words, code).toContain('lake.png');
        }
        expect(report.file, code).toBe(path);
        expect(report.remedy, code).not.toBe('');
      }
    }
  });
});
