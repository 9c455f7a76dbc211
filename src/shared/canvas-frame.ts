/**
 * A picture's canvas made larger or smaller: the frame is what the new picture covers, in pixels of the old one. It may
 * reach over the old picture's edges, to the left and top with places below 0.
 */
import { BitPlane } from './bit-plane';
import { errorFor } from './error-texts';
import { intersect, isEmpty, type Point, type Rect, rectOf, type Size } from './geometry';
import { MAX_SIDE } from './protocol/values';

export const CANVAS_SIDES = ['left', 'top', 'right', 'bottom'] as const;
export type CanvasSide = (typeof CANVAS_SIDES)[number];

/** Pixels that come to each side; below 0: that are cut off there. */
export type CanvasMargins = Readonly<Record<CanvasSide, number>>;

/** A new canvas has at most so many times the old one's pixels: what is farther away nothing can be continued to. */
const MOST_CANVAS_GROWTH = 9;

export function frameOf({ width, height }: Size, { left, top, right, bottom }: CanvasMargins): Rect {
  return { x: -left, y: -top, width: left + width + right, height: top + height + bottom };
}

export function marginsOf({ width, height }: Size, frame: Rect): CanvasMargins {
  return {
    left: -frame.x,
    top: -frame.y,
    right: frame.x + frame.width - width,
    bottom: frame.y + frame.height - height,
  };
}

export function isSameCanvas(size: Size, { x, y, width, height }: Rect): boolean {
  return x === 0 && y === 0 && width === size.width && height === size.height;
}

/** The smallest canvas of an aspect ratio (width to height) that holds all of the picture, with it in the middle. */
export function frameOfAspect({ width, height }: Size, aspect: number): Rect {
  const wide = Math.max(width, Math.round(height * aspect));
  const high = Math.max(height, Math.round(width / aspect));
  return { x: Math.ceil((width - wide) / 2) + 0, y: Math.ceil((height - high) / 2) + 0, width: wide, height: high };
}

/**
 * @param frame in whole pixels
 * @throws StudioError canvas-nothing-left, canvas-too-large
 */
export function checkFrame(size: Size, frame: Rect): void {
  const { width, height } = frame;
  if (width < 1 || height < 1 || isEmpty(intersect(rectOf(size), frame))) throw errorFor('canvas-nothing-left', {});
  const most = MOST_CANVAS_GROWTH * size.width * size.height;
  if (Math.max(width, height) > MAX_SIDE || width * height > most) {
    throw errorFor('canvas-too-large', { width, height, times: MOST_CANVAS_GROWTH, most: MAX_SIDE });
  }
}

/** What the old picture does not reach, on the new canvas. */
export function borderPlane(size: Size, frame: Rect): BitPlane {
  const border = new BitPlane(frame.width, frame.height);
  border.fill(true);
  border.fillRect({ x: -frame.x, y: -frame.y, ...size }, false);
  return border;
}

/** A place of the old picture, on the new canvas. */
export function framedPoint({ x, y }: Point, frame: Rect): Point {
  return { x: x - frame.x, y: y - frame.y };
}
