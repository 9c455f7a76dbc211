import { open } from 'node:fs/promises';
import type { Size } from '../../shared/geometry';
import { readingFailed } from '../files/file-errors';

/** Signature, length and name of the first chunk come before the sides. */
const SIDES = 16;
/** A PNG's signature and its first chunk. */
const HEAD_BYTES = 33;

/** The sides that a PNG's header claims; null when the bytes do not begin as a PNG. */
export function pngSize(head: Uint8Array): Size | null {
  if (head.length < SIDES + 8) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return null;
  const [width, height] = [view.getUint32(SIDES), view.getUint32(SIDES + 4)];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** The same of a file, of which no more is read. Errors: file-missing, file-unreadable. */
export async function pngFileSize(path: string): Promise<Size | null> {
  const file = await open(path).catch((thrown: unknown) => {
    throw readingFailed(path, thrown);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return pngSize(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
