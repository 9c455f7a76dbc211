import { basename, dirname, extname, join } from 'node:path';
import { type DocumentInfo } from '../shared/protocol';

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
const FORMATS = Object.keys(EXTENSIONS) as Format[];

export interface FileFilter {
  name: string;
  extensions: string[];
}

/** For the open dialog: all pictures that can be read. */
export function openFilters(): FileFilter[] {
  return [
    { name: 'Pictures', extensions: FORMATS.flatMap((format) => EXTENSIONS[format]) },
    { name: 'All files', extensions: ['*'] },
  ];
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
  const stem = formatOf(name) ? basename(name, extname(name)) : name;
  return join(folder, `${stem} filled.${EXTENSIONS[format][0] ?? format}`);
}

/** A first proposal for the hole of a picture: `photo.jpg` -> `photo mask.png`. */
export function proposedMaskName(folder: string, name: string): string {
  const stem = formatOf(name) ? basename(name, extname(name)) : name;
  return join(folder, `${stem} mask.png`);
}

/** The folder that a proposal lies in: beside the original, or the pictures' folder for what has none. */
export function proposedFolder(path: string, savable: boolean, pictures: string): string {
  return savable ? dirname(path) : pictures;
}
