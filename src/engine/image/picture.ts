import type { BitPlane } from '../../shared/bit-plane';
import type { Rect } from '../../shared/geometry';
import type { PictureFormat } from '../../shared/picture-formats';
import type { ColourDescription } from './colour-description';
import type { TiffTags } from './tiff-tags';

/** Interleaved samples, row by row: 8 bit in a Uint8Array, 16 bit in a Uint16Array. */
export type Samples = Uint8Array | Uint16Array;

/**
 * A decoded picture: the file's own samples in the file's own colour space (an ICC profile is kept, not applied), with
 * the EXIF orientation already applied. Grey pictures are widened to three channels and remembered as grey. CMYK and
 * Lab are the exception: they are converted to sRGB, and `origin.notes` says so.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly depth: 8 | 16;
  /** width x height x channels samples. Never written to: a result is a copy. Alpha is not premultiplied. */
  readonly samples: Samples;
  readonly origin: PictureOrigin;
}

/** What is needed to write a picture back the way it came. */
export interface PictureOrigin {
  /** The file it was read from; empty for a picture that came from memory (the clipboard). */
  readonly path: string;
  readonly format: PictureFormat;
  readonly grey: boolean;
  /**
   * 1..100 as the encoder would have been told, estimated from the file; absent where it can't be known or is lossless.
   */
  readonly quality?: number;
  readonly lossless: boolean;
  /** What reading changed or left out, one sentence each, for a person to read. */
  readonly notes?: readonly string[];
  /** EXIF orientation of the file, 1..8, which the samples no longer need; left out: 1. */
  readonly orientation?: number;
  /** JPEG: the file itself, so that what does not change in it can stay as it is. */
  readonly file?: Uint8Array;
  /** What the picture covers of the file's, in the file's upright pixels, once its canvas has changed; left out: all of it. */
  readonly frame?: Rect;
  /** Pages or frames in the file, of which this is the first; left out: 1. */
  readonly pages?: number;
  /** What the file says of its colours besides a profile. */
  readonly colours?: ColourDescription;
  /** Choices of the encoder that a file of the same format should repeat. */
  readonly encoding?: OriginalEncoding;
  /** The file's profile and metadata; absent for a picture that never was a file. */
  readonly metadata?: PictureMetadata;
}

export interface OriginalEncoding {
  /** JPEG: whether colour has a quarter of brightness's samples. Any other way counts as 4:4:4, so that none is lost. */
  readonly chromaSubsampling?: '4:2:0' | '4:4:4';
  /** The file has a palette, or a bit for each pixel: it is to keep to the colours that it has. */
  readonly fewColours?: boolean;
  /** JPEG: several scans. */
  readonly progressive?: boolean;
  /** AVIF: bits of a sample in the file. */
  readonly bits?: 8 | 10 | 12;
}

/** All that a file says about its samples, without the samples: a few hundred bytes to some hundred kilobytes. */
export interface PictureMetadata {
  /** A picture of one white pixel that wears the ICC profile, XMP, IPTC and density, and has upright orientation. */
  readonly carrier: Uint8Array;
  /** The EXIF block as the file has it (a TIFF structure, without the "Exif" prefix). */
  readonly exif?: Uint8Array;
  /** Whether the carrier has an ICC profile. */
  readonly hasProfile: boolean;
  /** Pixels per inch, where the file says them. */
  readonly density?: number;
  readonly hasIptc?: boolean;
  /** Of a TIFF: what it says of itself in tags of its own. */
  readonly tags?: TiffTags;
}

/** A filled hole: samples for a box of the picture, of which only those inside `hole` count. */
export interface Patch {
  readonly box: Rect;
  readonly depth: 8 | 16;
  /** box.width x box.height x 3 samples, colour only. */
  readonly samples: Samples;
  /** box-sized. */
  readonly hole: BitPlane;
  /** How opaque it is in a picture that has transparency: box-sized, of 255, what lies outside the hole ignored. Left out: opaque. */
  readonly alpha?: Uint8Array;
}

/** A patch as it lies on a picture. */
export interface LaidPatch extends Patch {
  /** 0..1, how much of it is seen; left out: all. */
  readonly opacity?: number;
}
