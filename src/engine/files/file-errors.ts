/** From what the system says about a file to what a person can do about it. */
import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { StudioError } from '../../shared/errors';

/** What went wrong while a file's bytes were read. A `StudioError` passes through. */
export function readingFailed(path: string, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  return errorFor(whyNotRead(systemCode(thrown)), { name: basename(path) }, { file: path, cause: thrown });
}

/** What went wrong while a file was written or put in its place. A `StudioError` passes through. */
export function writingFailed(path: string, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  return errorFor(whyNotWritten(systemCode(thrown)), { name: basename(path) }, { file: path, cause: thrown });
}

function whyNotRead(code: string) {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return 'no-such-file';
    case 'EACCES':
    case 'EPERM':
      return 'may-not-be-read';
    case 'EISDIR':
      return 'folder-for-picture';
    default:
      return 'not-read';
  }
}

function whyNotWritten(code: string) {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no-room-left';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no-such-folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return 'may-not-be-written';
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
      return 'folder-in-the-way';
    case 'ENAMETOOLONG':
      return 'name-too-long';
    default:
      return 'not-written';
  }
}

function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}
