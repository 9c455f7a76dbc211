import { type Session, protocol } from 'electron';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { APP_SCHEME, contentSecurityPolicy, NONCE_PLACEHOLDER, resolveAppFile } from './app-files';

/** Must run before the app is ready: a scheme's privileges are fixed then. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the window's files from `root`, and nothing else. */
export function serveAppScheme(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? resolveAppFile(root, request.url) : null;
    if (!file) return new Response('not found', { status: 404 });
    try {
      const nonce = randomBytes(16).toString('base64');
      const content = await readFile(file.path);
      const isPage = file.contentType.startsWith('text/html');
      const body = isPage ? content.toString().replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(content);
      return new Response(body, {
        headers: {
          'content-type': file.contentType,
          'content-security-policy': contentSecurityPolicy(nonce),
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}
