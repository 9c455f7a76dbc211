import { DisplayPyramid } from '../image/display-pyramid';
import { type Picture } from '../image/picture';
import { decodePicture, type PictureFile } from '../image/read-picture';
import { Thumbnails } from './thumbnails';

/** A picture with all its samples, ready to be looked at and worked on. */
export interface WholePicture {
  readonly picture: Picture;
  readonly display: DisplayPyramid;
  readonly thumbnails: Thumbnails;
}

/**
 * @param path what the picture gives as the file that it came from
 * @throws StudioError as `decodePicture`
 */
export async function wholePicture(file: PictureFile, path: string): Promise<WholePicture> {
  const decoded = await decodePicture(file);
  const picture = { ...decoded, origin: { ...decoded.origin, path } };
  const [display, thumbnails] = await Promise.all([DisplayPyramid.of(picture), Thumbnails.of(picture)]);
  return { picture, display, thumbnails };
}
