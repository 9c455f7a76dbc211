import type { OpenPicture } from '../image/opened-picture';
import { decodeOverview } from '../image/decode-overview';
import { decodeThumbnail } from '../image/photo-thumbnail';
import { decodePicture, openPictureFile } from '../image/picture-file';

/** Decodes in this process. */
export const openHere: OpenPicture = async (bytes, limits) => {
  const file = await openPictureFile(bytes, limits);
  const { width, height } = file.about.autoOrient;
  return {
    ...{ width, height, format: file.format, readOnly: file.readOnly },
    overview: () => decodeOverview(file),
    thumbnail: (side) => decodeThumbnail(file, side),
    decode: () => decodePicture(file),
    close: () => undefined,
  };
};
