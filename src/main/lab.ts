import { type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { LAB_PORT_MESSAGE, type LabChannel } from '../shared/lab-bridge';
import { labChannels, labHostRequests, labMainEvents, labStarted } from '../shared/protocol/lab-main';
import type { Handlers } from '../shared/rpc';
import { handleCallOf } from './ipc-handlers';
import { type Folders } from './folders';
import { scaleInterface } from './interface-scale';
import { createPageWindow } from './page-window';
import { isFromWindow } from './sender';
import { type SettingsFile } from './settings-file';
import { spawnLabProcess } from './worker-processes';
import { WorkerHost, type WorkerKind, type WorkerState } from './worker-host';

/** CSS pixels that the page has room in. */
const SMALLEST_LAB = { width: 820, height: 480 } as const;

const LAB: WorkerKind<typeof labHostRequests> = { name: 'lab', contract: labHostRequests, started: labStarted };
type LabHost = WorkerHost<MessagePortMain, typeof labHostRequests>;

/** The lab's window and the process behind it, which starts with the first experiment and ends with the window. */
export class Lab {
  private window: BrowserWindow | null = null;
  private host: LabHost | null = null;

  constructor(
    private readonly folders: Folders,
    private readonly settings: SettingsFile,
  ) {
    const handlers = this.handlers();
    for (const channel of Object.keys(labChannels) as LabChannel[]) {
      ipcMain.handle(channel, (event, payload: unknown) =>
        handleCallOf(labChannels, channel, handlers, this.window !== null && isFromWindow(event, this.window), payload),
      );
    }
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
    window.once('closed', () => this.endProcess());
    this.window = window;
  }

  /** Shows the window's page larger or smaller, if there is one; `interfaceScale` of the settings. */
  scale(interfaceScale: number): void {
    scaleInterface(this.window, interfaceScale, SMALLEST_LAB);
  }

  /** Closes the window and ends the process. */
  end(): void {
    if (this.window && !this.window.isDestroyed()) this.window.destroy();
    this.endProcess();
  }

  private endProcess(): void {
    this.host?.end();
    this.host = null;
  }

  private handlers(): Handlers<typeof labChannels> {
    return {
      'lab:settings': () => this.settings.get(),
      'lab:connect': async () => {
        const host = (this.host ??= this.newHost());
        host.start();
        const { port1, port2 } = new MessageChannelMain();
        await host.connect(port1);
        this.window?.webContents.postMessage(LAB_PORT_MESSAGE, null, [port2]);
      },
    };
  }

  private newHost(): LabHost {
    return new WorkerHost(
      LAB,
      () => spawnLabProcess(this.folders),
      (state) => this.stateChanged(state),
    );
  }

  private stateChanged(state: WorkerState): void {
    const { window } = this;
    if (!window || window.isDestroyed() || window.webContents.isCrashed()) return;
    window.webContents.send('lab:state', labMainEvents['lab:state'].parse(state));
  }
}
