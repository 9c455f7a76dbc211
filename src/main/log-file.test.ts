import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogFile } from './log-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const noon = () => new Date('2026-12-01T12:00:00Z');

describe('the log', () => {
  it('holds a line for each thing, with its time, and what belongs to it indented', () => {
    const path = join(folder, 'logs', 'studio.log');
    const log = new LogFile(path, false, noon);
    log.write('warning', 'the engine ended', 'killed\nby a test');
    log.write('error', 'again');
    expect(readFileSync(path, 'utf8')).toBe(
      "2026-12-01T12:00:00.000Z warning the engine ended: 'killed\\nby a test'\n2026-12-01T12:00:00.000Z error again\n",
    );
  });

  it('steers no terminal by the names that it holds', () => {
    const path = join(folder, 'studio.log');
    new LogFile(path, false, noon).write('error', 'no such file: a\u001B[2Jb.png', new Error('open c\u202Egnp.exe'));
    const said = readFileSync(path, 'utf8');
    expect(said).toContain('no such file: a\\u001b[2Jb.png: Error: open c\\u202egnp.exe');
    for (const character of ['\u001B', '\u202E']) expect(said).not.toContain(character);
    expect(process.stderr.write).toHaveBeenCalledWith(said);
  });

  it('says what is going on only when it is asked to', () => {
    const path = join(folder, 'studio.log');
    new LogFile(path, false, noon).write('info', 'started');
    expect(readdirSync(folder)).toEqual([]);
    new LogFile(path, true, noon).write('info', 'started');
    expect(readFileSync(path, 'utf8')).toBe('2026-12-01T12:00:00.000Z info started\n');
  });

  it('keeps three full files at most, the youngest as number 1', () => {
    const path = join(folder, 'studio.log');
    const log = new LogFile(path, false, noon);
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      writeFileSync(path, name.repeat(1_000_001));
      log.write('warning', 'next');
    }
    expect(readdirSync(folder).sort()).toEqual(['studio.log', 'studio.log.1', 'studio.log.2', 'studio.log.3']);
    expect(readFileSync(`${path}.1`, 'utf8').slice(0, 1)).toBe('e');
    expect(readFileSync(`${path}.3`, 'utf8').slice(0, 1)).toBe('c');
    expect(readFileSync(path, 'utf8')).toBe('2026-12-01T12:00:00.000Z warning next\n');
  });

  it('loses an entry rather than the program where it cannot be written', () => {
    mkdirSync(join(folder, 'studio.log'));
    new LogFile(join(folder, 'studio.log'), false, noon).write('error', 'lost');
    expect(process.stderr.write).toHaveBeenCalledWith('2026-12-01T12:00:00.000Z error lost\n');
  });
});
