/** What is to be filled in a photo: by its mask, or its own transparency. */
import { basename } from 'node:path';
import { alphaMask, readMask } from '../engine/image/mask-file';
import type { Picture } from '../engine/image/picture';
import type { BitPlane } from '../shared/bit-plane';
import { errorFor } from '../shared/error-texts';
import { maskNoteSentence } from '../shared/mask-notes';
import type { InpaintJob } from './inpaint-jobs';

/** A mask with more of it white was most likely meant the other way round. */
const MOST_WHITE = 0.5;

export interface PhotoHole {
  readonly hole: BitPlane;
  /** How the mask was understood where it is not plainly white on black, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * @param invert whether black is meant; undefined: it was not said, so a mask that is mostly white is refused
 * @throws StudioError as `readMask`; bad-request
 */
export async function photoHole(
  { mask }: InpaintJob,
  picture: Picture,
  invert: boolean | undefined,
): Promise<PhotoHole> {
  if (mask === null) return { hole: alphaMask(picture), notes: [] };
  const meaning = await readMask(mask, picture);
  if (invert) meaning.hole.invert();
  const share = meaning.hole.count() / (picture.width * picture.height);
  if (invert === undefined && share > MOST_WHITE) {
    throw errorFor('mask-mostly-white', { name: basename(mask), percent: Math.round(100 * share) }, { file: mask });
  }
  return { hole: meaning.hole, notes: meaning.notes.map((note) => maskNoteSentence(note, 'en')) };
}
