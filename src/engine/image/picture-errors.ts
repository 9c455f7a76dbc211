/** What is wrong with a file that cannot be decoded, and what a person can do about it. */
import { StudioError } from '../../shared/errors';
import { formatLabels, formatOfBytes, PICTURE_FORMATS } from '../../shared/picture-formats';

const LABELS = formatLabels();
const PICTURE_KINDS = `${LABELS.slice(0, -1).join(', ')} and ${LABELS.at(-1)}`;

/** What went wrong while a picture's bytes were decoded. A `StudioError` passes through. */
export function decodingFailed(path: string, name: string, bytes: Uint8Array, thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const file = path === '' ? {} : { file: path };
  const cause = { cause: thrown };
  if (ranOutOfMemory(thrown)) {
    const remedy = 'Close other pictures or programs, or open a smaller version of it.';
    return new StudioError(
      { code: 'out-of-memory', message: `There is not enough memory for "${name}".`, remedy, ...file },
      cause,
    );
  }
  const format = formatOfBytes(bytes);
  if (format === undefined) return notAPicture(path, name, undefined, cause);
  return new StudioError(
    {
      code: 'file-unreadable',
      message: `"${name}" is damaged or incomplete: it begins as ${PICTURE_FORMATS[format].label}, but can't be decoded to its end.`,
      remedy: 'Copy or download it again, or open another copy.',
      ...file,
    },
    cause,
  );
}

/** For a file that is no picture, or one of a kind that is not read. */
export function notAPicture(path: string, name: string, kind?: string, options?: ErrorOptions): StudioError {
  return new StudioError(
    {
      code: 'format-unsupported',
      message:
        kind === undefined
          ? `"${name}" is not a picture of a known kind.`
          : `"${name}" is a picture of kind ${kind}, which can't be read.`,
      remedy: `Pictures can be ${PICTURE_KINDS}; convert it to one of these.`,
      ...(path === '' ? {} : { file: path }),
    },
    options,
  );
}

export function ranOutOfMemory(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    /out of memory|allocation failed|unable to allocate|invalid array length/i.test(thrown.message)
  );
}
