import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { ORIGINAL_NAME } from '../../shared/session-folder';
import { readingFailed } from '../files/file-errors';
import { copyAside } from '../files/write-aside';
import { endingOf, type OpenedPicture } from '../image/opened-picture';
import { openPicture } from '../image/read-picture';

/** The name of the kept original in a session folder; null when there is none yet. */
async function sessionOriginal(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  return names.find((name) => ORIGINAL_NAME.test(name)) ?? null;
}

/** A document's picture, of which the header was read. */
export interface OpenedOriginal {
  readonly opened: OpenedPicture;
  /** Resolves with the name of its copy in the session folder. Errors: those of `copyOriginal`. */
  readonly keep: () => Promise<string>;
}

/**
 * Opens a document's picture: the copy of it in the session folder, where there is one.
 * @throws StudioError as `openPicture`
 */
export async function openOriginal(
  { path, sessionFolder, name }: { readonly path: string; readonly sessionFolder: string; readonly name: string },
  signal?: AbortSignal,
): Promise<OpenedOriginal> {
  const kept = await sessionOriginal(sessionFolder);
  const source = kept === null ? path : join(sessionFolder, kept);
  const state = await fileState(source);
  const opened = await openPicture(source, { name, signal });
  const keep = () =>
    kept === null ? copyOriginal(path, sessionFolder, endingOf(opened), state) : Promise.resolve(kept);
  return { opened, keep };
}

/** A file as it was at a moment. */
interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
}

/** @throws StudioError file-missing, file-unreadable */
async function fileState(path: string): Promise<FileState> {
  return stat(path).catch((thrown: unknown) => {
    throw readingFailed(path, thrown);
  });
}

/**
 * Copies a picture's file, byte for byte, into the session folder: a document is whole without the file it came from,
 * which may be written over, moved or deleted at any time. File systems that can share the blocks of both.
 * @param ending of its format, with its dot
 * @param decoded the file as it was when it was decoded
 * @returns the copy's name
 * @throws StudioError file-unreadable when the file has changed since; disk-full, file-not-writable
 */
export async function copyOriginal(path: string, folder: string, ending: string, decoded: FileState): Promise<string> {
  const name = `original${ending}`;
  await copyAside(path, join(folder, name), async () => {
    const now = await fileState(path);
    if (now.size === decoded.size && now.mtimeMs === decoded.mtimeMs) return;
    throw errorFor('changed-while-opened', { name: basename(path) }, { file: path });
  });
  return name;
}
