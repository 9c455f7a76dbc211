import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';

/** Makes a folder, and those above it, where they are not there yet. @throws StudioError file-not-writable */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw errorFor('folder-not-written', { name: basename(folder) }, { file: folder, cause });
  });
}
