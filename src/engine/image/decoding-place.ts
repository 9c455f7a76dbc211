/** Where the pictures of this process are decoded. Loads nothing itself: a program says it before it knows whether there will be any. */
import type { OpenPicture } from './opened-picture';

let elsewhere: (() => Promise<OpenPicture>) | null = null;

/** Has pictures decoded elsewhere from now on; once, where a program begins. It is asked for with each picture. */
export function decodeElsewhere(place: () => Promise<OpenPicture>): void {
  elsewhere = place;
}

/** null: in this process. */
export async function decodingPlace(): Promise<OpenPicture | null> {
  return elsewhere === null ? null : elsewhere();
}
