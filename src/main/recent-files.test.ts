import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookFor, recentFile, recentPath } from './recent-files';

describe('recent files', () => {
  it('are named to the window without their paths, the missing ones as missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'recent-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const paths = ['here.jpg', 'gone.inpaint'].map((name) => join(folder, name));
    writeFileSync(paths[0] ?? '', 'x');
    const found = (await lookFor(paths)).map(recentFile);
    expect(found.map(({ name, missing }) => [name, missing])).toEqual([
      ['here.jpg', false],
      ['gone.inpaint', true],
    ]);
    expect(found.map((file) => file.folder)).toEqual([basename(folder), basename(folder)]);
    expect(JSON.stringify(found)).not.toContain(folder);
    expect(found.map(({ recentId }) => recentPath(paths, recentId))).toEqual(paths);
    expect(recentPath(paths, 'ffffffffffffffff')).toBeNull();
  });
});
