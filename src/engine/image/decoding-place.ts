/** Where the pictures of this process are decoded. Loads nothing itself: a program says it before it knows whether there will be any. */
import type { OpenPicture } from './opened-picture';

let place: (() => Promise<OpenPicture>) | null = null;

/**
 * Says where pictures are decoded from now on; once, where a program begins. Nothing decodes a stranger's picture in its own
 * process unless that does nothing else.
 * @param opening asked for with each picture
 */
export function decodeAt(opening: () => Promise<OpenPicture>): void {
  place = opening;
}

/** @throws Error in a program that has not said it */
export async function decodingPlace(): Promise<OpenPicture> {
  if (place === null) throw new Error('this program has not said where pictures are decoded');
  return place();
}
