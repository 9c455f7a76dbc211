/**
 * Which pictures are kept back for validation: those whose bytes hash to the lowest part of the range. A picture's side
 * does not change when others are added or it is renamed, and copies of a picture are on the same side.
 */
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { JsonFile } from '../files/json-file';
import type { PictureFolder } from './dataset';

/** Bytes from a file's start that are hashed, with its length: tens of thousands of pictures take seconds. */
const HASHED_BYTES = 65_536;

/** What is remembered of a file: it is read again when its length or time of change is another. */
const memorySchema = z.record(
  z.string(),
  z.object({ bytes: z.number(), changed: z.number(), place: z.number().min(0).max(1) }),
);

type Memory = z.infer<typeof memorySchema>;

export interface Split {
  readonly training: PictureFolder;
  /** null where no picture is kept back. */
  readonly validation: PictureFolder | null;
}

/**
 * Splits a folder's pictures. When all would be kept back, all are trained on and none is.
 * @param share 0 to 1, of the pictures, about
 * @param memoryFile where hashes are kept between starts; a broken or unwritable one costs time only
 */
export async function splitPictures(pictures: PictureFolder, share: number, memoryFile: string): Promise<Split> {
  if (share === 0) return { training: pictures, validation: null };
  const memory = new JsonFile(memoryFile, memorySchema, {});
  const known = await memory.read();
  const now: Memory = {};
  for (const file of pictures.files) {
    const entry = await entryOf(path.join(pictures.root, file), known[file]);
    if (entry !== null) now[file] = entry;
  }
  if (JSON.stringify(now) !== JSON.stringify(known)) await memory.write(now);
  const keptBack = (file: string): boolean => (now[file]?.place ?? 1) < share;
  const training = pictures.subset((file) => !keptBack(file));
  if (training === null) return { training: pictures, validation: null };
  return { training, validation: pictures.subset(keptBack) };
}

/** null for a file that cannot be read: it is left out where pictures are decoded. */
async function entryOf(file: string, known: Memory[string] | undefined): Promise<Memory[string] | null> {
  try {
    const { size, mtimeMs } = await stat(file);
    if (known?.bytes === size && known.changed === mtimeMs) return known;
    return { bytes: size, changed: mtimeMs, place: await placeOf(file, size) };
  } catch {
    return null;
  }
}

/** Evenly distributed in [0, 1). */
async function placeOf(file: string, size: number): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(HASHED_BYTES, Math.max(1, size))));
    const hash = createHash('sha256').update(`${size}:`).update(buffer.subarray(0, bytesRead)).digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  } finally {
    await handle.close();
  }
}
