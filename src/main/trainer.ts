import { type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain, shell } from 'electron';
import { join } from 'node:path';
import { type TrainerChannel, TRAINING_PORT_MESSAGE } from '../shared/trainer-bridge';
import { trainerChannels, trainerEvents } from '../shared/protocol/trainer-main';
import { trainingHostRequests, trainingStarted } from '../shared/protocol/main-training';
import { runSummarySchema } from '../shared/training';
import type { MainEventPayload } from '../shared/bridge';
import type { Handlers } from '../shared/rpc';
import { handleCallOf } from './ipc-handlers';
import { ChosenPaths } from './chosen-paths';
import { askAboutFolder, askForPictureFolder } from './dialogs';
import { type Folders } from './folders';
import { scaleInterface } from './interface-scale';
import { createPageWindow } from './page-window';
import { RunningRuns } from './running-runs';
import { isFromWindow } from './sender';
import { type SettingsFile } from './settings-file';
import { spawnTrainingProcess } from './worker-processes';
import { WorkerHost, type WorkerKind, type WorkerState } from './worker-host';

/** CSS pixels that the page has room in. */
const SMALLEST_TRAINER = { width: 820, height: 480 } as const;

const TRAINING: WorkerKind<typeof trainingHostRequests> = {
  name: 'training',
  contract: trainingHostRequests,
  started: trainingStarted,
};

export interface TrainerOptions {
  readonly folders: Folders;
  readonly settings: SettingsFile;
  /** What is being trained has changed. */
  readonly onRunning: (running: MainEventPayload<'training:changed'>) => void;
  /** A run's model was put into the library. */
  readonly onModel: (modelId: string) => void;
  /** The lab is asked for. */
  readonly onLab: () => void;
}

/**
 * The trainer's window and the process behind it. The process starts when the window is first opened and stays: training
 * goes on while the window is closed, until the program ends.
 */
export class Trainer {
  private window: BrowserWindow | null = null;
  /** What the page has yet to be told to start from. */
  private base: string | null = null;
  private readonly host: WorkerHost<MessagePortMain, typeof trainingHostRequests>;
  private readonly running: RunningRuns;
  private readonly chosen = new ChosenPaths();
  private readonly options: TrainerOptions;

  constructor(options: TrainerOptions) {
    this.options = options;
    this.running = new RunningRuns(options.onRunning);
    this.host = new WorkerHost(
      TRAINING,
      () => spawnTrainingProcess(options.folders),
      (state) => this.stateChanged(state),
      (name, payload) => {
        const changed = runSummarySchema.safeParse(payload);
        if (name === 'run:changed' && changed.success) this.running.hear(changed.data);
      },
    );
    this.serveChannels();
  }

  /**
   * Shows the window, which is made where there is none.
   * @param base a model to be taught: the window asks at once what
   */
  open(base: string | null): void {
    this.host.start();
    this.base = base;
    if (this.window && !this.window.isDestroyed()) {
      this.offerBase();
      if (this.window.isMinimized()) this.window.restore();
      this.window.focus();
      return;
    }
    const window = createPageWindow({
      page: 'trainer.html',
      preload: this.options.folders.trainerPreloadScript,
      size: { width: 1180, height: 800 },
      smallest: SMALLEST_TRAINER,
    });
    window.webContents.on('dom-ready', () => this.scale(this.options.settings.get().interfaceScale));
    this.window = window;
  }

  /** Shows the window's page larger or smaller, if there is one; `interfaceScale` of the settings. */
  scale(interfaceScale: number): void {
    scaleInterface(this.window, interfaceScale, SMALLEST_TRAINER);
  }

  /** Names of the runs that are being trained. */
  get runningNames(): readonly string[] {
    return this.running.names;
  }

  /** Lets the runs finish their step and keep it. */
  async pauseAll(): Promise<void> {
    if (this.running.names.length > 0) await this.host.request('pauseAll', undefined);
  }

  /** Closes the window and ends the process. */
  end(): void {
    if (this.window && !this.window.isDestroyed()) this.window.destroy();
    this.host.end();
  }

  private stateChanged(state: WorkerState): void {
    if (state.state !== 'ready') this.running.forgetAll();
    const { window } = this;
    if (!window || window.isDestroyed() || window.webContents.isCrashed()) return;
    window.webContents.send('trainer:state', trainerEvents['trainer:state'].parse(state));
  }

  private offerBase(): void {
    if (this.base === null) return;
    this.window?.webContents.send('trainer:base', trainerEvents['trainer:base'].parse({ modelId: this.base }));
    this.base = null;
  }

  private serveChannels(): void {
    const handlers = this.handlers();
    for (const channel of Object.keys(trainerChannels) as TrainerChannel[]) {
      ipcMain.handle(channel, (event, payload: unknown) =>
        handleCallOf(
          trainerChannels,
          channel,
          handlers,
          this.window !== null && isFromWindow(event, this.window),
          payload,
        ),
      );
    }
  }

  private handlers(): Handlers<typeof trainerChannels> {
    const choose = async (path: string) => {
      const { name, pictures } = await this.host.request('inspect', { folder: path });
      return { ticket: this.chosen.add(path), name, pictures };
    };
    return {
      'trainer:settings': () => this.options.settings.get(),
      'trainer:choose-folder': async () => {
        const path = this.window ? await askForPictureFolder(this.window) : null;
        return path === null ? null : choose(path);
      },
      // Nothing is looked at before the person has said that it is meant: the page could name any folder.
      'trainer:drop-folder': async ({ path }) => {
        const meant = this.window !== null && (await askAboutFolder(this.window, path));
        return meant ? choose(path) : null;
      },
      'trainer:create': ({ ticket, ...run }) =>
        this.host.request('create', { ...run, pictures: this.chosen.path(ticket), criticsFrom: null }),
      'trainer:move-pictures': ({ runId, ticket }) =>
        this.host.request('movePictures', { runId, folder: this.chosen.path(ticket) }),
      'trainer:reveal': async ({ runId }) => {
        await shell.openPath(join(this.options.folders.runs, runId));
      },
      'trainer:open-lab': () => this.options.onLab(),
      'trainer:exported': ({ modelId }) => this.options.onModel(modelId),
      'trainer:connect': async () => {
        this.host.start();
        const { port1, port2 } = new MessageChannelMain();
        await this.host.connect(port1);
        this.window?.webContents.postMessage(TRAINING_PORT_MESSAGE, null, [port2]);
        this.offerBase();
      },
    };
  }
}
