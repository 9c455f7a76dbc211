import { BrowserWindow, nativeTheme } from 'electron';
import type { Size } from '../shared/geometry';
import { APP_ORIGIN } from './app-files';
import { BACKGROUND, webPreferences } from './main-window';

interface PageWindow {
  /** File of the page among the window's files. */
  readonly page: string;
  readonly preload: string;
  readonly size: Size;
  /** CSS pixels that the page has room in. */
  readonly smallest: Size;
}

/** A sandboxed window beside the main one, without a menu, hidden until it has something to show. */
export function createPageWindow({ page, preload, size, smallest }: PageWindow): BrowserWindow {
  const window = new BrowserWindow({
    ...size,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Inpaint Studio',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: webPreferences(preload),
  });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/${page}`);
  return window;
}
