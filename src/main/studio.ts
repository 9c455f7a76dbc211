import { app, nativeTheme, session, shell } from 'electron';
import { errorFor, toErrorReport } from '../shared/error-texts';
import type { ErrorCode } from '../shared/errors';
import { languageFor } from '../shared/language';
import { type DocumentInfo } from '../shared/protocol/values';
import { AppMenu } from './app-menu';
import { serveAppScheme } from './app-scheme';
import { ComputerCheckDialog } from './computer-check';
import { serveChannels } from './channels';
import { askAboutUnsaved, askToPauseTraining, showCrashMessage } from './dialogs';
import { EngineHost } from './engine-host';
import { appFolders } from './folders';
import { LogFile } from './log-file';
import { Lab } from './lab';
import { asksForDeveloperTools, createMainWindow, sendToWindow } from './main-window';
import { Recovery } from './recovery';
import { OpenDocuments } from './open-documents';
import { scaleInterface } from './interface-scale';
import { lookFor, type RecentPath, recentPath } from './recent-files';
import { SessionFolders } from './session-folders';
import { SettingsFile } from './settings-file';
import { setLanguage, texts } from './texts';
import { Trainer } from './trainer';
import { UnsavedGuard } from './unsaved-guard';
import { SMALLEST_WINDOW } from './window-bounds';
import { spawnEngineProcess } from './worker-processes';

/** Of a file that was not opened. */
const KEPT_AS_RECENT: ReadonlySet<ErrorCode> = new Set(['file-missing', 'cancelled']);

/**
 * Starts engine and window. `takeFirstFile` gives the picture the program was started with, once. Returns what to do
 * with a picture that is opened from outside later (null: only show the window).
 */
export function startStudio(takeFirstFile: () => string | null): (path: string | null) => void {
  const folders = appFolders();
  const log = new LogFile(folders.log, app.commandLine.hasSwitch('verbose'));
  keepLog(log);
  const warn = (message: string, cause?: unknown) => log.write('warning', message, cause);
  const settings = new SettingsFile(folders.settings, warn);
  nativeTheme.themeSource = settings.get().theme;
  setLanguage(languageFor(settings.get().language, app.getPreferredSystemLanguages()));
  serveAppScheme(session.defaultSession, folders.renderer);

  const sessions = new SessionFolders(folders.sessions);
  const tidied = sessions.tidy().catch((error: unknown) => warn('old sessions could not be tidied', error));
  const window = createMainWindow(folders, settings.get());
  window.webContents.on('dom-ready', () => scaleInterface(window, settings.get().interfaceScale, SMALLEST_WINDOW));
  const engine = new EngineHost(
    () => spawnEngineProcess(folders),
    (state) => sendToWindow(window, 'engine:state', state),
  );
  engine.start();
  const documents = new OpenDocuments(engine, sessions, (problem) => warn('a document could not be noted', problem));
  const recovery = new Recovery(engine, sessions, documents);
  const guard = new UnsavedGuard(
    (name) => askAboutUnsaved(window, name),
    () => sendToWindow(window, 'menu:action', { actionId: 'save' }),
  );
  const lab = new Lab(folders, settings);
  const trainer = new Trainer({
    folders,
    settings,
    onRunning: (running) => sendToWindow(window, 'training:changed', running),
    onModel: (modelId) => sendToWindow(window, 'models:changed', { modelId }),
    onLab: () => lab.open(),
  });

  const rememberFile = (path: string, chosen = true): void => {
    settings.addRecentFile(path, chosen);
    lookAtRecent();
  };
  const openFile = async (path: string, chosen: boolean): Promise<DocumentInfo> => {
    await tidied;
    try {
      const info = await documents.open(path, { chosen });
      rememberFile(path, chosen);
      return info;
    } catch (error) {
      // A missing one is shown as missing: its drive may come back. Nothing is wrong with one that was not waited for.
      if (!KEPT_AS_RECENT.has(toErrorReport(error).code)) settings.removeRecentFile(path);
      lookAtRecent();
      throw error;
    }
  };
  const openSample = async (): Promise<DocumentInfo> => {
    await tidied;
    return documents.open(folders.sample, { name: texts.names.sample, savable: false });
  };
  const openUnlessUnsaved = (path: string, chosen: boolean): void => {
    void guard
      .mayDiscard()
      .then(async (may) => {
        if (!may) return;
        sendToWindow(window, 'document:opening', null);
        sendToWindow(window, 'document:opened', await openFile(path, chosen));
      })
      .catch((error: unknown) => sendToWindow(window, 'document:open-failed', toErrorReport(error)));
  };
  const openFromOutside = (path: string | null): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    if (path !== null) openUnlessUnsaved(path, true);
  };

  const clearRecent = (): void => {
    settings.change({ recentFiles: [], droppedFiles: [] });
    lookAtRecent();
  };
  const openRecent = async (recentId: string): Promise<DocumentInfo> => {
    const path = recentPath(settings.get().recentFiles, recentId);
    if (path !== null) return openFile(path, settings.wasChosen(path));
    throw errorFor('not-recent-any-more', {});
  };
  let recent: readonly RecentPath[] = [];
  const computer = new ComputerCheckDialog(window, engine, () =>
    languageFor(settings.get().language, app.getPreferredSystemLanguages()),
  );
  const menu = new AppMenu(
    () => recent,
    {
      action: (actionId) => sendToWindow(window, 'menu:action', { actionId }),
      openRecent: (path) => openUnlessUnsaved(path, settings.wasChosen(path)),
      clearRecent,
      checkComputer: () => void computer.show(),
      showLog: () => shell.showItemInFolder(log.path),
      showLicences: () => void shell.openPath(folders.licences),
      about: () => app.showAboutPanel(),
    },
    asksForDeveloperTools(),
  );
  /** The menu shows the recent files, and which of them are missing, as soon as that is known. */
  const lookAtRecent = (): void => {
    const { recentFiles } = settings.get();
    void lookFor(recentFiles).then((found) => {
      if (settings.get().recentFiles !== recentFiles) return;
      recent = found;
      menu.rebuild();
    });
  };
  lookAtRecent();
  serveChannels({
    window,
    menu,
    settings,
    engine,
    documents,
    recovery,
    guard,
    trainer,
    lab,
    openFile,
    openSample,
    openRecent,
    clearRecent,
    rememberFile,
    takeFirstFile,
  });

  rememberBounds(window, settings);
  guardClosing(window, async () => {
    if (!(await guard.mayDiscard())) return false;
    const names = trainer.runningNames;
    if (names.length > 0 && !(await askToPauseTraining(window, names))) return false;
    await trainer.pauseAll().catch((error: unknown) => warn('a run could not be paused', error));
    trainer.end();
    lab.end();
    return true;
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    guard.report(false, '');
    window.reload();
    showCrashMessage(window, reason);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => {
    settings.saveNow();
    trainer.end();
    lab.end();
    engine.end();
    documents.forgetAll();
  });
  return openFromOutside;
}

