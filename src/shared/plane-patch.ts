import { BitPlane } from './bit-plane';
import { StudioError } from './errors';
import { contains, rectOf } from './geometry';
import type { PlanePatch } from './protocol';

/**
 * Switches the patch's pixels on (or off) in a plane, byte by byte.
 * @throws StudioError bad-request when the patch reaches over the plane's edge
 */
export function drawPatch(plane: BitPlane, patch: PlanePatch, on: boolean): void {
  const { box } = patch;
  if (!contains(rectOf(plane), box)) {
    throw new StudioError({ code: 'bad-request', message: 'A mask reaches over the edge of the picture.', remedy: '' });
  }
  // Through a BitPlane, which clears what a sender left in the padding.
  const { bits, stride } = new BitPlane(box.width, box.height, patch.bits.slice());
  const shift = box.x & 7;
  const first = box.x >> 3;
  for (let y = 0; y < box.height; y++) {
    const row = (box.y + y) * plane.stride + first;
    for (let i = 0; i < stride; i++) {
      const word = (bits[y * stride + i] ?? 0) << shift;
      if (word === 0) continue;
      mark(plane.bits, row + i, word & 0xff, on);
      if (word > 0xff) mark(plane.bits, row + i + 1, word >> 8, on);
    }
  }
}

function mark(bits: Uint8Array, at: number, byte: number, on: boolean): void {
  const old = bits[at] ?? 0;
  bits[at] = on ? old | byte : old & ~byte;
}
