/** Where results of photos go: what they are called, and what becomes of those that are there already. */
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { extensionOf, formatOfPath, type PictureFormat } from '../../shared/picture-formats';
import { readOnlyFormatOfPath } from '../../shared/read-only-formats';
import { makeFolder } from './make-folder';

const RESULT_SUFFIX = '-inpainted';

/**
 * `photo.jpg` -> `photo-inpainted.jpg` in the folder; of formats that are only read, a PNG.
 * @param format undefined: the photo's own
 */
export function resultPath(photo: string, folder: string, format?: PictureFormat): string {
  const { name, ext } = parse(photo);
  const wanted = format ?? (readOnlyFormatOfPath(photo) === undefined ? undefined : 'png');
  const ending = wanted === undefined || formatOfPath(photo) === wanted ? ext : extensionOf(wanted);
  return join(folder, `${name}${RESULT_SUFFIX}${ending}`);
}

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The same for two names of one file. */
export function identity(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** @throws StudioError out-not-made */
export async function makeFolderOf(file: string): Promise<void> {
  await makeFolder(dirname(file), 'out-not-made');
}
