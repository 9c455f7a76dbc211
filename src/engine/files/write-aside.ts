import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasEnded, ownTag } from '../process/process-identity';
import { writingFailed } from './file-errors';

/** Hidden names of files and folders that are being written, with the tag of the process that does; older versions gave none. */
const ASIDE = /^\.(?:inpaint|import|scratch|exchange)-(?:(.+)-)?[0-9a-f]{12}(?:\.part)?$/;
/** What no tag names and has not been touched for so long belongs to a process that was killed. */
const LEFT_BEHIND_MS = 24 * 3600 * 1000;

/**
 * A hidden name for what is written aside, which says whose it is.
 * @param kind a file that is going to be put in place, the folder of a model that is being imported, one to work in, or a file
 * that two processes exchange bytes by
 */
export async function asideName(kind: 'file' | 'import' | 'scratch' | 'exchange'): Promise<string> {
  const name = `${await ownTag()}-${randomBytes(6).toString('hex')}`;
  return kind === 'file' ? `.inpaint-${name}.part` : `.${kind}-${name}`;
}

/** Removes what processes that were killed while they wrote aside have left in a folder; never what one still writes. */
export async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((): string[] => []);
  for (const name of entries) {
    const [aside, tag] = ASIDE.exec(name) ?? [];
    if (aside === undefined) continue;
    const file = join(folder, name);
    const left = tag === undefined ? await isOld(file) : await hasEnded(tag);
    if (left) await rm(file, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Folders that this process has looked through. */
const tidied = new Set<string>();

/** Where a process was killed while it wrote, the next one that writes there takes away what it left. */
export async function tidyOnce(folder: string): Promise<void> {
  if (tidied.has(folder)) return;
  tidied.add(folder);
  await removeLeftovers(folder);
}

async function isOld(file: string): Promise<boolean> {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
  return Date.now() - mtimeMs > LEFT_BEHIND_MS;
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
    await tidyOnce(dirname(target));
    temporary = join(dirname(target), await asideName('file'));
    await write(temporary, mode);
    await rename(temporary, target);
  } catch (thrown) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw writingFailed(destination, thrown);
  }
}
