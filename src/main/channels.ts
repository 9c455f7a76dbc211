import { app, type BrowserWindow, ipcMain, MessageChannelMain, nativeTheme } from 'electron';
import { ENGINE_PORT_MESSAGE, type MainChannel } from '../shared/bridge';
import { windowChannels } from '../shared/protocol/window-main';
import { errorFor } from '../shared/error-texts';
import type { Saved } from '../shared/protocol/saving';
import { languageFor } from '../shared/language';
import { type DocumentInfo } from '../shared/protocol/values';
import { type AppMenu } from './app-menu';
import { ChosenPaths } from './chosen-paths';
import { DroppedFiles } from './dropped-files';
import { DragOut } from './drag-out';
import { handleCall, type IpcHandlers } from './ipc-handlers';
import {
  askForMask,
  askToWriteOver,
  askWhereToExport,
  askWhereToSaveProject,
  askWhereToSave,
  askWhereToSaveMask,
  type WriteOver,
} from './dialogs';
import { type EngineHost } from './engine-host';
import { type Lab } from './lab';
import { type Recovery } from './recovery';
import { photoHandlers } from './photo-channels';
import { modelFiles } from './model-files';
import { type OpenDocuments } from './open-documents';
import { readPicture, writePicture } from './picture-clipboard';
import { lookFor, recentFile } from './recent-files';
import { scaleInterface } from './interface-scale';
import { isFromWindow } from './sender';
import { type SettingsFile } from './settings-file';
import { setLanguage, texts } from './texts';
import { type Trainer } from './trainer';
import { type UnsavedGuard } from './unsaved-guard';
import { SMALLEST_WINDOW } from './window-bounds';

/** What the channels work with. */
export interface Studio {
  readonly window: BrowserWindow;
  readonly menu: AppMenu;
  readonly settings: SettingsFile;
  readonly engine: EngineHost<Electron.MessagePortMain>;
  readonly documents: OpenDocuments;
  readonly recovery: Recovery;
  readonly guard: UnsavedGuard;
  readonly trainer: Trainer;
  readonly lab: Lab;
  /** Opens a file and remembers it among the recent ones; `chosen`: in a dialog, not dropped. */
  readonly openFile: (path: string, chosen: boolean) => Promise<DocumentInfo>;
  readonly openSample: () => Promise<DocumentInfo>;
  readonly openRecent: (recentId: string) => Promise<DocumentInfo>;
  readonly clearRecent: () => void;
  /** Puts a file first among the recent ones. */
  readonly rememberFile: (path: string) => void;
  /** The picture that the program was started with; once. */
  readonly takeFirstFile: () => string | null;
}

/** Connects every channel of the protocol. */
export function serveChannels(studio: Studio): void {
  const handlers = channelHandlers(studio);
  for (const channel of Object.keys(windowChannels) as MainChannel[]) {
    ipcMain.handle(channel, (event, payload: unknown) =>
      handleCall(channel, handlers, isFromWindow(event, studio.window), payload),
    );
  }
}

