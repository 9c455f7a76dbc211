import type { BitPlane } from '../../shared/bit-plane';
import { expand, intersect, isEmpty, type Rect, rectOf } from '../../shared/geometry';
import type { Patch } from '../image/picture';
import { largestSample } from '../image/planes';
import type { PictureView } from '../image/picture-view';

/**
 * A finished fill with a soft edge: inside the hole, within `width` pixels of its border, it is mixed with what lay there
 * before, from almost nothing at the border to the fill alone. Nothing outside the hole changes, and the hole that the
 * network and the blending see is the whole one. The picture's own edge is no border; pixels that were less than half
 * opaque have no colour to be mixed with.
 * @param hole picture-sized: the whole hole, of which the patch may fill a part
 * @param below the picture without this fill
 */
export function featherPatch(patch: Patch, hole: BitPlane, below: PictureView, width: number): Patch {
  if (width <= 0) return patch;
  const { box } = patch;
  const distances = distanceToKnown(hole, box, width);
  const samples = patch.samples.slice();
  const half = largestSample(patch.depth) / 2;
  const row = new Float32Array(3 * box.width);
  for (let y = 0; y < box.height; y++) {
    below.readRow(box.y + y, box.x, box.width, row);
    for (let x = 0; x < box.width; x++) {
      const at = y * box.width + x;
      if (distances[at] > width || !patch.hole.get(x, y) || isClear(below, box.x + x, box.y + y)) continue;
      const share = smoothStep(distances[at] / (width + 1));
      for (let c = 0; c < 3; c++) {
        const before = (row[3 * x + c] + 1) * half;
        samples[3 * at + c] = Math.round(before + (patch.samples[3 * at + c] - before) * share);
      }
    }
  }
  return { ...patch, samples };
}

/**
 * For every pixel of a box the distance, centre to centre, to the nearest pixel that is not hole; exact up to `reach`,
 * farther ones count as more than that. After Felzenszwalb and Huttenlocher 2012, columns first: the row pass looks only
 * as far as `reach`.
 * @returns box.height x box.width
 */
export function distanceToKnown(hole: BitPlane, box: Rect, reach: number): Float32Array {
  const margin = Math.ceil(reach) + 1;
  const area = intersect(expand(box, margin), rectOf(hole));
  const distances = new Float32Array(box.width * box.height).fill(margin + 1);
  if (isEmpty(area)) return distances;
  const vertical = verticalDistances(hole, area, margin);
  for (let y = 0; y < box.height; y++) {
    const line = (box.y + y - area.y) * area.width;
    for (let x = 0; x < box.width; x++) {
      const column = box.x + x - area.x;
      let least = (margin + 1) ** 2;
      for (let dx = 0; dx * dx < least && dx <= margin; dx++) {
        const left = column - dx >= 0 ? vertical[line + column - dx] : margin + 1;
        const right = column + dx < area.width ? vertical[line + column + dx] : margin + 1;
        const down = Math.min(left, right);
        least = Math.min(least, dx * dx + down * down);
      }
      distances[y * box.width + x] = Math.sqrt(least);
    }
  }
  return distances;
}

/** Distances within each column, at most `most` + 1. */
function verticalDistances(hole: BitPlane, area: Rect, most: number): Uint16Array {
  const { width, height } = area;
  const distances = new Uint16Array(width * height);
  for (let x = 0; x < width; x++) {
    let since = most + 1;
    for (let y = 0; y < height; y++) {
      since = hole.get(area.x + x, area.y + y) ? Math.min(most + 1, since + 1) : 0;
      distances[y * width + x] = since;
    }
    since = most + 1;
    for (let y = height - 1; y >= 0; y--) {
      const at = y * width + x;
      since = distances[at] === 0 ? 0 : Math.min(most + 1, since + 1);
      distances[at] = Math.min(distances[at], since);
    }
  }
  return distances;
}

function isClear({ picture }: PictureView, x: number, y: number): boolean {
  if (picture.channels === 3) return false;
  return picture.samples[(y * picture.width + x) * 4 + 3] * 2 < largestSample(picture.depth);
}

/** From 0 to 1 without a corner; what is below or above stays there. */
export function smoothStep(t: number): number {
  const inside = Math.min(1, Math.max(0, t));
  return inside * inside * (3 - 2 * inside);
}
