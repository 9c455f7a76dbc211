import { type Session, app } from 'electron';
import { isAppAddress } from './app-files';

/** Every web contents, whoever makes it: no navigation, no further windows, no embedded views. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** A session that grants nothing, downloads nothing and reaches nothing but the app's own files. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !isLocal(request.url) });
  });
}

function isLocal(address: string): boolean {
  return isAppAddress(address) || /^(blob|data|devtools|chrome-extension):/.test(address);
}
