import { app, type BrowserWindow, dialog } from 'electron';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelExport } from '../shared/protocol/models';
import { type DocumentInfo } from '../shared/protocol/values';
import type { Export, saveOptionsSchema } from '../shared/protocol/saving';
import { type z } from 'zod';
import {
  openFilters,
  pictureFilters,
  projectFilters,
  projectPath,
  proposedCompanion,
  proposedFolder,
  proposedName,
  proposedProject,
  saveFilters,
  saveTarget,
  withEnding,
} from './save-target';
import { texts } from './texts';
import { type UnsavedChoice } from './unsaved-guard';

type SaveOptions = z.infer<typeof saveOptionsSchema>;

/** One file or several; null when the person cancels. */
export async function askWhatToOpen(window: BrowserWindow): Promise<readonly string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.dialogs.openPicture,
    properties: ['openFile', 'multiSelections'],
    filters: openFilters(),
  });
  return canceled || filePaths.length === 0 ? null : filePaths;
}

/** A folder of photos to work on one after the other; null when the person cancels. */
export function askForPhotoFolder(window: BrowserWindow): Promise<string | null> {
  return askForFolder(window, texts.dialogs.openFolder);
}

/** Null when the person cancels. */
export async function askForMask(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.dialogs.openMask,
    properties: ['openFile'],
    filters: pictureFilters(),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** A folder of photographs to train on; null when the person cancels. */
export function askForPictureFolder(window: BrowserWindow): Promise<string | null> {
  return askForFolder(window, texts.dialogs.pictureFolder);
}

/** An ONNX file to import; null when the person cancels. */
export async function askForModel(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: texts.dialogs.importModel,
    properties: ['openFile'],
    filters: [
      { name: 'ONNX', extensions: ['onnx'] },
      { name: texts.dialogs.allFiles, extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** A folder that does not exist yet, or an ONNX file; null when the person cancels. */
export async function askWhereToExportModel(window: BrowserWindow, what: ModelExport): Promise<string | null> {
  const onnx = what.as === 'onnx';
  const name = onnx ? `${what.modelId}-${what.side}.onnx` : what.modelId;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: onnx ? texts.dialogs.exportOnnx : texts.dialogs.exportModelFolder,
    defaultPath: join(app.getPath('documents'), name),
    ...(onnx ? { filters: [{ name: 'ONNX', extensions: ['onnx'] }] } : {}),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  return canceled || !filePath ? null : filePath;
}

/** Before the program ends while runs are trained. */
export async function askToPauseTraining(window: BrowserWindow, names: readonly string[]): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.dialogs.training(names),
    detail: texts.dialogs.trainingHelp,
    buttons: [texts.dialogs.pauseAndQuit, texts.dialogs.cancel],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** The folder for the results of several photos; null when the person cancels. */
export function askWhereResultsGo(window: BrowserWindow): Promise<string | null> {
  return askForFolder(window, texts.dialogs.resultsFolder, ['createDirectory']);
}

/** What is to become of results that are in the folder already. @param there how many of them, of `total` */
export async function askAboutResults(
  window: BrowserWindow,
  there: number,
  total: number,
): Promise<'skip' | 'replace' | 'cancel'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.dialogs.resultsThere(there, total),
    detail: texts.dialogs.resultsThereHelp,
    buttons: [texts.dialogs.skipThem, texts.dialogs.writeOverThem, texts.dialogs.cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return response === 0 ? 'skip' : response === 1 ? 'replace' : 'cancel';
}

/** Where to write a mask, always a PNG; null when the person cancels. */
export async function askWhereToSaveMask(
  window: BrowserWindow,
  document: { readonly name: string; readonly path: string | null },
): Promise<string | null> {
  const folder = proposedFolder(document.path, app.getPath('pictures'));
  const proposed = proposedCompanion(folder, document.name, texts.names.mask);
  return askForPng(window, texts.dialogs.saveMask, proposed);
}

/** Where to save, and as what; null when the person cancels. */
export async function askWhereToSave(
  window: BrowserWindow,
  document: { readonly info: DocumentInfo; readonly name: string; readonly path: string | null },
  options: SaveOptions,
): Promise<{ path: string; options: SaveOptions } | null> {
  const { info, name, path } = document;
  const folder = proposedFolder(path, app.getPath('pictures'));
  const format = options.format ?? info.format;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: texts.dialogs.savePicture,
    defaultPath: proposedName(folder, name, format),
    filters: saveFilters(format),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || !filePath) return null;
  const target = saveTarget(filePath, options.format, info.format);
  // The dialog has asked about the name that was typed, not about the one with the right extension.
  if (target.path !== filePath && existsSync(target.path) && !(await askToOverwrite(window, target.path))) return null;
  return { path: target.path, options: { ...options, format: target.format } };
}

/** Where to keep a project; null when the person cancels. */
export async function askWhereToSaveProject(
  window: BrowserWindow,
  document: { readonly name: string; readonly path: string | null },
): Promise<string | null> {
  const { name, path } = document;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: texts.dialogs.saveProject,
    defaultPath: proposedProject(proposedFolder(path, app.getPath('pictures')), name),
    filters: projectFilters(),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || !filePath) return null;
  const target = projectPath(filePath);
  // The dialog has asked about the name that was typed, not about the one with the right ending.
  if (target !== filePath && existsSync(target) && !(await askToOverwrite(window, target))) return null;
  return target;
}

/** Where to write an export: a folder for layers, a file with layers, else a PNG; null when the person cancels. */
export async function askWhereToExport(
  window: BrowserWindow,
  what: Export,
  document: { readonly name: string; readonly path: string | null },
): Promise<string | null> {
  const { kind } = what;
  const folder = proposedFolder(document.path, app.getPath('pictures'));
  if (kind === 'layers') {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: texts.dialogs.exportLayers,
      defaultPath: folder,
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }
  if (kind === 'layered') {
    const { format } = what;
    const proposed = proposedCompanion(folder, document.name, texts.names.withLayers, format);
    return askForFile(window, texts.dialogs.exportLayered, proposed, { name: LAYERED_NAMES[format], ending: format });
  }
  const [title, name] =
    kind === 'mask'
      ? [texts.dialogs.exportMask, texts.names.fills]
      : [texts.dialogs.exportBeforeAfter, texts.names.beforeAfter];
  return askForPng(window, title, proposedCompanion(folder, document.name, name));
}

const LAYERED_NAMES = { psd: 'Photoshop', ora: 'OpenRaster' } as const;

function askForPng(window: BrowserWindow, title: string, defaultPath: string): Promise<string | null> {
  return askForFile(window, title, defaultPath, { name: 'PNG', ending: 'png' });
}

/** A file with the ending of its kind, which replaces that of a picture. */
async function askForFile(
  window: BrowserWindow,
  title: string,
  defaultPath: string,
  { name, ending }: { readonly name: string; readonly ending: string },
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath,
    filters: [{ name, extensions: [ending] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || !filePath) return null;
  const target = withEnding(filePath, ending);
  // The dialog has asked about the name that was typed, not about the one with the right extension.
  if (target !== filePath && existsSync(target) && !(await askToOverwrite(window, target))) return null;
  return target;
}

/** What the person says to a file being written over: yes, no, or that a project is to be saved instead. */
export type WriteOver = 'agreed' | 'cancel' | 'project';

/** Before Save writes over a file for the first time. @param isProject there is a project already, and it is what is written */
export async function askToWriteOver(window: BrowserWindow, name: string, isProject: boolean): Promise<WriteOver> {
  const answers: readonly WriteOver[] = isProject ? ['agreed', 'cancel'] : ['agreed', 'project', 'cancel'];
  const words = {
    agreed: texts.dialogs.writeOver,
    project: texts.dialogs.saveAsProject,
    cancel: texts.dialogs.cancel,
  } as const;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.dialogs.overwrite(name),
    detail: isProject ? texts.dialogs.overwriteProjectHelp : texts.dialogs.overwriteHelp,
    buttons: answers.map((answer) => words[answer]),
    defaultId: 0,
    cancelId: answers.length - 1,
    noLink: true,
  });
  return answers[response] ?? 'cancel';
}

/** Before a folder that was dropped on the trainer is looked into: the page that says so could name any. */
export function askAboutFolder(window: BrowserWindow, path: string): Promise<boolean> {
  return askWhetherMeant(window, path, texts.dialogs.useFolder(basename(path)), texts.dialogs.useIt);
}

/** The same before the photos of a dropped folder are opened. */
export function askAboutPhotoFolder(window: BrowserWindow, path: string): Promise<boolean> {
  return askWhetherMeant(window, path, texts.dialogs.openPhotosIn(basename(path)), texts.dialogs.openThem);
}

async function askWhetherMeant(window: BrowserWindow, path: string, question: string, yes: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question,
    detail: path,
    buttons: [yes, texts.dialogs.cancel],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

async function askToOverwrite(window: BrowserWindow, path: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: texts.dialogs.exists(basename(path)),
    detail: texts.dialogs.existsHelp,
    buttons: [texts.dialogs.writeOver, texts.dialogs.cancel],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

export async function askAboutUnsaved(window: BrowserWindow, name: string): Promise<UnsavedChoice> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: texts.dialogs.unsaved(name),
    detail: texts.dialogs.unsavedHelp,
    buttons: [texts.dialogs.save, texts.dialogs.discard, texts.dialogs.cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return response === 0 ? 'save' : response === 1 ? 'discard' : 'cancel';
}

/** After the window's own process has died: its page has been loaded again. */
export function showCrashMessage(window: BrowserWindow, reason: string): void {
  void dialog.showMessageBox(window, {
    type: 'error',
    message: texts.dialogs.crashed,
    detail: texts.dialogs.crashReason(reason),
  });
}

async function askForFolder(
  window: BrowserWindow,
  title: string,
  properties: readonly 'createDirectory'[] = [],
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openDirectory', ...properties],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
