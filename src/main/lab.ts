import { type BrowserWindow, ipcMain } from 'electron';
import { labChannels } from '../shared/protocol/lab-main';
import { handleCallOf } from './ipc-handlers';
import { type Folders } from './folders';
import { scaleInterface } from './interface-scale';
import { createPageWindow } from './page-window';
import { isFromWindow } from './sender';
import { type SettingsFile } from './settings-file';

/** CSS pixels that the page has room in. */
const SMALLEST_LAB = { width: 820, height: 480 } as const;

/** The lab's window. */
export class Lab {
  private window: BrowserWindow | null = null;

  constructor(
    private readonly folders: Folders,
    private readonly settings: SettingsFile,
  ) {
    ipcMain.handle('lab:settings', (event, payload: unknown) =>
      handleCallOf(
        labChannels,
        'lab:settings',
        { 'lab:settings': () => settings.get() },
        this.window !== null && isFromWindow(event, this.window),
        payload,
      ),
    );
  }

  /** Shows the window, which is made where there is none. */
  open(): void {
    if (this.window && !this.window.isDestroyed()) {
      if (this.window.isMinimized()) this.window.restore();
      this.window.focus();
      return;
    }
    const window = createPageWindow({
      page: 'lab.html',
      preload: this.folders.labPreloadScript,
      size: { width: 1180, height: 800 },
      smallest: SMALLEST_LAB,
    });
    window.webContents.on('dom-ready', () => this.scale(this.settings.get().interfaceScale));
    this.window = window;
  }

  /** Shows the window's page larger or smaller, if there is one; `interfaceScale` of the settings. */
  scale(interfaceScale: number): void {
    scaleInterface(this.window, interfaceScale, SMALLEST_LAB);
  }

  /** Closes the window. */
  end(): void {
    if (this.window && !this.window.isDestroyed()) this.window.destroy();
  }
}
