import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { readingFailed } from '../files/file-errors';
import { writeAside } from '../files/write-aside';

export interface ArchiveContent {
  /** Written first; compressed unless that says false. */
  readonly manifest: { readonly name: string; readonly text: string; readonly compress?: boolean };
  /** Parts in the archive's order: what they are called there, and their files in `folder`. */
  readonly parts: readonly (readonly [name: string, file: string])[];
  readonly folder: string;
}

/**
 * Writes a zip archive in one step: whoever reads the destination sees the old file or the new one, whole. Parts flow
 * from file to file and are never in memory as a whole. They are stored as they are, since pictures do not shrink; only
 * the manifest may be compressed. Archives of more than 4 GB get the 64-bit form.
 * @throws StudioError file-missing or file-unreadable for a part; disk-full, file-not-writable for the archive
 */
export async function writeArchive(destination: string, content: ArchiveContent): Promise<void> {
  const { manifest, parts, folder } = content;
  // Before anything is written: what is missing is said by its name.
  for (const [, part] of parts)
    await stat(join(folder, part)).catch((thrown: unknown) => fail(join(folder, part), thrown));
  await writeAside(destination, async (file) => {
    const zip = new ZipFile();
    // The types know an older kind of stream only.
    const output = zip.outputStream as Readable;
    zip.on('error', (thrown: Error) => output.destroy(thrown));
    zip.addBuffer(Buffer.from(manifest.text), manifest.name, { compress: manifest.compress ?? true });
    for (const [name, part] of parts) {
      const path = join(folder, part);
      zip.addReadStreamLazy(name, { compress: false }, (give) => {
        const input = createReadStream(path);
        input.on('error', (thrown) => output.destroy(readingFailed(path, thrown)));
        give(null, input);
      });
    }
    zip.end();
    for await (const chunk of output) await file.writeFile(chunk as Buffer);
  });
}

function fail(path: string, thrown: unknown): never {
  throw readingFailed(path, thrown);
}
