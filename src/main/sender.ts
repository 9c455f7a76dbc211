import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { isAppAddress } from './app-files';

/** The top frame of one of our own windows, showing our own page. */
export function isFromWindow(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (!frame || window.isDestroyed() || event.sender !== window.webContents) return false;
  return frame === window.webContents.mainFrame && isAppAddress(frame.url);
}
