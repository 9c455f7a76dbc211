import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import { contains, rectOf, type Size } from '../../shared/geometry';
import { type PlanePatch } from '../../shared/protocol/values';

/**
 * The picture-sized plane of which a part came over the port. Rows are shifted as bytes: a plane of a hundred megapixels
 * takes a tenth of a second and not ten.
 * @throws StudioError bad-request when the part reaches over the picture's edge
 */
export function planeOf(picture: Size, part: PlanePatch): BitPlane {
  const { box } = part;
  if (!contains(rectOf(picture), box)) {
    throw errorFor('mask-over-the-edge', {});
  }
  const plane = new BitPlane(picture.width, picture.height);
  // Through a BitPlane, which clears what a sender left in the padding.
  const { bits, stride } = new BitPlane(box.width, box.height, part.bits);
  const shift = box.x & 7;
  const first = box.x >> 3;
  const bytes = Math.min(stride + 1, plane.stride - first);
  for (let y = 0; y < box.height; y++) {
    const from = y * stride;
    const to = (box.y + y) * plane.stride + first;
    if (shift === 0) {
      plane.bits.set(bits.subarray(from, from + stride), to);
      continue;
    }
    let carried = 0;
    for (let i = 0; i < bytes; i++) {
      const byte = i < stride ? (bits[from + i] ?? 0) : 0;
      plane.bits[to + i] = ((byte << shift) | carried) & 0xff;
      carried = byte >> (8 - shift);
    }
  }
  return plane;
}
