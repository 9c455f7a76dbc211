/** Where results go. */
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errorFor } from '../shared/error-texts';

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** @throws StudioError out-not-made */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw errorFor('out-not-made', { name: basename(folder) }, { file: folder, cause });
  });
}

/** @throws StudioError out-not-made */
export async function makeFolderOf(file: string): Promise<void> {
  await makeFolder(dirname(file));
}
