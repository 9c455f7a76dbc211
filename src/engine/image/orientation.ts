/** EXIF orientations (EXIF 2.32, 4.6.4): how stored pixels are turned and mirrored to stand upright. */
import { BitPlane } from '../../shared/bit-plane';
import type { Point, Size } from '../../shared/geometry';

/** Whether upright and stored have width and height exchanged. */
export function isSideways(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** The size that a picture is stored in. @param upright its size as it is seen */
export function storedSize(orientation: number, { width, height }: Size): Size {
  return isSideways(orientation) ? { width: height, height: width } : { width, height };
}

/** Where an upright picture's pixel is stored. @param stored the size that the picture is stored in */
export function storedPoint(orientation: number, x: number, y: number, { width, height }: Size): Point {
  switch (orientation) {
    case 2:
      return { x: width - 1 - x, y };
    case 3:
      return { x: width - 1 - x, y: height - 1 - y };
    case 4:
      return { x, y: height - 1 - y };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: y, y: height - 1 - x };
    case 7:
      return { x: width - 1 - y, y: height - 1 - x };
    case 8:
      return { x: width - 1 - y, y: x };
    default:
      return { x, y };
  }
}

/** A plane that lies as the picture is stored, as the picture is seen. */
export function upright(stored: BitPlane, orientation: number): BitPlane {
  const size = storedSize(orientation, stored);
  const plane = new BitPlane(size.width, size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const from = storedPoint(orientation, x, y, stored);
      if (stored.get(from.x, from.y)) plane.set(x, y, true);
    }
  }
  return plane;
}
