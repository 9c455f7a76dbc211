import { BitPlane } from './bit-plane';
import { errorFor } from './error-texts';
import { contains, intersect, type Point, type Rect, rectOf } from './geometry';
import type { PlanePatch } from './protocol/values';

/**
 * Switches the patch's pixels on (or off) in a plane, byte by byte.
 * @throws StudioError bad-request when the patch reaches over the plane's edge
 */
export function drawPatch(plane: BitPlane, patch: PlanePatch, on: boolean): void {
  const { box } = patch;
  if (!contains(rectOf(plane), box)) throw errorFor('mask-over-the-edge', {});
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

/** Whether a place lies in a pixel that the patch switches on. @param at picture pixels, with fractions */
export function patchCovers({ box, bits }: PlanePatch, at: Point): boolean {
  const x = Math.floor(at.x) - box.x;
  const y = Math.floor(at.y) - box.y;
  if (x < 0 || y < 0 || x >= box.width || y >= box.height) return false;
  const byte = bits[y * ((box.width + 7) >> 3) + (x >> 3)] ?? 0;
  return ((byte >> (x & 7)) & 1) === 1;
}

/** Makes a plane inside the patch's box exactly what the patch says. Errors as in `drawPatch`. */
export function replacePatch(plane: BitPlane, patch: PlanePatch): void {
  if (contains(rectOf(plane), patch.box)) plane.fillRect(patch.box, false);
  drawPatch(plane, patch, true);
}

/**
 * What a plane says inside a box, whether it is on or off: the box is widened to whole bytes and cut at the plane's
 * edge. Copies rows and looks at no pixel, so that a plane of a hundred megapixels takes milliseconds.
 */
export function cutPatch(plane: BitPlane, box: Rect): PlanePatch {
  const inside = intersect(box, rectOf(plane));
  const first = inside.x >> 3;
  const end = Math.min(plane.width, ((inside.x + inside.width + 7) >> 3) << 3);
  const stride = (end - first * 8 + 7) >> 3;
  const bits = new Uint8Array(stride * inside.height);
  for (let y = 0; y < inside.height; y++) {
    const from = (inside.y + y) * plane.stride + first;
    bits.set(plane.bits.subarray(from, from + stride), y * stride);
  }
  return { box: { x: first * 8, y: inside.y, width: end - first * 8, height: inside.height }, bits };
}

function mark(bits: Uint8Array, at: number, byte: number, on: boolean): void {
  const old = bits[at] ?? 0;
  bits[at] = on ? old | byte : old & ~byte;
}

const sides = ['x', 'y', 'width', 'height'] as const;

/** Whether two patches switch the same pixels on, also where one has a larger box than it needs. */
export function samePatch(a: PlanePatch | null, b: PlanePatch | null): boolean {
  if (a && b && sameBox(a.box, b.box) && a.bits.every((byte, index) => byte === b.bits[index])) return true;
  const [one, other] = [a && trimmed(a), b && trimmed(b)];
  if (!one || !other) return one === other;
  return sameBox(one.box, other.box) && one.plane.equals(other.plane);
}

function sameBox(a: Rect, b: Rect): boolean {
  return sides.every((side) => a[side] === b[side]);
}

/** The pixels of a patch in their smallest box; null when there are none. */
function trimmed({ box, bits }: PlanePatch): { readonly box: Rect; readonly plane: BitPlane } | null {
  const plane = new BitPlane(box.width, box.height, bits.slice());
  const bounds = plane.bounds();
  if (!bounds) return null;
  const tight = bounds.width === box.width && bounds.height === box.height;
  return {
    box: { ...bounds, x: box.x + bounds.x, y: box.y + bounds.y },
    plane: tight ? plane : plane.crop(bounds),
  };
}
