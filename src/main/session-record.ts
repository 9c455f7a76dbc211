import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { saveOptionsSchema } from '../shared/protocol/saving';
import { replaceFile } from './replace-file';

const RECORD_NAME = 'session.json';

/** What main knows of a document, beside what the engine keeps of it: its files. Paths never leave this process. */
const sessionRecordSchema = z.object({
  name: z.string(),
  /** The file it was opened from. */
  source: z.string(),
  /** What Save writes the picture to; null when nothing was chosen yet. */
  target: z.object({ path: z.string(), options: saveOptionsSchema }).nullable(),
  /** Its project file; null when there is none. */
  project: z.string().nullable(),
  /** The revision that the project file holds. */
  savedRevision: z.number().int().nullable(),
  /** Whether the person has agreed, in a dialog of this process, that Save writes over the document's file. */
  agreed: z.boolean().default(false),
  /** The document that has taken its place, of the same picture on another canvas: it stays for undo alone. */
  replacedBy: z.string().nullable().default(null),
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

/** Puts the record into a session folder, in one step. */
export async function writeRecord(folder: string, record: SessionRecord): Promise<void> {
  const path = join(folder, RECORD_NAME);
  await replaceFile(path, JSON.stringify(record));
}

/** The record in a session folder; null when there is none that can be used. */
export async function readRecord(folder: string): Promise<SessionRecord | null> {
  try {
    return sessionRecordSchema.parse(JSON.parse(await readFile(join(folder, RECORD_NAME), 'utf8')));
  } catch {
    return null;
  }
}
