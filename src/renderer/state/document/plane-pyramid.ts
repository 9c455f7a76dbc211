import { BitPlane } from '../../../shared/bit-plane';
import { intersect, isEmpty, type Rect, rectOf } from '../../../shared/geometry';

/** Two neighbouring bits or-ed into one: eight pixels become four. */
const HALVED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let half = 0;
  for (let i = 0; i < 4; i++) if ((byte >> (2 * i)) & 3) half |= 1 << i;
  return half;
});

/**
 * A plane at half, quarter, ... size for the screen: a pixel is on when any of the four below it is, so that a thin
 * stroke stays visible in a small view. Levels are made when first asked for and kept current in dirty rectangles.
 */
export class PlanePyramid {
  private readonly levels: BitPlane[];

  constructor(base: BitPlane) {
    this.levels = [base];
  }

  at(level: number): BitPlane {
    for (let n = this.levels.length; n <= level; n++) {
      const below = this.plane(n - 1);
      const plane = new BitPlane((below.width + 1) >> 1, (below.height + 1) >> 1);
      halve(below, plane, rectOf(plane));
      this.levels.push(plane);
    }
    return this.plane(level);
  }

  /** Brings all levels up to date after the base changed inside `box`. */
  update(box: Rect): void {
    let dirty = box;
    for (let n = 1; n < this.levels.length; n++) {
      const x = dirty.x >> 1;
      const y = dirty.y >> 1;
      dirty = {
        x,
        y,
        width: ((dirty.x + dirty.width + 1) >> 1) - x,
        height: ((dirty.y + dirty.height + 1) >> 1) - y,
      };
      const plane = this.plane(n);
      halve(this.plane(n - 1), plane, intersect(dirty, rectOf(plane)));
    }
  }

  private plane(level: number): BitPlane {
    const plane = this.levels[level];
    if (!plane) throw new RangeError(`level ${level} has not been made`);
    return plane;
  }
}

/** Fills `box` of the half-size plane from the one below; whole bytes, so a little more than the box. */
function halve(from: BitPlane, to: BitPlane, box: Rect): void {
  if (isEmpty(box)) return;
  const first = box.x >> 3;
  const last = (box.x + box.width - 1) >> 3;
  for (let y = box.y; y < box.y + box.height; y++) {
    const upper = 2 * y * from.stride;
    const lower = 2 * y + 1 < from.height ? upper + from.stride : upper;
    for (let i = first; i <= last; i++) {
      const low = (from.bits[upper + 2 * i] ?? 0) | (from.bits[lower + 2 * i] ?? 0);
      // The last byte of an odd stride has no right neighbour in its row.
      const high =
        2 * i + 1 < from.stride ? (from.bits[upper + 2 * i + 1] ?? 0) | (from.bits[lower + 2 * i + 1] ?? 0) : 0;
      to.bits[y * to.stride + i] = (HALVED[low] ?? 0) | ((HALVED[high] ?? 0) << 4);
    }
  }
}
