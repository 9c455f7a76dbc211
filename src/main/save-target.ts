import { basename, dirname, extname, join } from 'node:path';
import { type DocumentInfo } from '../shared/protocol/values';
import { texts } from './texts';

export type Format = DocumentInfo['format'];

/** Extensions by format, the usual one first. */
const EXTENSIONS: Readonly<Record<Format, readonly string[]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  webp: ['webp'],
  tiff: ['tif', 'tiff'],
  avif: ['avif'],
};
const LABELS: Readonly<Record<Format, string>> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', tiff: 'TIFF', avif: 'AVIF' };
/** Of project files, which hold a picture with all its edits. */
const PROJECT_EXTENSION = 'inpaint';
const FORMATS = Object.keys(EXTENSIONS) as Format[];

export interface FileFilter {
  name: string;
  extensions: string[];
}

/** For a dialog that asks for a picture of any format that can be read. */
export function pictureFilters(): FileFilter[] {
  return [{ name: texts.dialogs.pictures, extensions: pictureExtensions() }, allFiles()];
}

/** For the open dialog: all that can be opened. */
export function openFilters(): FileFilter[] {
  return [
    { name: texts.dialogs.picturesAndProjects, extensions: [...pictureExtensions(), PROJECT_EXTENSION] },
    { name: texts.dialogs.pictures, extensions: pictureExtensions() },
    ...projectFilters(),
    allFiles(),
  ];
}

export function projectFilters(): FileFilter[] {
  return [{ name: texts.dialogs.projects, extensions: [PROJECT_EXTENSION] }];
}

function allFiles(): FileFilter {
  return { name: texts.dialogs.allFiles, extensions: ['*'] };
}

function pictureExtensions(): string[] {
  return FORMATS.flatMap((format) => EXTENSIONS[format]);
}

/** Whether a file calls itself a project. */
export function isProject(path: string): boolean {
  return extname(path).toLowerCase() === `.${PROJECT_EXTENSION}`;
}

/** The path with the ending of a project: projects are told from pictures by it. */
export function projectPath(path: string): string {
  return isProject(path) ? path : `${path}.${PROJECT_EXTENSION}`;
}

/** For the save dialog: the document's own format first, because that is what a dialog preselects. */
export function saveFilters(own: Format): FileFilter[] {
  return [own, ...FORMATS.filter((format) => format !== own)].map((format) => ({
    name: LABELS[format],
    extensions: [...EXTENSIONS[format]],
  }));
}

/** The format that a file's name asks for; null when its extension is none of ours. */
export function formatOf(path: string): Format | null {
  const extension = extname(path).slice(1).toLowerCase();
  return FORMATS.find((format) => EXTENSIONS[format].includes(extension)) ?? null;
}

/**
 * Where a picture goes and in which format. An explicitly asked format wins, then the name's extension, then the
 * original's format. An extension of another format is replaced, a missing one added: the path may then
 * differ from the one that the dialog asked about.
 */
export function saveTarget(path: string, asked: Format | undefined, own: Format): { path: string; format: Format } {
  const named = formatOf(path);
  const format = asked ?? named ?? own;
  if (named === format) return { path, format };
  const stem = named === null ? path : path.slice(0, -extname(path).length);
  return { path: `${stem}.${EXTENSIONS[format][0] ?? format}`, format };
}

/** A first proposal that would not write over the original: `photo.jpg` -> `photo filled.jpg`. */
export function proposedName(folder: string, name: string, format: Format): string {
  return join(folder, `${texts.names.filled(stemOf(name))}.${EXTENSIONS[format][0] ?? format}`);
}

/** A first proposal for what belongs to a picture: `photo.jpg` -> `photo mask.png`. */
export function proposedCompanion(folder: string, name: string, named: (stem: string) => string): string {
  return join(folder, `${named(stemOf(name))}.png`);
}

/** A first proposal for the project of a picture: `photo.jpg` -> `photo.inpaint`. */
export function proposedProject(folder: string, name: string): string {
  return join(folder, projectPath(stemOf(name)));
}

/** The name without the ending of a picture or a project. */
function stemOf(name: string): string {
  return formatOf(name) || isProject(name) ? basename(name, extname(name)) : name;
}

/** The folder that a proposal lies in: beside the original, or the pictures' folder for what has none. */
export function proposedFolder(path: string | null, pictures: string): string {
  return path === null ? pictures : dirname(path);
}
