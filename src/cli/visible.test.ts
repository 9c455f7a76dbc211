import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder, writePhoto } from './testing/program';
import { visible } from '../shared/visible';

describe('text for a terminal', () => {
  it('shows what the terminal would obey', () => {
    expect(visible('a\u001B[2Jb\rc\u0007.png')).toBe('a\\u001b[2Jb\\u000dc\\u0007.png');
    expect(visible('photo\u202Egnp.exe')).toBe('photo\\u202egnp.exe');
  });

  it('leaves lines, tabs and every letter as they are', () => {
    expect(visible('Füllen\t穴 😀\n')).toBe('Füllen\t穴 😀\n');
  });

  it('leaves JSON what it was', () => {
    const names = ['a\u007Fb\u009B.png', 'photo\u202Egnp.exe', 'x\u001B[2J'];
    expect(JSON.parse(visible(JSON.stringify(names)))).toEqual(names);
  });

  it('holds no control character but line feeds and tabs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text).replaceAll(/[\n\t]/g, '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it.skipIf(process.platform === 'win32')('is all that a command prints about a file with such a name', async () => {
    const folder = await temporaryFolder();
    await writePhoto(join(folder, 'photo.png'));
    const mask = join(folder, 'mask\u001B[2J\u0007.png');
    await writeFile(mask, 'no picture');
    const { code, messages } = await runCli(['inpaint', join(folder, 'photo.png'), '--mask', mask]);
    expect(code).not.toBe(0);
    expect(messages).toContain('mask\\u001b[2J\\u0007.png');
    expect(messages).not.toContain('\u001B');
  });
});
