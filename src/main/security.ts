import { type App, type Session, app } from 'electron';
import { isAppAddress } from './app-files';

/** Must run before the app is ready: no name is ever looked up, so none can carry anything out. */
export function lockDownNames({ commandLine }: Pick<App, 'commandLine'> = app): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Every web contents, whoever makes it: no navigation, no further windows, no embedded views. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // WebRTC passes no request filter. Without UDP what remains goes through the session's proxy, which nothing serves.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** Where nothing listens: the port of "discard", on this machine. */
const DEAD_PROXY = '127.0.0.1:9';

/** A session that grants nothing, downloads nothing and reaches nothing but the app's own files. */
export async function lockDownSession(session: Session): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !isLocal(request.url) });
  });
  await session.setProxy({ mode: 'fixed_servers', proxyRules: DEAD_PROXY, proxyBypassRules: '<-loopback>' });
}

function isLocal(address: string): boolean {
  return isAppAddress(address) || /^(blob|data|devtools|chrome-extension):/.test(address);
}
