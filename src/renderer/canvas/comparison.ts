import type { Rect } from '../../shared/geometry';
import { boxOf, drawOnto, type Frame, levelOf, smooth } from './frame';
import type { PicturePainter } from './picture-painter';
import { parentOf, type TileAddress, tileBox, tilesIn } from '../state/document/tile-grid';
import type { Comparison, PictureTiles } from '../state/document/picture-view';

/** The looks that a comparison needs tiles of. */
export function looksOf(comparison: Comparison): readonly PictureTiles[] {
  switch (comparison.kind) {
    case 'single':
      return [comparison.tiles];
    case 'split':
      return [comparison.left, comparison.right];
    case 'difference':
      return [comparison.one, comparison.other];
  }
}

/** Draws what is compared; `alpha`: whether the picture has transparent pixels. */
export function paintComparison(
  context: CanvasRenderingContext2D,
  frame: Frame,
  painter: PicturePainter,
  comparison: Comparison,
  alpha: boolean,
): void {
  if (comparison.kind === 'single') {
    painter.paint(context, frame, comparison.tiles, alpha);
  } else if (comparison.kind === 'split') {
    const { width, height } = context.canvas;
    const line = Math.round(comparison.at * width);
    for (const [tiles, part] of [
      [comparison.left, { x: 0, y: 0, width: line, height }],
      [comparison.right, { x: line, y: 0, width: width - line, height }],
    ] as const) {
      context.save();
      clipTo(context, part);
      painter.paint(context, frame, tiles, alpha);
      context.restore();
    }
  } else {
    paintDifference(context, frame, comparison.one, comparison.other, comparison.gain);
  }
}

/** Device pixels. */
function clipTo(context: CanvasRenderingContext2D, part: Rect): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.beginPath();
  context.rect(part.x, part.y, part.width, part.height);
  context.clip();
}

/**
 * Each look is drawn to its end by itself before they are compared, pixel by pixel: one that is drawn as the difference to
 * what is there is not rounded first, and a scaled picture would differ from itself by a step here and there.
 */
function paintDifference(
  context: CanvasRenderingContext2D,
  frame: Frame,
  one: PictureTiles,
  other: PictureTiles,
  gain: number,
): void {
  const { width, height } = context.canvas;
  if (scratch?.width !== width || scratch.height !== height) scratch = new OffscreenCanvas(width, height);
  const paint = scratch.getContext('2d') as unknown as CanvasRenderingContext2D | null;
  if (!paint) return;
  paint.clearRect(0, 0, width, height);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  smooth(context, frame);
  smooth(paint, frame);
  for (const address of tilesIn(boxOf(frame), levelOf(frame), frame.picture)) {
    const pair = commonTile(address, one, other);
    if (!pair) continue;
    const target = tileBox(address, frame.picture);
    const whole = tileBox(pair.tile, frame.picture);
    const sx = pair.one.width / whole.width;
    const sy = pair.one.height / whole.height;
    const source = {
      x: (target.x - whole.x) * sx,
      y: (target.y - whole.y) * sy,
      width: target.width * sx,
      height: target.height * sy,
    };
    drawOnto(context, frame, pair.one, source, target);
    drawOnto(paint, frame, pair.other, source, target);
  }
  context.globalCompositeOperation = 'difference';
  context.drawImage(scratch, 0, 0);
  // Twice the light with every turn.
  context.globalCompositeOperation = 'lighter';
  for (let light = 1; light < gain; light *= 2) context.drawImage(context.canvas, 0, 0);
  context.restore();
}

/** The other look while a difference is drawn; as large as the stage. */
let scratch: OffscreenCanvas | null = null;

/** The finest tile over this place that both looks have: two levels of detail would differ where the pictures do not. */
function commonTile(
  address: TileAddress,
  one: PictureTiles,
  other: PictureTiles,
): { readonly tile: TileAddress; readonly one: ImageBitmap; readonly other: ImageBitmap } | null {
  const level = Math.max(one.best(address)?.tile.level ?? Infinity, other.best(address)?.tile.level ?? Infinity);
  if (level === Infinity) return null;
  let tile = address;
  while (tile.level < level) tile = parentOf(tile);
  const images = [one.get(tile), other.get(tile)] as const;
  return images[0] && images[1] ? { tile, one: images[0], other: images[1] } : null;
}
