import { boxAround, boxOf, drawOnto, type Frame, levelOf, smooth } from './frame';
import type { LiveStroke } from './live-stroke';
import { PLANE_STYLES, planePattern, type StyledPlane } from './plane-style';
import { PLANE_TILE } from './plane-tile';
import type { PlaneTiles } from './plane-tiles';
import { meets } from '../state/document/tile-grid';

const WHOLE_TILE = { x: 0, y: 0, width: PLANE_TILE, height: PLANE_TILE };

/**
 * Draws one plane onto a canvas of its own. Everything on it is opaque; the canvas as a whole is translucent, so a
 * stroke over painted ground, or over itself, does not get darker.
 */
export class PlanePainter {
  private pattern: { readonly ratio: number; readonly value: CanvasPattern } | null = null;
  private readonly name: StyledPlane;

  constructor(name: StyledPlane) {
    this.name = name;
  }

  /** Whether `paint` would leave the canvas clear. */
  isEmpty(frame: Frame, tiles: PlaneTiles, live: LiveStroke | null): boolean {
    if (live?.effectOn(this.name) === true && meets(live.boxFrom(), boxAround(frame))) return false;
    return tiles.in(boxOf(frame), levelOf(frame)).every(({ image }) => !image);
  }

  /** The plane without `without` (what a running fill works on), and the live stroke so far. */
  paint(
    context: CanvasRenderingContext2D,
    frame: Frame,
    tiles: PlaneTiles,
    without: PlaneTiles | null,
    live: LiveStroke | null,
  ): void {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    smooth(context, frame);
    for (const [set, mode] of [
      [tiles, 'source-over'],
      [without, 'destination-out'],
    ] as const) {
      context.globalCompositeOperation = mode;
      for (const { image, box } of set?.in(boxOf(frame), levelOf(frame)) ?? []) {
        if (image) drawOnto(context, frame, image, WHOLE_TILE, box);
      }
    }
    context.globalCompositeOperation = 'source-in';
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
    if (style.pattern === 'plain') return style.colour ?? style.mark;
    const { pixelRatio, view } = frame;
    if (this.pattern?.ratio !== pixelRatio) {
      const value = planePattern(context, style, pixelRatio);
      if (!value) return style.mark;
      this.pattern = { ratio: pixelRatio, value };
    }
    // Tied to the picture, so that it does not swim when the picture is dragged.
    this.pattern.value.setTransform(new DOMMatrix([1, 0, 0, 1, view.x * pixelRatio, view.y * pixelRatio]));
    return this.pattern.value;
  }
}
