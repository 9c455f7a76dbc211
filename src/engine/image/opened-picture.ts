import type { Size } from '../../shared/geometry';
import type { PictureFormat } from '../../shared/picture-formats';
import type { ReadOnlyFormat } from '../../shared/read-only-formats';
import { decodeOverview } from './overview';
import type { SmallPicture } from './small-picture';
import { decodeThumbnail } from './photo-thumbnail';
import type { Picture } from './picture';
import { decodePicture, type FileBytes, type FileLimits, openPictureFile } from './picture-file';

/** A picture of which the header was read; upright sizes. It is decoded when that is asked for, and let go when it is closed. */
export interface OpenedPicture extends Size {
  readonly format: PictureFormat;
  /** The format that it is really of, where that is only read. */
  readonly readOnly?: ReadOnlyFormat | undefined;
  /** As `decodeOverview`. */
  overview(): Promise<SmallPicture | null>;
  /** As `decodeThumbnail`. */
  thumbnail(side: number): Promise<SmallPicture>;
  /** As `decodePicture`. */
  decode(): Promise<Picture>;
  /** What is still being decoded fails with `cancelled`, where it can be ended. */
  close(): void;
}

export interface OpenOptions extends FileLimits {
  /** Ends at once what is being read or decoded, where it can be ended. */
  readonly signal?: AbortSignal | undefined;
  /** Nobody waits for it: others are decoded first. */
  readonly inBackground?: boolean | undefined;
}

/** Where pictures are decoded. Errors of opening: those of `openPictureFile`; cancelled. */
export type OpenPicture = (file: FileBytes, options: OpenOptions) => Promise<OpenedPicture>;

/** In this process: for tests, and for processes that do nothing else. A decoder that hangs cannot be ended. */
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
