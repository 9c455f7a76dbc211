import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A new folder for a file that is dragged out of the window, inside the document's: who takes the file may read it later, so
 * the one before stays; those before that go.
 */
export async function draggedFolder(sessionFolder: string): Promise<string> {
  const root = join(sessionFolder, 'dragged');
  const earlier = (await readdir(root).catch((): string[] => [])).toSorted((a, b) => Number(a) - Number(b));
  for (const old of earlier.slice(0, -1)) await rm(join(root, old), { recursive: true, force: true });
  const folder = join(root, String(Number(earlier.at(-1) ?? 0) + 1));
  await mkdir(folder, { recursive: true });
  return folder;
}
