import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { asideName, tidyOnce } from './write-aside';

/**
 * Works in a folder of its own among the temporary files, for the user's eyes alone, which is gone afterwards. One that a killed
 * process left is removed by the next that makes one.
 * @throws StudioError file-not-writable where there can be none; and what `work` throws
 */
export async function withScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const place = tmpdir();
  await tidyOnce(place);
  const folder = join(place, await asideName('scratch'));
  await mkdir(folder, { mode: 0o700 }).catch((cause: unknown) => {
    throw errorFor('no-scratch-folder', { name: basename(place) }, { file: place, cause });
  });
  try {
    return await work(folder);
  } finally {
    // What cannot be removed now is a matter for the next process, and no reason to call the work failed.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
