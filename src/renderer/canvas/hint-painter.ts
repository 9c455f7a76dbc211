import type { HintRaster } from '../../shared/hint-raster';
import { HINT_TILE } from '../../shared/hint-raster';
import { boxOf, drawOnto, type Frame, levelOf, smooth } from './frame';
import { PLANE_TILE } from './plane-tile';
import type { PlaneTiles } from './plane-tiles';

const WHOLE = { x: 0, y: 0, width: HINT_TILE, height: HINT_TILE };
const WHOLE_PLANE = { x: 0, y: 0, width: PLANE_TILE, height: PLANE_TILE };
/** Tiles kept as canvases beside those on the screen. */
const MOST_TILES = 2048;

/** Draws a hint where the hole is: elsewhere it counts for nothing, and so is not shown. */
export class HintPainter {
  /** By the pixels themselves: a tile that changes is another array. */
  private images = new Map<Uint8Array, OffscreenCanvas>();

  /** @param without what a running fill works on: there its preview is to be seen */
  paint(
    context: CanvasRenderingContext2D,
    frame: Frame,
    raster: HintRaster,
    hole: PlaneTiles,
    without: PlaneTiles | null,
  ): void {
    if (raster.isEmpty()) return;
    const used = new Map<Uint8Array, OffscreenCanvas>();
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    smooth(context, frame);
    for (const { box, pixels } of raster.tilesIn(boxOf(frame))) {
      const image = this.images.get(pixels) ?? imageOf(pixels);
      used.set(pixels, image);
      drawOnto(context, frame, image, WHOLE, box);
    }
    if (this.images.size + used.size > MOST_TILES) this.images = used;
    else for (const [pixels, image] of used) this.images.set(pixels, image);
    this.keepOnly(context, frame, hole, without);
    context.restore();
  }

  /** On a canvas of its own, so that all tiles together are what is kept. */
  private keepOnly(
    context: CanvasRenderingContext2D,
    frame: Frame,
    hole: PlaneTiles,
    without: PlaneTiles | null,
  ): void {
    const { width, height } = context.canvas;
    const stencil = new OffscreenCanvas(width, height);
    const paint = stencil.getContext('2d') as unknown as CanvasRenderingContext2D | null;
    if (!paint) return;
    smooth(paint, frame);
    for (const [tiles, mode] of [
      [hole, 'source-over'],
      [without, 'destination-out'],
    ] as const) {
      paint.globalCompositeOperation = mode;
      for (const { image, box } of tiles?.in(boxOf(frame), levelOf(frame)) ?? []) {
        if (image) drawOnto(paint, frame, image, WHOLE_PLANE, box);
      }
    }
    context.globalCompositeOperation = 'destination-in';
    context.drawImage(stencil, 0, 0);
  }
}

function imageOf(pixels: Uint8Array): OffscreenCanvas {
  const canvas = new OffscreenCanvas(HINT_TILE, HINT_TILE);
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels), HINT_TILE, HINT_TILE), 0, 0);
  return canvas;
}
