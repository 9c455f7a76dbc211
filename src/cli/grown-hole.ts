/** How far a mask is grown before it is filled. */
import { PictureView } from '../engine/image/picture-view';
import { isOpaque, visibleColours } from '../engine/image/visible-colours';
import { maskFit } from '../engine/inpaint/mask-fit';
import type { Picture } from '../engine/image/picture';
import type { BitPlane } from '../shared/bit-plane';
import { grown, MOST_GROWTH } from '../shared/grow';
import type { MaskFault } from '../shared/protocol/values';
import { UsageError } from './failure';

/** Pixels, or to the edge of what the mask leaves over. */
export type Growth = 'auto' | number;

/** @throws UsageError for what is neither */
export function growthOf(text: string): Growth {
  if (text === 'auto') return text;
  const pixels = Number(text);
  if (text.trim() !== '' && Number.isInteger(pixels) && pixels >= 0 && pixels <= MOST_GROWTH) return pixels;
  throw new UsageError(`--grow is auto or a whole number of pixels from 0 to ${MOST_GROWTH}, not "${text}".`);
}

export interface GrownHole {
  readonly hole: BitPlane;
  /** Pixels that it grew by. */
  readonly grew: number;
  /** What was seen that the mask leaves over; null: nothing, or it was not looked for. */
  readonly fault: MaskFault | null;
  /** For a person. */
  readonly notes: readonly string[];
}

const LEFT_OVER: Readonly<Record<MaskFault, string>> = {
  rim: 'the mask leaves a rim of what it covers',
  shadow: 'the mask leaves a shadow beside what it covers',
};

/** @param growth undefined: what the mask leaves over is only said */
export async function grownHole(
  picture: Picture,
  mask: BitPlane,
  growth: Growth | undefined,
  stopIfAsked: () => void,
): Promise<GrownHole> {
  if (typeof growth === 'number') return { hole: grown(mask, growth), grew: growth, fault: null, notes: [] };
  const pause = async () => stopIfAsked();
  const seen = isOpaque(picture) ? picture : await visibleColours(picture, mask, pause);
  const { fault, grow } = await maskFit(new PictureView(seen), mask, pause);
  if (fault === null) {
    const notes = growth === 'auto' ? ['the mask leaves nothing over that could be seen, so it was not grown'] : [];
    return { hole: mask, grew: 0, fault, notes };
  }
  if (growth === undefined) {
    return { hole: mask, grew: 0, fault, notes: [`${LEFT_OVER[fault]}; --grow auto would grow it by ${grow} pixels`] };
  }
  return {
    hole: grown(mask, grow),
    grew: grow,
    fault,
    notes: [`${LEFT_OVER[fault]}, so it was grown by ${grow} pixels`],
  };
}
