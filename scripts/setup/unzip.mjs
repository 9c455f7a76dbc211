import { chmodSync, createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Unpacks the files of a zip, with their modes.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place where in the folder a file goes; undefined leaves it out
 */
export async function unzip(archive, folder, place) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (name === undefined) continue;
      const target = path.join(folder, name);
      mkdirSync(path.dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      if (mode !== 0) chmodSync(target, mode);
    }
  } finally {
    zip.close();
  }
}
