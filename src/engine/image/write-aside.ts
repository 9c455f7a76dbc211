import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writingFailed } from './file-errors';

/**
 * Puts a file in place in one step: written under a hidden name in the same folder, flushed to the disk, then renamed.
 * Whoever reads the destination sees the old file or the new one, whole; on failure the old one stays and nothing is
 * left behind. A file that is replaced keeps its permissions; a symbolic link stays one.
 * @throws StudioError disk-full, file-not-writable
 */
export async function writeAside(destination: string, bytes: Uint8Array): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realpath(destination).catch(() => destination);
    const mode = await stat(target).then(
      (old) => old.mode & 0o777,
      () => 0o666,
    );
    temporary = join(dirname(target), `.inpaint-${randomBytes(6).toString('hex')}.part`);
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (thrown) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw writingFailed(destination, thrown);
  }
}
