import type { Rect, Size } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol';
import { levelFor, type TileAddress } from './tile-grid';
import { matrixOf, toScreen, type Viewport, visibleBox } from './viewport';

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

/** The picture box of a whole tile, also beyond the picture's edge. */
export function wholeTileBox(tile: TileAddress): Rect {
  const side = TILE_SIDE * 2 ** tile.level;
  return { x: tile.x * side, y: tile.y * side, width: side, height: side };
}

/** Sharp pixels when they are large enough to be looked at one by one. */
export function smooth(context: CanvasRenderingContext2D, frame: Frame): void {
  context.imageSmoothingEnabled = frame.view.scale * frame.pixelRatio < 2;
  context.imageSmoothingQuality = 'medium';
}
