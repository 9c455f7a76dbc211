import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchArguments, launchFile } from './launch-file';

describe('the picture on the command line', () => {
  it('is found among switches, also of others', () => {
    const unpackaged = ['/electron', '--inspect=0', '--no-sandbox', '/the/app', '--lang=de', 'bild ä.png'];
    expect(launchFile(launchArguments(unpackaged, false), resolve('/home'))).toBe(resolve('/home/bild ä.png'));
    expect(launchFile(launchArguments(['/studio', '--x', '/p/a.jpg'], true), '/')).toBe(resolve('/p/a.jpg'));
  });

  it('may begin with a dash behind a double dash', () => {
    expect(launchFile(['--', '-odd.png'], resolve('/p'))).toBe(resolve('/p/-odd.png'));
  });

  it('may be missing', () => {
    expect(launchFile(launchArguments(['/electron', '.'], false), '/')).toBeNull();
    expect(launchFile(launchArguments(['/electron'], false), '/')).toBeNull();
    expect(launchFile(['--flag', ''], '/')).toBeNull();
    expect(launchFile(['--'], '/')).toBeNull();
  });
});
