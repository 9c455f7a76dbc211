import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { type MainEvent, type MainEventPayload } from '../shared/bridge';
import { type Settings } from '../shared/protocol/settings';
import { mainEvents } from '../shared/protocol/window-main';
import { APP_ORIGIN } from './app-files';
import { type Folders } from './folders';
import { SMALLEST_WINDOW, windowBounds } from './window-bounds';

/** Of a window before its page is there. */
export const BACKGROUND = { dark: '#17181a', light: '#f3f3f1' } as const;

/** The sandboxed window, hidden until it has something to show. */
export function createMainWindow(folders: Folders, settings: Settings): BrowserWindow {
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...windowBounds(settings.windowBounds, workAreas),
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: 'Inpaint Studio',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: webPreferences(folders.preloadScript),
  });
  window.once('ready-to-show', () => window.show());
  // The title is the document's, set by the page; zooming the page would only blur the picture.
  window.webContents.on('zoom-changed', (event) => event.preventDefault());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** Whether the program was started with --developer-tools: nobody opens them by chance, or is talked into it. */
export const asksForDeveloperTools = (): boolean => app.commandLine.hasSwitch('developer-tools');

/** What the page of a window may: next to nothing. */
export function webPreferences(preload: string): Electron.WebPreferences {
  return {
    preload,
    devTools: asksForDeveloperTools(),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
  };
}

/** Sends an event to the window's page, if there still is one. */
export function sendToWindow<E extends MainEvent>(
  window: BrowserWindow | null,
  event: E,
  payload: MainEventPayload<E>,
): void {
  if (!window || window.isDestroyed() || window.webContents.isCrashed()) return;
  window.webContents.send(event, mainEvents[event].parse(payload));
}
