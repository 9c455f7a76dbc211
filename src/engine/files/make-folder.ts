import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';

/**
 * Makes a folder, and those above it, where they are not there yet.
 * @param reason what is said where that cannot be: of one that a person named for results, to choose another
 * @throws StudioError file-not-writable, of that reason
 */
export async function makeFolder(
  folder: string,
  reason: 'folder-not-written' | 'out-not-made' = 'folder-not-written',
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw errorFor(reason, { name: basename(folder) }, { file: folder, cause });
  });
}
