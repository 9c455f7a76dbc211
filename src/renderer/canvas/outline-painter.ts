import { boxAround, boxOf, drawOnto, type Frame, levelOf, smooth } from './frame';
import { MOST_RADIUS } from './outline-band';
import { type OutlineLine, PLANE_TILE } from './plane-tile';
import type { PlaneTiles } from './plane-tiles';
import { matrixOf } from './viewport';

/**
 * Widths of the outline and of the dark line below it, CSS pixels: a pixel each, so that they hide next to nothing of the
 * edge that they lie on. Opaque: where tiles meet, lines overlap.
 */
const WIDTHS = { light: 1, dark: 2 };
const SHADE = '#26262b';
const WHOLE_TILE = { x: 0, y: 0, width: PLANE_TILE, height: PLANE_TILE };

/** Whether there is no border of the plane in sight. */
export function isOutlineEmpty(frame: Frame, tiles: PlaneTiles): boolean {
  // The lines reach no farther than what is looked at around the frame.
  return tiles.in(boxAround(frame), levelOf(frame)).every(({ image }) => !image);
}

/** Draws the border of a plane: a light line beside a dark one, about equally wide at every zoom. */
export function paintOutline(context: CanvasRenderingContext2D, frame: Frame, tiles: PlaneTiles, colour: string): void {
  context.save();
  if (frame.view.scale * frame.pixelRatio > 1) strokePaths(context, frame, tiles, colour);
  else drawImages(context, frame, tiles, colour);
  context.restore();
}

/** Large pixels have corners, and there are few of them in sight. */
function strokePaths(context: CanvasRenderingContext2D, frame: Frame, tiles: PlaneTiles, colour: string): void {
  const level = levelOf(frame);
  const step = 2 ** level;
  const unit = 1 / (frame.view.scale * step);
  const seen = tiles.in(boxAround(frame), level);
  context.lineCap = 'square';
  // All dark lines first: one tile's must not cover the light line of its neighbour.
  for (const [width, style] of [
    [WIDTHS.dark, SHADE],
    [WIDTHS.light, colour],
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = style;
    for (const { outline, box } of seen) {
      if (!outline) continue;
      context.setTransform(...matrixOf(frame.view, frame.pixelRatio));
      context.transform(step, 0, 0, step, box.x, box.y);
      context.stroke(outline);
    }
  }
}

/**
 * Small pixels: strokes over strokes have thousands of edges in sight, and stroking them as paths would take longer the
 * more there are.
 */
function drawImages(context: CanvasRenderingContext2D, frame: Frame, tiles: PlaneTiles, colour: string): void {
  const level = levelOf(frame);
  const unit = 1 / (frame.view.scale * 2 ** level);
  const radius = Math.min(MOST_RADIUS, Math.max(1, Math.round((WIDTHS.dark / 2) * unit)));
  const lines: readonly OutlineLine[] = [
    { radius, colour: SHADE, inside: false },
    { radius, colour, inside: true },
  ];
  context.setTransform(1, 0, 0, 1, 0, 0);
  smooth(context, frame);
  for (const tile of tiles.in(boxOf(frame), level)) {
    const image = tile.outlineImage(lines);
    if (image) drawOnto(context, frame, image, WHOLE_TILE, tile.box);
  }
}
