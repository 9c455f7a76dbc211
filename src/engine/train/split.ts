/**
 * Which pictures are kept back for validation: those whose bytes hash to the lowest part of the range, and of few pictures,
 * where that may be none, at any rate the lowest. A picture's side does not change when others are added (unless it was the
 * only one kept back, and another one is lower) or when it is renamed, and copies of a picture are on the same side.
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

/** What fills are measured on: pictures that are kept back, or, of a single picture, other crops than it is trained on. */
export type MeasuredOn = 'pictures' | 'crops';

export interface Split {
  readonly training: PictureFolder;
  /** null where nothing is measured. */
  readonly validation: PictureFolder | null;
  readonly measuredOn: MeasuredOn | null;
}

/**
 * Splits a folder's pictures. At least one is kept back, and at least one is trained on; where there is but one (or copies
 * of one) it is trained on, and measured on other crops.
 * @param share 0 to 1, of the pictures, about; 0: nothing is measured
 * @param memoryFile where hashes are kept between starts; a broken or unwritable one costs time only
 */
export async function splitPictures(pictures: PictureFolder, share: number, memoryFile: string): Promise<Split> {
  if (share === 0) return { training: pictures, validation: null, measuredOn: null };
  const memory = new JsonFile(memoryFile, memorySchema, {});
  const known = await memory.read();
  const now: Memory = {};
  for (const file of pictures.files) {
    const entry = await entryOf(path.join(pictures.root, file), known[file]);
    if (entry !== null) now[file] = entry;
  }
  if (JSON.stringify(now) !== JSON.stringify(known)) await memory.write(now);
  const below = boundOf(now, share);
  const keptBack = (file: string): boolean => (now[file]?.place ?? 1) < below;
  const training = pictures.subset((file) => !keptBack(file));
  const validation = pictures.subset(keptBack);
  if (training === null || validation === null)
    return { training: pictures, validation: pictures, measuredOn: 'crops' };
  return { training, validation, measuredOn: 'pictures' };
}

/** How many pictures of how many are kept back, as the last split left it in its memory; null where nothing is measured. */
export async function keptBackOf(
  share: number,
  memoryFile: string,
): Promise<{ readonly keptBack: number; readonly of: number } | null> {
  const memory = await new JsonFile(memoryFile, memorySchema, {}).read();
  const places = Object.values(memory).map(({ place }) => place);
  if (share === 0 || places.length === 0) return null;
  const below = boundOf(memory, share);
  return { keptBack: places.filter((place) => place < below).length, of: places.length };
}

/** Pictures whose place is below this are kept back: some, and not all, unless all are the same. */
function boundOf(memory: Memory, share: number): number {
  const places = [...new Set(Object.values(memory).map(({ place }) => place))].toSorted((a, b) => a - b);
  const [lowest, second] = places;
  if (lowest === undefined || second === undefined) return 0;
  return Math.min(places.at(-1) ?? 1, Math.max(share, second));
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
