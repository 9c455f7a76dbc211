import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAIN_ERRORS } from '../lint/plain-errors.mjs';
import { plainErrors } from '../lint/thrown-errors.mjs';
import { inRoot } from '../setup/paths.mjs';

/** What runs in processes that speak to a person. */
const FOLDERS = ['main', 'cli', 'engine', 'shared', 'preload'];

function countsNow(): Record<string, number> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(inRoot('src', folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join('src', folder, name).replaceAll('\\', '/'),
    ),
  );
  const own = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file));
  const counts = own.map((file) => [file, plainErrors(file, readFileSync(inRoot(file), 'utf8')).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

describe('errors that carry no reason', () => {
  it('are those of the list, each a mistake of the program or caught and told by a reason', () => {
    const caught = Object.entries(PLAIN_ERRORS.caught).map(([file, { count }]) => [file, count] as const);
    const listed = Object.fromEntries([...Object.entries(PLAIN_ERRORS.mistakes), ...caught]);
    // A new one wants a reason of src/shared/error-texts (errorFor); one that is gone is taken off scripts/lint/plain-errors.mjs.
    expect(countsNow()).toEqual(listed);
  });

  it('are found wherever they are made, but as the cause of another', () => {
    const linesOf = (code: string) => plainErrors('a.ts', code).map(({ line }) => line);
    expect(linesOf("throw new Error('no');")).toEqual([1]);
    expect(linesOf("const f = () =>\n  Promise.reject(new TypeError('no'));")).toEqual([2]);
    expect(linesOf("new Promise((_, reject) => reject(new RangeError('no')));")).toEqual([1]);
    expect(linesOf('const thrown = new ZodError([]);\nthrow thrown;')).toEqual([1]);
    expect(linesOf("throw errorFor('file-empty', { name }, { cause: new Error('no') });")).toEqual([]);
    expect(linesOf("throw new UsageError('Say which photos to fill.');")).toEqual([]);
  });
});
