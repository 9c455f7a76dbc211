import { basename, dirname, extname, join } from 'node:path';
import {
  extensionOf,
  formatOfPath,
  PICTURE_FORMAT_NAMES,
  PICTURE_FORMATS,
  type PictureFormat,
} from '../shared/picture-formats';
import { isPicturePath, READABLE_EXTENSIONS } from '../shared/read-only-formats';
import { texts } from './texts';

/** Of project files, which hold a picture with all its edits. */
const PROJECT_EXTENSION = 'inpaint';

export interface FileFilter {
  name: string;
  extensions: string[];
}

/** For a dialog that asks for a picture of any format that can be read. */
export function pictureFilters(): FileFilter[] {
  return [{ name: texts.dialogs.pictures, extensions: [...READABLE_EXTENSIONS] }, allFiles()];
}

/** For the open dialog: all that can be opened. */
export function openFilters(): FileFilter[] {
  return [
    { name: texts.dialogs.picturesAndProjects, extensions: [...READABLE_EXTENSIONS, PROJECT_EXTENSION] },
    { name: texts.dialogs.pictures, extensions: [...READABLE_EXTENSIONS] },
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

/** Whether a file calls itself a project. */
export function isProject(path: string): boolean {
  return extname(path).toLowerCase() === `.${PROJECT_EXTENSION}`;
}

/** The path with the ending of a project: projects are told from pictures by it. */
export function projectPath(path: string): string {
  return isProject(path) ? path : `${path}.${PROJECT_EXTENSION}`;
}

/** For the save dialog: the document's own format first, because that is what a dialog preselects. */
export function saveFilters(own: PictureFormat): FileFilter[] {
  return [own, ...PICTURE_FORMAT_NAMES.filter((format) => format !== own)].map((format) => ({
    name: PICTURE_FORMATS[format].label,
    extensions: [...PICTURE_FORMATS[format].extensions],
  }));
}

/**
 * Where a picture goes and in which format. An explicitly asked format wins, then the name's extension, then the
 * original's format. An extension of another format is replaced, a missing one added: the path may then
 * differ from the one that the dialog asked about.
 */
export function saveTarget(
  path: string,
  asked: PictureFormat | undefined,
  own: PictureFormat,
): { path: string; format: PictureFormat } {
  const named = formatOfPath(path);
  const format = asked ?? named ?? own;
  if (named === format) return { path, format };
  const stem = !isPicturePath(path) ? path : path.slice(0, -extname(path).length);
  return { path: `${stem}${extensionOf(format)}`, format };
}

/** A first proposal that would not write over the original: `photo.jpg` -> `photo filled.jpg`. */
export function proposedName(folder: string, name: string, format: PictureFormat): string {
  return join(folder, `${texts.names.filled(stemOf(name))}${extensionOf(format)}`);
}

/** A first proposal for what belongs to a picture: `photo.jpg` -> `photo mask.png`. */
export function proposedCompanion(
  folder: string,
  name: string,
  named: (stem: string) => string,
  ending = 'png',
): string {
  return join(folder, `${named(stemOf(name))}.${ending}`);
}

/** The path with an ending, in place of that of a picture's format: `photo.jpg` -> `photo.png`. */
export function withEnding(path: string, ending: string): string {
  if (extname(path).toLowerCase() === `.${ending}`) return path;
  const stem = !isPicturePath(path) ? path : path.slice(0, -extname(path).length);
  return `${stem}.${ending}`;
}

/** A first proposal for the project of a picture: `photo.jpg` -> `photo.inpaint`. */
export function proposedProject(folder: string, name: string): string {
  return join(folder, projectPath(stemOf(name)));
}

/** The name without the ending of a picture or a project. */
function stemOf(name: string): string {
  return isPicturePath(name) || isProject(name) ? basename(name, extname(name)) : name;
}

/** The folder that a proposal lies in: beside the original, or the pictures' folder for what has none. */
export function proposedFolder(path: string | null, pictures: string): string {
  return path === null ? pictures : dirname(path);
}
