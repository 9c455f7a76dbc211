import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile, replaceFileNow } from './replace-file';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'replace-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['in its own time', replaceFile],
  ['at once', async (path: string, text: string) => replaceFileNow(path, text)],
])('a file that is replaced %s', (_how, replace) => {
  it('holds the new text, and nothing is left beside it', async () => {
    const path = join(folder, 'settings.json');
    await replace(path, 'first, and longer');
    await replace(path, 'second');
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is not there where its folder is not', async () => {
    await expect(replace(join(folder, 'no', 'settings.json'), 'x')).rejects.toThrow(/ENOENT/);
  });
});
