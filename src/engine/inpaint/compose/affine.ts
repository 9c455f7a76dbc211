import type { Point } from '../../../shared/geometry';

/**
 * A map from the pixels of a hole to those they are copied from: (x, y) comes from (xx x + xy y + dx, yx x + yy y + dy).
 * Coordinates are native pixels of the window that is worked in, whole numbers at the centres of pixels.
 */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly dx: number;
  readonly yx: number;
  readonly yy: number;
  readonly dy: number;
}

export function shiftBy(dx: number, dy: number): Affine {
  return { xx: 1, xy: 0, dx, yx: 0, yy: 1, dy };
}

/** Where a pixel is copied from. */
export function placeIn({ xx, xy, dx, yx, yy, dy }: Affine, { x, y }: Point): Point {
  return { x: xx * x + xy * y + dx, y: yx * x + yy * y + dy };
}

/** Whether nothing is turned, mirrored or scaled: colours of whole shifts are copied as they are. */
export function isShift({ xx, xy, yx, yy }: Affine): boolean {
  return xx === 1 && xy === 0 && yx === 0 && yy === 1;
}

/** The map that turns and scales about one point and puts it onto another. @param angle radians, from x towards y */
export function similarity(from: Point, to: Point, angle: number, scale = 1): Affine {
  const c = scale * Math.cos(angle);
  const s = scale * Math.sin(angle);
  return { xx: c, xy: -s, dx: to.x - c * from.x + s * from.y, yx: s, yy: c, dy: to.y - s * from.x - c * from.y };
}
