import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../shared/protocol/settings';
import { SettingsFile } from './settings-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the settings file', () => {
  it('starts with defaults and writes nothing by itself', () => {
    const file = new SettingsFile(path);
    expect(file.get()).toEqual(settingsSchema.parse({}));
    file.saveNow();
    expect(existsSync(path)).toBe(false);
  });

  it('keeps a change, and only that', () => {
    const file = new SettingsFile(path);
    file.change({ brushSize: 77 });
    file.change({ theme: 'dark' });
    file.saveNow();
    expect(new SettingsFile(path).get()).toEqual({ ...settingsSchema.parse({}), brushSize: 77, theme: 'dark' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is written by itself soon after a change', async () => {
    new SettingsFile(path).change({ brushSize: 12 });
    await expect.poll(() => existsSync(path), { timeout: 3000 }).toBe(true);
  });

  it.each(['', 'null', '[]', '{"theme":', '"dark"', '\u0000\u0001', '{"workingSize": "big"}'])(
    'falls back to defaults and keeps broken content aside: %j',
    (content) => {
      writeFileSync(path, content);
      const problems: string[] = [];
      expect(new SettingsFile(path, (problem) => problems.push(problem)).get()).toEqual(settingsSchema.parse({}));
      expect(readFileSync(`${path}.broken`, 'utf8')).toBe(content);
      expect(problems).toHaveLength(1);
    },
  );

  it('saves the good values of a file with a bad one', () => {
    writeFileSync(path, JSON.stringify({ theme: 'dark', brushSize: -4, workingSize: 256, unknown: true }));
    expect(new SettingsFile(path).get()).toMatchObject({ theme: 'dark', brushSize: 40, workingSize: 256 });
  });

  it('reads what the first programs wrote, which named no version', () => {
    const first = {
      ...{ theme: 'dark', brushSize: 61, modelId: 'faces', workingSize: 384, recentFiles: ['/photos/a.jpg'] },
      windowBounds: { x: 1, y: 2, width: 900, height: 700 },
    };
    writeFileSync(path, JSON.stringify(first));
    const problems: string[] = [];
    const file = new SettingsFile(path, (problem) => problems.push(problem));
    expect(file.get()).toEqual({ ...settingsSchema.parse({}), ...first });
    expect(problems).toEqual([]);
    file.change({ brushSize: 62 });
    file.saveNow();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, brushSize: 62, modelId: 'faces' });
  });

  it('takes what it knows from those of a newer version, and leaves them as they are', () => {
    const newer = JSON.stringify({ version: 2, theme: 'dark', workingSize: 2048, constellation: 'lyra' });
    writeFileSync(path, newer);
    const problems: string[] = [];
    const file = new SettingsFile(path, (problem) => problems.push(problem));
    expect(file.get()).toMatchObject({ theme: 'dark', workingSize: 512 });
    file.change({ brushSize: 5 });
    file.saveNow();
    expect(file.get().brushSize).toBe(5);
    expect(readFileSync(path, 'utf8')).toBe(newer);
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(problems.join()).toContain('made by a newer version');
  });

  it('does not read a file that no settings can be, and starts with defaults', () => {
    writeFileSync(path, `{"theme":"dark"${' '.repeat(2 ** 20)}}`);
    expect(new SettingsFile(path).get()).toEqual(settingsSchema.parse({}));
  });

  it('reads any JSON without failing', () => {
    fc.assert(
      fc.property(fc.json(), (content) => {
        writeFileSync(path, content);
        expect(settingsSchema.safeParse(new SettingsFile(path).get()).success).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('goes on where nothing can be written', () => {
    const problems: string[] = [];
    writeFileSync(join(folder, 'file'), '');
    const file = new SettingsFile(join(folder, 'file', 'settings.json'), (problem) => problems.push(problem));
    expect(file.change({ brushSize: 5 }).brushSize).toBe(5);
    file.saveNow();
    expect(problems).toHaveLength(1);
  });

  it('lists each recent file once, the newest first, ten at most', () => {
    const file = new SettingsFile(path);
    for (let i = 0; i < 12; i++) file.addRecentFile(`/p/${i}.png`, true);
    file.addRecentFile('/p/5.png', false);
    expect(file.get().recentFiles.slice(0, 3)).toEqual(['/p/5.png', '/p/11.png', '/p/10.png']);
    expect(file.get().recentFiles).toHaveLength(10);
    file.removeRecentFile('/p/11.png');
    expect(file.get().recentFiles).not.toContain('/p/11.png');
    file.saveNow();
  });
});

describe('recent files that were dropped', () => {
  it('are told from those that were chosen, until they are chosen themselves or have gone', () => {
    const file = new SettingsFile(path);
    file.addRecentFile('/p/dropped.png', false);
    file.addRecentFile('/p/chosen.png', true);
    file.addRecentFile('/p/chosen.png', false);
    expect([file.wasChosen('/p/dropped.png'), file.wasChosen('/p/chosen.png')]).toEqual([false, true]);
    expect(file.wasChosen('/p/never.png')).toBe(false);
    file.addRecentFile('/p/dropped.png', true);
    expect(file.wasChosen('/p/dropped.png')).toBe(true);
    file.addRecentFile('/p/gone.png', false);
    file.removeRecentFile('/p/gone.png');
    expect(file.get().droppedFiles).toEqual([]);
    file.saveNow();
  });
});
