/** What is wrong with a file that cannot be decoded, and what a person can do about it. */
import { errorFor } from '../../shared/error-texts';
import { StudioError } from '../../shared/errors';
import { formatOfBytes, PICTURE_FORMATS } from '../../shared/picture-formats';
import { READ_ONLY_FORMATS, readableLabels, readOnlyFormatOfBytes } from '../../shared/read-only-formats';

/** What went wrong while a picture's bytes were decoded. A `StudioError` passes through. */
export function decodingFailed(path: string, name: string, bytes: Uint8Array, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const about = { file: path, cause: thrown };
  if (ranOutOfMemory(thrown)) return errorFor('no-memory-to-open', { name }, about);
  const format = formatOfBytes(bytes);
  const readOnly = readOnlyFormatOfBytes(bytes);
  if (format !== undefined) return errorFor('damaged', { name, format: PICTURE_FORMATS[format].label }, about);
  if (readOnly !== undefined) return errorFor('damaged', { name, format: READ_ONLY_FORMATS[readOnly].label }, about);
  return notAPicture(path, name, undefined, about);
}

/** For a file that is no picture, or one of a kind that is not read. */
export function notAPicture(path: string, name: string, kind?: string, options?: ErrorOptions): StudioError {
  const others = readableLabels().join(', ');
  const about = { file: path, cause: options?.cause };
  return kind === undefined
    ? errorFor('no-picture', { name, others }, about)
    : errorFor('unread-kind', { name, kind, others }, about);
}

export function ranOutOfMemory(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /out of memory|allocation failed|unable to allocate|invalid array length/i.test(thrown.message)
  );
}
