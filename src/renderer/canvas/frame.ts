import { expand, type Rect, type Size } from '../../shared/geometry';
import { levelFor } from '../state/document/tile-grid';
import { boxOf as boxOfPoints, cornersOf, matrixOf, panBy, toScreen, type Viewport, visibleBox } from './viewport';

/** What is drawn may reach this far over the pixels that it shows, CSS pixels. */
const EDGE = 3;

/** What every painter needs to know about the picture on the screen at one moment. */
export interface Frame {
  readonly view: Viewport;
  readonly stage: Size;
  readonly pixelRatio: number;
  readonly picture: Size;
}

/** The level of detail that this frame needs. */
export function levelOf(frame: Frame): number {
  return levelFor(frame.view.scale, frame.pixelRatio, frame.picture);
}

/** The part of the picture plane on the screen. */
export function boxOf(frame: Frame): Rect {
  return visibleBox(frame.view, frame.stage);
}

/** The same with what lies just outside and may still be seen, such as half the width of an outline. */
export function boxAround(frame: Frame): Rect {
  return expand(boxOf(frame), EDGE / frame.view.scale);
}

/** The same seen through a part of the stage: `box` in device pixels. */
export function partOf(frame: Frame, box: Rect): Frame {
  const { view, pixelRatio } = frame;
  return {
    ...frame,
    view: panBy(view, -box.x / pixelRatio, -box.y / pixelRatio),
    stage: { width: box.width / pixelRatio, height: box.height / pixelRatio },
  };
}

/** Where a box of the picture is on the screen, device pixels; with a margin for what lines and smoothing add to it. */
export function deviceBoxOf({ view, pixelRatio }: Frame, box: Rect): Rect {
  const corners = cornersOf(box).map((corner) => toScreen(view, { x: box.x + corner.x, y: box.y + corner.y }));
  const { x, y, width, height } = expand(boxOfPoints(corners), EDGE);
  return { x: x * pixelRatio, y: y * pixelRatio, width: width * pixelRatio, height: height * pixelRatio };
}

/**
 * Draws an image onto a box of the picture. Unless the view is turned, edges fall on whole device pixels: neighbouring
 * tiles then meet without a seam. `source` is the part of the image to take.
 */
export function drawOnto(
  context: CanvasRenderingContext2D,
  frame: Frame,
  image: CanvasImageSource,
  source: Rect,
  target: Rect,
): void {
  const { view, pixelRatio } = frame;
  if (view.rotation !== 0) {
    context.setTransform(...matrixOf(view, pixelRatio));
    // A slanted edge is half transparent: a little of the neighbour below it hides the seam.
    const overlap = 0.75 / (view.scale * pixelRatio);
    context.drawImage(
      image,
      source.x,
      source.y,
      source.width,
      source.height,
      target.x,
      target.y,
      target.width + overlap,
      target.height + overlap,
    );
    context.setTransform(1, 0, 0, 1, 0, 0);
    return;
  }
  const from = toScreen(view, target);
  const to = toScreen(view, { x: target.x + target.width, y: target.y + target.height });
  const x = Math.round(from.x * pixelRatio);
  const y = Math.round(from.y * pixelRatio);
  const width = Math.round(to.x * pixelRatio) - x;
  const height = Math.round(to.y * pixelRatio) - y;
  context.drawImage(image, source.x, source.y, source.width, source.height, x, y, width, height);
}

/** Sharp pixels when they are large enough to be looked at one by one. */
export function smooth(context: CanvasRenderingContext2D, frame: Frame): void {
  context.imageSmoothingEnabled = frame.view.scale * frame.pixelRatio < 2;
  context.imageSmoothingQuality = 'medium';
}
