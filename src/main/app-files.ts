import { extname, join, normalize, sep } from 'node:path';

/** The only origin the window ever shows. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'studio';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Stands in the built pages where the nonce of an answer is to stand (electron.vite.config.ts). */
export const NONCE_PLACEHOLDER = 'CSP_NONCE';

/**
 * Scripts only from the app's own files, none made out of text, no connections, frames, plug-ins or forms; styles only
 * from the app's files and from what knows the nonce.
 * @param nonce of this answer alone; base64
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** A file of the window that may be served. */
export interface AppFile {
  readonly path: string;
  readonly contentType: string;
}

/**
 * The file behind an `app://studio/...` address; null for another host, for what leads out of `root`, and for kinds of
 * files that the window does not consist of. `root` is absolute.
 */
export function resolveAppFile(root: string, address: string): AppFile | null {
  let url: URL;
  let path: string;
  try {
    url = new URL(address);
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return null;
  // A backslash is a separator on Windows only, a NUL ends a path for the system, a colon names a drive or a stream.
  if (/[\0\\:]/.test(path)) return null;
  const file = join(root, normalize(path === '/' ? '/index.html' : path));
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  const contentType = TYPES[extname(file).toLowerCase()];
  return contentType === undefined ? null : { path: file, contentType };
}

/** Whether a page at this address is the app's own. */
export function isAppAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
  } catch {
    return false;
  }
}
