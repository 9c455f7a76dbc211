import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writingFailed } from './file-errors';

/** Hidden names of files that are being written. */
const PART = /^\.inpaint-.+\.part$/;
/** What has not been touched for so long belongs to a process that was killed. */
const LEFT_BEHIND_MS = 60_000;

/** Removes what processes that were killed while they wrote aside have left in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((): string[] => []);
  for (const file of entries.filter((name) => PART.test(name)).map((name) => join(folder, name))) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true }).catch(() => undefined);
  }
}

/**
 * Puts a file in place in one step: written under a hidden name in the same folder, flushed to the disk, then renamed.
 * Whoever reads the destination sees the old file or the new one, whole; on failure the old one stays and nothing is
 * left behind. A file that is replaced keeps its permissions; a symbolic link stays one.
 * @param content the bytes, or what writes them piece by piece
 * @throws StudioError disk-full, file-not-writable; and what `content` throws, if that is a StudioError
 */
export async function writeAside(
  destination: string,
  content: string | Uint8Array | ((file: FileHandle) => Promise<void>),
): Promise<void> {
  await putInPlace(destination, async (temporary, mode) => {
    const handle = await open(temporary, 'wx', mode);
    try {
      if (typeof content === 'function') await content(handle);
      else await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/**
 * Copies a file in the same way, byte for byte; file systems that can share the blocks of both.
 * @param check looks at the source once more before the copy is put in place, and throws if it will not do
 * @throws StudioError as `writeAside`; and what `check` throws
 */
export async function copyAside(
  source: string,
  destination: string,
  check: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await putInPlace(destination, async (temporary) => {
    await copyFile(source, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    // A copy has its source's permissions, which may not allow to write; Windows flushes only what is open for writing.
    await chmod(temporary, 0o600);
    const handle = await open(temporary, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await check();
  });
}

async function putInPlace(
  destination: string,
  write: (temporary: string, mode: number) => Promise<void>,
): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realpath(destination).catch(() => destination);
    const mode = await stat(target).then(
      (old) => old.mode & 0o777,
      () => 0o666,
    );
    temporary = join(dirname(target), `.inpaint-${randomBytes(6).toString('hex')}.part`);
    await write(temporary, mode);
    await rename(temporary, target);
  } catch (thrown) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw writingFailed(destination, thrown);
  }
}
