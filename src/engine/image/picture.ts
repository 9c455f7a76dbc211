import type { BitPlane } from '../../shared/bit-plane';
import type { Rect } from '../../shared/geometry';

export const PICTURE_FORMATS = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Interleaved samples, row by row: 8 bit in a Uint8Array, 16 bit in a Uint16Array. */
export type Samples = Uint8Array | Uint16Array;

/**
 * A decoded picture: the file's own samples in the file's own colour space (an ICC profile is kept, not applied), with
 * the EXIF orientation already applied. Grey pictures are widened to three channels and remembered as grey.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly depth: 8 | 16;
  /** width x height x channels samples. Never written to: a result is a copy. */
  readonly samples: Samples;
  readonly origin: PictureOrigin;
}

/** What is needed to write a picture back the way it came. */
export interface PictureOrigin {
  readonly path: string;
  readonly format: PictureFormat;
  readonly grey: boolean;
  /** 1..100 as the encoder would have been told, estimated from the file; absent for lossless files. */
  readonly quality?: number;
  readonly lossless: boolean;
}

/** A filled hole: samples for a box of the picture, of which only those inside `hole` count. */
export interface Patch {
  readonly box: Rect;
  readonly depth: 8 | 16;
  /** box.width x box.height x 3 samples, colour only. */
  readonly samples: Samples;
  /** box-sized. */
  readonly hole: BitPlane;
}