function channelHandlers(studio: Studio): IpcHandlers {
  const { window, menu, settings, engine, documents, recovery, guard } = studio;
  const chosen = new ChosenPaths();
  const dropped = new DroppedFiles(chosen);
  const dragOut = new DragOut(window, documents, engine);
  /** Whether Save may write over the document's file: a file that no dialog has agreed to is asked about first, here and not by the page. */
  const mayWriteOver = async (documentId: string): Promise<WriteOver> => {
    const name = documents.mustAsk(documentId);
    if (name === null) return 'agreed';
    const answer = await askToWriteOver(window, name, documents.get(documentId).project !== null);
    if (answer === 'agreed') await documents.agree(documentId);
    if (answer === 'cancel') guard.saveAbandoned();
    return answer;
  };
  /** Asks for a place; null when the person does not want it after all. */
  const saveProjectAs = async (documentId: string): Promise<Saved | null> => {
    const { name } = documents.get(documentId);
    const path = await askWhereToSaveProject(window, { name, path: documents.home(documentId) });
    if (path === null) {
      guard.saveAbandoned();
      return null;
    }
    const saved = await abandonedOnFailure(guard, documents.saveProject(documentId, path));
    studio.rememberFile(path);
    return saved;
  };
  return {
    'app:info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
    }),
    'settings:get': () => settings.get(),
    'settings:change': (change) => {
      const changed = settings.change(change);
      nativeTheme.themeSource = changed.theme;
      if (change.language !== undefined) {
        setLanguage(languageFor(changed.language, app.getPreferredSystemLanguages()));
        menu.rebuild();
      }
      if (change.interfaceScale !== undefined) {
        scaleInterface(window, change.interfaceScale, SMALLEST_WINDOW);
        studio.trainer.scale(change.interfaceScale);
        studio.lab.scale(change.interfaceScale);
      }
      return changed;
    },
    'document:open-first': async () => {
      const path = studio.takeFirstFile();
      if (path !== null) return studio.openFile(path, true);
      // A page that was loaded again finds the picture it had.
      const open = documents.newest();
      return open ? documents.reopen(open.documentId) : studio.openSample();
    },
    'document:open-sample': () => studio.openSample(),
    'drop:offer': ({ path }) => dropped.offer(path),
    'drop:prove': async (proof) => ({ ticket: await dropped.prove(proof) }),
    'document:paste': async () => {
      const png = await readPicture();
      return png === null ? null : documents.openBytes(png, texts.names.pasted, '.png');
    },
    'document:copy': async ({ documentId, layers }) => {
      const png = await documents.pictureForClipboard(documentId, layers);
      if (!(await writePicture(png))) throw errorFor('not-copied', { name: documents.get(documentId).name });
    },
    'document:prepare-drag': async ({ documentId, layers }) => void (await dragOut.prepare(documentId, layers)),
    'document:drag': ({ documentId, layers }) => dragOut.start(documentId, layers),
    'document:reopen': ({ documentId }) => documents.reopen(documentId),
    'document:reframe': ({ documentId, frame, revision }) => documents.reframe(documentId, frame, revision),
    'document:exchange': ({ from, to }) => documents.exchange(from, to),
    'document:cancel-open': () => documents.cancelOpening(),
    'document:close': ({ documentId }) => documents.close(documentId),
    'document:save': async ({ documentId, layers }) => {
      const answer = await mayWriteOver(documentId);
      if (answer === 'agreed') return abandonedOnFailure(guard, documents.save(documentId, layers));
      return answer === 'project' ? answer : null;
    },
    'document:save-as': async ({ documentId, layers, options }) => {
      const { info, name } = documents.get(documentId);
      const chosen = await askWhereToSave(window, { info, name, path: documents.home(documentId) }, options);
      if (!chosen) {
        guard.saveAbandoned();
        return null;
      }
      const saved = await abandonedOnFailure(guard, documents.saveAs(documentId, layers, chosen.path, chosen.options));
      studio.rememberFile(chosen.path);
      return saved;
    },
    'document:save-copy': async ({ documentId, layers, options }) => {
      const { info, name } = documents.get(documentId);
      const chosen = await askWhereToSave(window, { info, name, path: documents.home(documentId) }, options);
      return chosen && documents.saveCopy(documentId, layers, chosen.path, chosen.options);
    },
    'project:save': async ({ documentId }) => {
      const { project } = documents.get(documentId);
      if (project === null) return saveProjectAs(documentId);
      if ((await mayWriteOver(documentId)) !== 'agreed') return null;
      return abandonedOnFailure(guard, documents.saveProject(documentId, project));
    },
    'project:save-as': ({ documentId }) => saveProjectAs(documentId),
    'document:export': async ({ documentId, what }) => {
      const { name } = documents.get(documentId);
      const path = await askWhereToExport(window, what, { name, path: documents.home(documentId) });
      return path === null ? null : documents.export(documentId, what, path);
    },
    'recent:list': async () => (await lookFor(settings.get().recentFiles)).map(recentFile),
    'recent:open': ({ recentId }) => studio.openRecent(recentId),
    'recent:clear': () => studio.clearRecent(),
    'recovery:list': () => recovery.list(),
    'recovery:restore': ({ documentId }) => recovery.restore(documentId),
    'recovery:discard': ({ documentId }) => recovery.discard(documentId),
    'mask:open': async ({ documentId }) => {
      const path = await askForMask(window);
      return path === null ? null : documents.readMask(documentId, path);
    },
    'mask:open-dropped': ({ documentId, ticket }) => documents.readMask(documentId, chosen.path(ticket)),
    'mask:paste': async ({ documentId }) => {
      const png = await readPicture();
      return png === null ? null : documents.readMaskBytes(documentId, png, texts.names.pasted);
    },
    'mask:save': async ({ documentId, mask }) => {
      const { name } = documents.get(documentId);
      const path = await askWhereToSaveMask(window, { name, path: documents.home(documentId) });
      return path === null ? null : documents.writeMask(documentId, path, mask);
    },
    'engine:connect': async () => {
      engine.start();
      const { port1, port2 } = new MessageChannelMain();
      await engine.connect(port1);
      window.webContents.postMessage(ENGINE_PORT_MESSAGE, null, [port2]);
    },
    'trainer:open': ({ base }) => studio.trainer.open(base),
    'lab:open': () => studio.lab.open(),
    ...modelFiles(window, engine, chosen),
    ...photoHandlers({ window, engine, documents, chosen, openFile: studio.openFile }),
    'window:save-abandoned': () => guard.saveAbandoned(),
    'window:menu': (windowMenu) => menu.follow(windowMenu),
    'window:unsaved': ({ unsaved, unfilled, name }) => {
      guard.report(unsaved, name);
      // Of what is unsaved the person is asked, and decides about all of it.
      documents.keepNewest(unfilled && !unsaved);
      // macOS shows it as a dot in the close button.
      window.setDocumentEdited(unsaved);
    },
  };
}

async function abandonedOnFailure<T>(guard: UnsavedGuard, saving: Promise<T>): Promise<T> {
  try {
    return await saving;
  } catch (error) {
    guard.saveAbandoned();
    throw error;
  }
}
