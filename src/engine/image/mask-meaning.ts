/**
 * What a picture means as a mask. People hand over what their program made: white on black, strokes on a transparent layer, a
 * copy of the photo with the hole erased or painted over, class numbers of a segmentation. What can be told is understood and
 * said; what cannot is refused, since a photo taken for a mask silently fills half of the picture.
 */
import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import type { MaskNote } from '../../shared/mask-notes';
import { PICTURE_FORMATS } from '../../shared/picture-formats';
import type { Picture } from './picture';
import { largestSample, sampleTo8 } from './planes';

/**
 * From this coverage on a pixel belongs to a hole: the soft edge of a stroke, and a thin line that was made smaller, cover
 * what they touch. What a lossy file rings is less than the second.
 */
const COVERS = 0.05;
const COVERS_LOSSY = 0.15;

export interface MaskMeaning {
  readonly hole: BitPlane;
  /** How the mask was understood where it is not plainly white on black. */
  readonly notes: readonly MaskNote[];
}

/** Brightness between these, of 255, is neither black nor white. */
const MIDDLE = [24, 231] as const;
/** A mask with more values than this has a picture's. */
const MOST_VALUES = 32;
/** Values of classes are the numbers of a list, and so small; a mask's white is not. */
const LARGEST_CLASS = 40;
/** Shares of the visible pixels: that a copy has in common with its photo; and that are grey where a mask has soft edges. */
const COMMON = 0.3;
const MOST_GREY = 0.5;
/** How far a copy's pixels may be from the photo's, of 255, and still be the same. */
const SAME = 2;
const SAME_LOSSY = 40;

/**
 * @param photo of the same size: what the mask is for; null: unknown
 * @param name of the mask's file, for messages
 * @throws StudioError bad-request when it is a picture and no mask
 */
export function maskMeaning(mask: Picture, photo: Picture | null, name: string): MaskMeaning {
  const look = new Look(mask, photo);
  if (look.common >= COMMON * look.visible && look.visible > 0) {
    const hole = look.where((at) => !look.isVisible(at) || look.differs(at));
    if (hole.isEmpty()) throw errorFor('mask-is-the-photo', { name });
    return { hole, notes: [{ kind: 'copy' }] };
  }
  if (look.grey > MOST_GREY * look.visible && look.values === null) throw errorFor('mask-is-a-picture', { name });
  const byAlpha = alphaMeaning(look);
  return byAlpha ?? valueMeaning(look);
}

/** Of a mask that is see-through somewhere, and black where it is not; null for all others. */
function alphaMeaning(look: Look): MaskMeaning | null {
  const { pixels, visible } = look;
  if (visible === pixels || visible === 0 || look.bright > 0) return null;
  if (visible < pixels / 2) {
    return { hole: look.where((at) => look.isVisible(at)), notes: [{ kind: 'ink' }] };
  }
  return { hole: look.where((at) => !look.isVisible(at)), notes: [{ kind: 'erased' }] };
}

function valueMeaning(look: Look): MaskMeaning {
  const { values } = look;
  const white = (at: number) => look.coverage(at) >= look.least;
  if (values === null || values.length < 2) return { hole: look.where(white), notes: [] };
  const least = values[0];
  const most = values[values.length - 1];
  const list = `${values.slice(0, 6).join(', ')}${values.length > 6 ? ', ...' : ''}`;
  const classes = most <= LARGEST_CLASS && least === 0;
  if (classes || (values.length === 2 && least > 0 && most < look.top)) {
    return { hole: look.where((at) => look.value(at) > least), notes: [{ kind: 'values', values: list, least }] };
  }
  return { hole: look.where(white), notes: [] };
}

/** A mask's pixels, looked at once. Indices are of pixels. */
class Look {
  readonly pixels: number;
  readonly top: number;
  /** Coverage from which on a pixel is hole. */
  readonly least: number;
  /** Pixels that can be seen; of them: bright ones, those between black and white, and those with the photo's very colour. */
  visible = 0;
  bright = 0;
  grey = 0;
  common = 0;
  /** The brightest channel's samples that there are, rising; null: many, or a lossy file's. */
  readonly values: readonly number[] | null;
  private readonly lossy: boolean;

  constructor(
    private readonly mask: Picture,
    private readonly photo: Picture | null,
  ) {
    this.pixels = mask.width * mask.height;
    this.top = largestSample(mask.depth);
    this.lossy = PICTURE_FORMATS[mask.origin.format].lossless !== 'always';
    this.least = this.lossy ? COVERS_LOSSY : COVERS;
    const values = new Set<number>();
    for (let at = 0; at < this.pixels; at++) {
      if (!this.isVisible(at)) continue;
      this.visible += 1;
      const value = this.value(at);
      if (values.size <= MOST_VALUES) values.add(value);
      const brightness = this.mask.depth === 16 ? sampleTo8(value) : value;
      if (brightness >= 255 * COVERS) this.bright += 1;
      if (brightness <= MIDDLE[0] || brightness >= MIDDLE[1]) continue;
      this.grey += 1;
      if (photo && !this.differs(at)) this.common += 1;
    }
    this.values = this.lossy || values.size > MOST_VALUES ? null : [...values].sort((a, b) => a - b);
  }

  where(test: (at: number) => boolean): BitPlane {
    const { width, height } = this.mask;
    const plane = new BitPlane(width, height);
    for (let y = 0, at = 0; y < height; y++) {
      const row = y * plane.stride;
      for (let x = 0; x < width; x++, at++) if (test(at)) plane.bits[row + (x >> 3)] |= 1 << (x & 7);
    }
    return plane;
  }

  /** The sample of the brightest channel. */
  value(at: number): number {
    const { samples, channels } = this.mask;
    const first = at * channels;
    return Math.max(samples[first], samples[first + 1], samples[first + 2]);
  }

  isVisible(at: number): boolean {
    const { samples, channels } = this.mask;
    return channels === 3 || samples[at * 4 + 3] * 2 >= this.top;
  }

  /** 0..1: the brightest channel, laid on black. */
  coverage(at: number): number {
    const { samples, channels } = this.mask;
    return (this.value(at) / this.top) * (channels === 4 ? samples[at * 4 + 3] / this.top : 1);
  }

  /** Whether the photo has another colour there. */
  differs(at: number): boolean {
    if (!this.photo) return true;
    const photo = this.photo;
    const most = this.lossy || PICTURE_FORMATS[photo.origin.format].lossless !== 'always' ? SAME_LOSSY : SAME;
    for (let c = 0; c < 3; c++) {
      const here = this.mask.samples[at * this.mask.channels + c];
      const there = photo.samples[at * photo.channels + c];
      const apart = Math.abs(
        (this.mask.depth === 16 ? sampleTo8(here) : here) - (photo.depth === 16 ? sampleTo8(there) : there),
      );
      if (apart > most) return true;
    }
    return false;
  }
}
