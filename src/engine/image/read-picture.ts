import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { readRegularFile } from '../files/read-file';
import { decodingPlace } from './decoding-place';
import type { OpenedPicture, OpenOptions } from './opened-picture';
import type { SmallPicture } from './small-picture';
import type { Picture } from './picture';

export interface ReadOptions extends OpenOptions {
  /** What to call a picture that has no file, in messages. */
  readonly name?: string | undefined;
}

/** Files are read whole; Node can't do that above this size. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

/**
 * Decodes a picture from a file or from a file's bytes (the clipboard). The samples are the file's own: an ICC profile
 * is not applied, 16 bit stay 16, EXIF orientation is. Of an animation or a file of several pages: the first.
 * @throws StudioError file-missing, file-unreadable (no permission, a folder, empty, damaged, too slow), format-unsupported,
 * picture-too-large, out-of-memory, cancelled
 */
export async function readPicture(source: string | Uint8Array, options: ReadOptions = {}): Promise<Picture> {
  const opened = await openPicture(source, options);
  try {
    return await opened.decode();
  } finally {
    opened.close();
  }
}

/**
 * A small look at a photo, upright and in sRGB; photos that somebody waits for come first.
 * @param side the longest side of the result, pixels; a smaller photo is not enlarged
 * @throws StudioError as `readPicture`, with the same limits
 */
export async function photoThumbnail(path: string, side: number): Promise<SmallPicture> {
  const opened = await openPicture(path, { inBackground: true });
  try {
    return await opened.thumbnail(side);
  } finally {
    opened.close();
  }
}

/** Reads a file whole and checks that it is a picture that can be decoded. Errors as in `readPicture`. */
export async function openPicture(source: string | Uint8Array, options: ReadOptions = {}): Promise<OpenedPicture> {
  const path = typeof source === 'string' ? source : '';
  const { name = path === '' ? 'The pasted picture' : basename(path), ...others } = options;
  const bytes = typeof source === 'string' ? await unlessAborted(readWhole(source), others.signal) : bufferOver(source);
  if (bytes.length === 0) throw errorFor('file-empty', { name }, { file: path });
  const open = await decodingPlace();
  return open({ path, name, bytes }, others);
}

function readWhole(path: string): Promise<Buffer> {
  return readRegularFile(path, MAX_FILE_BYTES, () =>
    errorFor('file-too-large', { name: basename(path) }, { file: path }),
  );
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A drive that does not answer is not waited for. @throws StudioError cancelled */
function unlessAborted<T>(reading: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return reading;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(errorFor('cancelled', {}));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
