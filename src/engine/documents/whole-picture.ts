import type { Rect } from '../../shared/geometry';
import { DisplayPyramid } from '../image/display-pyramid';
import { framedPicture } from '../image/framed-picture';
import { type Picture } from '../image/picture';
import type { OpenedPicture } from '../image/opened-picture';
import { Thumbnails } from './thumbnails';

/** A picture with all its samples, ready to be looked at and worked on. */
export interface WholePicture {
  readonly picture: Picture;
  readonly display: DisplayPyramid;
  readonly thumbnails: Thumbnails;
}

/**
 * Decodes a picture, and lets its file go.
 * @param path what the picture gives as the file that it came from
 * @param frame the canvas that it lies on, in its pixels; null: its own
 * @throws StudioError as `decodePicture` and `framedPicture`
 */
export async function wholePicture(
  opened: OpenedPicture,
  path: string,
  frame: Rect | null = null,
): Promise<WholePicture> {
  const original = await opened.decode().finally(() => opened.close());
  const decoded = frame ? framedPicture(original, frame) : original;
  const picture = { ...decoded, origin: { ...decoded.origin, path } };
  const [display, thumbnails] = await Promise.all([DisplayPyramid.of(picture), Thumbnails.of(picture)]);
  return { picture, display, thumbnails };
}
