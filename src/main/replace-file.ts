/** Puts a file in place in one step: whoever reads it, after a power cut too, sees the old one or the new one, whole. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';

const aside = (path: string): string => `${path}.part`;

/** @throws Error when it cannot be written; the old file then stays as it is */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await open(aside(path), 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside(path), path);
}

/** The same where nothing can be waited for: before the program ends. */
export function replaceFileNow(path: string, text: string): void {
  const file = openSync(aside(path), 'w');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside(path), path);
}
