import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { readingFailed } from './file-errors';

/** A pipe that nobody writes to is opened at once, instead of never; Windows has no such thing. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK || 0);

/**
 * Reads a file that somebody else named, whole: pipes and devices, which may never end, are refused before a byte is read.
 * @param path of a file, or of a link to one
 * @param mostBytes that it may have; `tooLarge` makes the error for more
 * @throws StudioError file-missing, file-unreadable (no permission, a folder, a pipe or a device), what `tooLarge` gives
 */
export async function readRegularFile(path: string, mostBytes: number, tooLarge: () => Error): Promise<Buffer> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, AT_ONCE);
    const found = await handle.stat();
    requireRegular(found, path);
    if (found.size > mostBytes) throw tooLarge();
    return await handle.readFile();
  } catch (thrown) {
    throw readingFailed(path, thrown);
  } finally {
    await handle?.close();
  }
}

/**
 * Refuses what is found at a path but is no file: a pipe would be waited for without an end.
 * @throws StudioError file-unreadable
 */
export function requireRegular(found: Stats, path: string): void {
  if (found.isDirectory()) throw readingFailed(path, Object.assign(new Error('is a directory'), { code: 'EISDIR' }));
  if (!found.isFile()) throw errorFor('no-regular-file', { name: basename(path) }, { file: path });
}