/** Notes the start, every process that ends in another way than it should, and faults of the program itself. */
function keepLog(log: LogFile): void {
  const { node, electron } = process.versions;
  log.write(
    'info',
    `Inpaint Studio ${app.getVersion()} starts (Electron ${electron}, Node ${node}, ${process.platform})`,
  );
  app.on('child-process-gone', (_event, { type, reason, name, serviceName }) => {
    if (reason === 'clean-exit') return;
    // Killed is what the program does itself, at a cancel and after a provider was tried.
    log.write(reason === 'killed' ? 'info' : 'warning', `a process ended: ${name ?? serviceName ?? type}, ${reason}`);
  });
  app.on('render-process-gone', (_event, _contents, { reason }) => {
    if (reason !== 'clean-exit') log.write('warning', `a window's process ended: ${reason}`);
  });
  process.on('uncaughtExceptionMonitor', (error) => log.write('error', 'a fault in the program', error));
}

function rememberBounds(window: Electron.BrowserWindow, settings: SettingsFile): void {
  const remember = (): void => {
    // Normal bounds: a maximised or minimised window comes back as it was before.
    if (!window.isDestroyed()) settings.change({ windowBounds: window.getNormalBounds() });
  };
  window.on('resize', remember);
  window.on('move', remember);
}

/** Closing waits until nothing would be lost; a quit that was stopped by it goes on afterwards. */
function guardClosing(window: Electron.BrowserWindow, mayClose: () => Promise<boolean>): void {
  let quitting = false;
  let free = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  window.on('close', (event) => {
    if (free) return;
    event.preventDefault();
    void mayClose().then((may) => {
      if (!may) {
        quitting = false;
        return;
      }
      free = true;
      // Not at once: while the quit that was held up is still being taken back, Electron ignores another.
      if (quitting) setImmediate(() => app.quit());
      else window.close();
    });
  });
}
