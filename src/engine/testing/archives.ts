import { openPromise } from 'yauzl';
import type { Readable } from 'node:stream';

/** The parts of a zip archive by name, in its order. */
export async function readArchiveParts(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const archive = await openPromise(path, { autoClose: false });
  const parts = new Map<string, Buffer>();
  try {
    for await (const entry of archive.eachEntry()) {
      const stream: Readable = await archive.openReadStreamPromise(entry);
      parts.set(entry.fileName, Buffer.concat(await stream.toArray()));
    }
  } finally {
    archive.close();
  }
  return parts;
}
