import type { PlaneName } from '../state/planes';
import { boxOf, drawOnto, type Frame, levelOf, smooth, wholeTileBox } from './frame';
import type { LiveStroke } from './live-stroke';
import { PLANE_STYLES, planePattern } from './plane-style';
import type { PlaneTiles } from './plane-tiles';
import { tilesIn } from './tile-grid';
import { matrixOf } from './viewport';
import { TILE_SIDE } from '../../shared/protocol';

const WHOLE_TILE = { x: 0, y: 0, width: TILE_SIDE, height: TILE_SIDE };
/** Widths of the outline and of the dark line below it, CSS pixels. Opaque: where tiles meet, lines overlap. */
const OUTLINE = { light: 1.25, dark: 3.25, shade: '#26262b' };

/**
 * Draws one plane onto a canvas of its own. Everything on it is opaque; the canvas as a whole is translucent, so a
 * stroke over painted ground, or over itself, does not get darker.
 */
export class PlanePainter {
  private pattern: { readonly ratio: number; readonly value: CanvasPattern } | null = null;
  private readonly name: PlaneName;

  constructor(name: PlaneName) {
    this.name = name;
  }

  /** The plane without `without` (what a running fill works on), and the live stroke so far. */
  paint(
    context: CanvasRenderingContext2D,
    frame: Frame,
    tiles: PlaneTiles,
    without: PlaneTiles | null,
    live: LiveStroke | null,
  ): void {
    const level = levelOf(frame);
    const addresses = tilesIn(boxOf(frame), level, frame.picture);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    smooth(context, frame);
    for (const [set, mode] of [
      [tiles, 'source-over'],
      [without, 'destination-out'],
    ] as const) {
      context.globalCompositeOperation = mode;
      for (const address of addresses) {
        const image = set?.get(address).image;
        if (image) drawOnto(context, frame, image, WHOLE_TILE, wholeTileBox(address));
      }
    }
    context.globalCompositeOperation = 'source-atop';
    context.fillStyle = this.style(context, frame);
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
    if (live) this.extend(context, frame, live, 0);
  }

  /** Draws the newest part of a live stroke onto what is there. */
  extend(context: CanvasRenderingContext2D, frame: Frame, live: LiveStroke, from: number): void {
    const on = live.effectOn(this.name);
    if (on === undefined) return;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = on ? 'source-over' : 'destination-out';
    context.strokeStyle = on ? this.style(context, frame) : '#000';
    live.trace(context, frame, from);
    context.restore();
  }

  private style(context: CanvasRenderingContext2D, frame: Frame): CanvasPattern | string {
    const style = PLANE_STYLES[this.name];
    if (style.pattern === 'plain') return style.colour;
    const { pixelRatio, view } = frame;
    if (this.pattern?.ratio !== pixelRatio) {
      const value = planePattern(context, style, pixelRatio);
      if (!value) return style.colour;
      this.pattern = { ratio: pixelRatio, value };
    }
    // Tied to the picture, so that it does not swim when the picture is dragged.
    this.pattern.value.setTransform(new DOMMatrix([1, 0, 0, 1, view.x * pixelRatio, view.y * pixelRatio]));
    return this.pattern.value;
  }
}

/** Draws the border of a plane: a light line over a dark one, equally wide at every zoom. */
export function paintOutline(context: CanvasRenderingContext2D, frame: Frame, tiles: PlaneTiles, colour: string): void {
  const level = levelOf(frame);
  const step = 2 ** level;
  const unit = 1 / (frame.view.scale * step);
  const addresses = tilesIn(boxOf(frame), level, frame.picture);
  context.save();
  context.lineCap = 'square';
  // All dark lines first: one tile's must not cover the light line of its neighbour.
  for (const [width, style] of [
    [OUTLINE.dark, OUTLINE.shade],
    [OUTLINE.light, colour],
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = style;
    for (const address of addresses) {
      const { outline } = tiles.get(address);
      if (!outline) continue;
      const box = wholeTileBox(address);
      context.setTransform(...matrixOf(frame.view, frame.pixelRatio));
      context.transform(step, 0, 0, step, box.x, box.y);
      context.stroke(outline);
    }
  }
  context.restore();
}
