/** How far a mask is grown before it is filled. */
import type { BitPlane } from '../../shared/bit-plane';
import { grown } from '../../shared/grow';
import type { MaskFault } from '../../shared/protocol/values';
import type { Picture } from '../image/picture';
import { PictureView } from '../image/picture-view';
import { isOpaque, visibleColours } from '../image/visible-colours';
import { maskFit } from './mask-fit';

/** Pixels, or to the edge of what the mask leaves over. */
export type Growth = 'auto' | number;

export interface GrownHole {
  readonly hole: BitPlane;
  /** Pixels that it grew by. */
  readonly grew: number;
  /** What was seen that the mask leaves over; null: nothing, or it was not looked for. */
  readonly fault: MaskFault | null;
  /** Pixels that it would have to grow by to cover that. */
  readonly lacks: number;
}

/** @param growth undefined: what the mask leaves over is only found out */
export async function grownHole(
  picture: Picture,
  mask: BitPlane,
  growth: Growth | undefined,
  stopIfAsked: () => void,
): Promise<GrownHole> {
  if (typeof growth === 'number') return { hole: grown(mask, growth), grew: growth, fault: null, lacks: 0 };
  const pause = async () => stopIfAsked();
  const seen = isOpaque(picture) ? picture : await visibleColours(picture, mask, pause);
  const { fault, grow } = await maskFit(new PictureView(seen), mask, pause);
  if (fault === null || growth === undefined) return { hole: mask, grew: 0, fault, lacks: fault === null ? 0 : grow };
  return { hole: grown(mask, grow), grew: grow, fault, lacks: grow };
}
