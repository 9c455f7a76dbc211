import type { Size } from '../../shared/geometry';
import { extensionOf, type PictureFormat } from '../../shared/picture-formats';
import { READ_ONLY_FORMATS, type ReadOnlyFormat } from '../../shared/read-only-formats';
import type { SmallPicture } from './small-picture';
import type { Picture } from './picture';
import type { FileBytes, FileLimits } from './picture-file';

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

/** The usual ending of a file's format, with its dot. */
export function endingOf({ format, readOnly }: Pick<OpenedPicture, 'format' | 'readOnly'>): string {
  return readOnly === undefined ? extensionOf(format) : `.${READ_ONLY_FORMATS[readOnly].extensions[0]}`;
}
