import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import type { ErrorReport, StudioError } from '../../shared/errors';
import { isPicturePath } from '../../shared/read-only-formats';
import { readingFailed } from '../files/file-errors';

/** A picture that training goes on without; `file` lies below the folder of pictures. */
export interface SkippedFile {
  readonly file: string;
  readonly error: ErrorReport;
}

/** Tells of a file once, however many threads or processes find it out. */
export function eachOnce(onSkipped: (skipped: SkippedFile) => void = () => undefined): (skipped: SkippedFile) => void {
  const told = new Set<string>();
  return (skipped) => {
    if (told.has(skipped.file)) return;
    told.add(skipped.file);
    onSkipped(skipped);
  };
}

export interface PictureFiles {
  /** Paths below the folder, sorted. */
  readonly files: readonly string[];
  /** Links that lead nowhere, and folders below it that cannot be read. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Finds the pictures of a folder and everything below it, reading folders piece by piece. Symbolic links are followed, to
 * files and to folders, as whoever put them there expects; a folder is looked through once, however many ways lead to it, so
 * links in a circle come to an end. What is reached without links keeps its plain path.
 * @throws what the system says when the folder itself cannot be read
 */
export async function findPictures(root: string): Promise<PictureFiles> {
  const files: string[] = [];
  const skipped: SkippedFile[] = [];
  const links: string[] = [];
  const seen = new Set<string>();

  const lookThrough = async (folder: string): Promise<void> => {
    const place = await realpath(path.join(root, folder));
    if (seen.has(place)) return;
    seen.add(place);
    const below: string[] = [];
    for await (const entry of await opendir(place, { bufferSize: 256 })) {
      const file = path.join(folder, entry.name);
      if (entry.isSymbolicLink()) links.push(file);
      else if (entry.isDirectory()) below.push(file);
      else if (entry.isFile() && isPicture(file)) files.push(file);
    }
    for (const each of below.sort()) await orSkip(each, () => lookThrough(each));
  };
  const orSkip = async (file: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      skipped.push({ file, error: whySkipped(thrown, path.join(root, file)).toReport() });
    }
  };
  const follow = async (link: string): Promise<void> => {
    const target = await stat(path.join(root, link));
    if (target.isDirectory()) await lookThrough(link);
    else if (target.isFile() && isPicture(link)) files.push(link);
  };

  await lookThrough('');
  while (links.length > 0) {
    // Those found on the way come after these.
    for (const link of links.splice(0).sort()) await orSkip(link, () => follow(link));
  }
  return { files: files.sort(), skipped };
}

const isPicture = (file: string): boolean => isPicturePath(file);

function whySkipped(thrown: unknown, file: string): StudioError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'ENOENT') return errorFor('link-to-nothing', {});
  if (code === 'ELOOP') return errorFor('link-in-a-circle', {});
  return readingFailed(file, thrown);
}
