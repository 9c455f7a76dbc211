/** From what the system says about a file to what a person can do about it. */
import { basename } from 'node:path';
import { StudioError } from '../../shared/errors';

/** What went wrong while a file's bytes were read. A `StudioError` passes through. */
export function readingFailed(path: string, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const name = basename(path);
  const report = (code: 'file-missing' | 'file-unreadable', message: string, remedy: string): StudioError =>
    new StudioError({ code, message, remedy, file: path }, { cause: thrown });
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return report('file-missing', `There is no file "${name}".`, 'Check whether it was moved, renamed or deleted.');
    case 'EACCES':
    case 'EPERM':
      return report(
        'file-unreadable',
        `"${name}" may not be read.`,
        'Give yourself permission to read it, or copy it to another folder.',
      );
    case 'EISDIR':
      return report('file-unreadable', `"${name}" is a folder, not a picture.`, 'Choose a file inside it.');
    default:
      return report('file-unreadable', `"${name}" could not be read.`, 'Check the disk or the connection to it.');
  }
}

/** What went wrong while a file was written or put in its place. A `StudioError` passes through. */
export function writingFailed(path: string, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const name = basename(path);
  const report = (code: 'disk-full' | 'file-not-writable', message: string, remedy: string): StudioError =>
    new StudioError({ code, message, remedy, file: path }, { cause: thrown });
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return report(
        'disk-full',
        `There is no room left to write "${name}".`,
        'Free some space or save to another disk.',
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return report('file-not-writable', `The folder for "${name}" does not exist.`, 'Choose another folder.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return report(
        'file-not-writable',
        `"${name}" may not be written there.`,
        'Close other programs that use the file, or save to another folder.',
      );
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
      return report('file-not-writable', `"${name}" is a folder.`, 'Choose another name.');
    case 'ENAMETOOLONG':
      return report('file-not-writable', `"${name}" is too long a name.`, 'Choose a shorter one.');
    default:
      return report('file-not-writable', `"${name}" could not be written.`, 'Save to another folder or disk.');
  }
}

function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}
