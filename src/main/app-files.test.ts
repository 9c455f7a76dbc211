import fc from 'fast-check';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, contentSecurityPolicy, isAppAddress, resolveAppFile } from './app-files';

const root = resolve('out/renderer');

describe('app:// addresses', () => {
  it('lead to the files of the window', () => {
    expect(resolveAppFile(root, `${APP_ORIGIN}/index.html`)?.path).toBe(join(root, 'index.html'));
    expect(resolveAppFile(root, `${APP_ORIGIN}/`)?.path).toBe(join(root, 'index.html'));
    expect(resolveAppFile(root, `${APP_ORIGIN}/assets/a%20b.js?v=1#x`)).toEqual({
      path: join(root, 'assets', 'a b.js'),
      contentType: 'text/javascript; charset=utf-8',
    });
  });

  it.each([
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fmain/index.js',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/..%5c..%5cmain%5cindex.js',
    '/a%00.js',
    '/C:%5cWindows%5cwin.js',
    '/%E0%A4%A.js',
    '/index.html%2f..%2f..%2f..%2fetc%2fpasswd.json',
  ])('never lead out: %s', (path) => {
    const file = resolveAppFile(root, APP_ORIGIN + path);
    expect(file === null || file.path.startsWith(root + sep)).toBe(true);
  });

  it('stay inside the folder whatever the path', () => {
    const part = fc.oneof(fc.constantFrom('..', '%2e%2e', '.', '%2f', '%5c', '/', 'a.js', '....//'), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const file = resolveAppFile(root, `${APP_ORIGIN}/${parts.join('/')}`);
        expect(file === null || file.path.startsWith(root + sep)).toBe(true);
      }),
    );
  });

  it('of other hosts, schemes and kinds of files lead nowhere', () => {
    for (const address of [
      'app://other/index.html',
      'file:///etc/hosts.html',
      'https://studio/index.html',
      `${APP_ORIGIN}/settings.sqlite`,
      `${APP_ORIGIN}/assets`,
      'rubbish',
    ]) {
      expect(resolveAppFile(root, address), address).toBeNull();
    }
  });

  it('tell our page from any other', () => {
    expect(isAppAddress(`${APP_ORIGIN}/index.html`)).toBe(true);
    for (const address of ['app://studio.evil/', 'https://studio/', 'about:blank', '', 'app:studio']) {
      expect(isAppAddress(address), address).toBe(false);
    }
  });

  it('allow scripts from the app alone, and nothing made out of text', () => {
    const policy = contentSecurityPolicy('bm9uY2U=');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U=';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
  });
});
