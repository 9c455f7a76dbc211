import { contains, type Point, rectOf, type Rect, type Size } from '../../shared/geometry';
import type { Frame } from './frame';
import { toPicture, visibleBox } from './viewport';

/** Longest side, CSS pixels. */
const SIDE = 168;

/** How large a minimap of a picture is, CSS pixels. */
export function minimapSize(picture: Size): Size {
  const scale = SIDE / Math.max(picture.width, picture.height);
  return { width: Math.max(24, picture.width * scale), height: Math.max(24, picture.height * scale) };
}

/** Whether it helps: not while the whole picture is in sight. */
export function needsMinimap({ view, stage, picture }: Frame): boolean {
  const seen = visibleBox(view, stage);
  // Half a pixel of slack: a fitted picture's edges are rounded.
  const grown: Rect = { x: seen.x - 0.5, y: seen.y - 0.5, width: seen.width + 1, height: seen.height + 1 };
  return !contains(grown, rectOf(picture));
}

/** Draws the picture and the part of it that the stage shows, on a canvas of `minimapSize`. */
export function paintMinimap(context: CanvasRenderingContext2D, frame: Frame, image: ImageBitmap | null): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  if (image) context.drawImage(image, 0, 0, width, height);
  const path = new Path2D();
  for (const corner of stageCorners(frame)) {
    path.lineTo((corner.x / frame.picture.width) * width, (corner.y / frame.picture.height) * height);
  }
  path.closePath();
  const outside = new Path2D();
  outside.rect(0, 0, width, height);
  outside.addPath(path);
  context.fillStyle = 'rgb(0 0 0 / 45%)';
  context.fill(outside, 'evenodd');
  context.lineJoin = 'round';
  for (const { thickness, style } of [
    { thickness: 4, style: '#000' },
    { thickness: 2, style: '#fff' },
  ]) {
    context.lineWidth = thickness;
    context.strokeStyle = style;
    context.stroke(path);
  }
}

/** The stage's corners in picture pixels, in order. */
function stageCorners({ view, stage }: Frame): readonly Point[] {
  return [
    { x: 0, y: 0 },
    { x: stage.width, y: 0 },
    { x: stage.width, y: stage.height },
    { x: 0, y: stage.height },
  ].map((corner) => toPicture(view, corner));
}
