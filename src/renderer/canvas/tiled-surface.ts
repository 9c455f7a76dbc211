import type { Rect } from '../../shared/geometry';
import { deviceBoxOf, type Frame, partOf } from './frame';
import { meets } from '../state/document/tile-grid';

/**
 * Side of a canvas, device pixels. Without a GPU, Chromium copies a canvas that has changed whenever it is shown: with
 * one canvas for the whole stage that was half of what a pointer event cost while painting, and more in a larger window.
 */
const SIDE = 256;

/** What is on a surface; both work on any part of it, as a frame of its own. */
export interface SurfaceContents {
  /** Whether nothing is there: then no canvas is shown. */
  readonly isEmpty: (frame: Frame) => boolean;
  /** Draws onto a clear canvas as large as the frame. */
  readonly paint: (context: CanvasRenderingContext2D, frame: Frame) => void;
}

/** One square of the surface's grid, whose origin is the picture's; device pixels. */
interface Cell {
  readonly key: string;
  readonly box: Rect;
}

/**
 * A surface of the stage made of small canvases that are tied to the picture: a change costs what it covers, however large
 * the window is, and dragging the picture moves them without drawing them again.
 */
export class TiledSurface {
  /** The cells that have something on them. */
  private readonly canvases = new Map<string, CanvasRenderingContext2D>();
  /** Cells that are as they should be, with a canvas or without. */
  private readonly done = new Map<string, Cell>();
  private readonly holder: HTMLElement;
  private readonly frame: () => Frame | null;
  private readonly contents: SurfaceContents;
  /** The zoom, angle and density that the canvases were drawn for. */
  private drawnFor = '';
  private waiting = 0;

  /** `frame`: the whole stage at this moment; null while there is nothing to show. */
  constructor(holder: HTMLElement, frame: () => Frame | null, contents: SurfaceContents) {
    this.holder = holder;
    this.frame = frame;
    this.contents = contents;
  }

  dispose(): void {
    cancelAnimationFrame(this.waiting);
    this.forget();
  }

  /** Draws again with the next frame: all of it, or what shows a box of the picture. */
  refresh(box?: Rect): void {
    const frame = this.frame();
    if (!box || !frame) this.done.clear();
    else {
      const changed = deviceBoxOf(anchored(frame), box);
      for (const cell of this.done.values()) if (meets(cell.box, changed)) this.done.delete(cell.key);
    }
    this.drawSoon();
  }

  /** The picture lies elsewhere: what came into sight is drawn with the next frame; all of it after a zoom or a turn. */
  move(): void {
    this.drawSoon();
  }

  /** Draws something more onto what is there, at once. @param grows whether it can put something where nothing is */
  extend(box: Rect, grows: boolean, draw: SurfaceContents['paint']): void {
    const frame = this.frame();
    if (!frame || this.drawnFor !== lookOf(frame)) return;
    const origin = anchored(frame);
    const changed = deviceBoxOf(origin, box);
    for (const cell of cellsIn(frame)) {
      // What waits to be drawn is drawn with it.
      if (!this.done.has(cell.key) || !meets(cell.box, changed)) continue;
      const context = this.canvases.get(cell.key) ?? (grows ? this.make(cell, frame.pixelRatio) : null);
      if (context) draw(context, partOf(origin, cell.box));
    }
  }

  private drawSoon(): void {
    if (this.waiting === 0) this.waiting = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.waiting = 0;
    const frame = this.frame();
    if (!frame || this.drawnFor !== lookOf(frame)) this.forget();
    if (!frame) return;
    this.drawnFor = lookOf(frame);
    const { x, y } = originOf(frame);
    this.holder.style.transform = `translate(${x / frame.pixelRatio}px, ${y / frame.pixelRatio}px)`;
    const cells = cellsIn(frame);
    this.keepOnly(cells);
    for (const cell of cells) {
      if (this.done.has(cell.key)) continue;
      this.done.set(cell.key, cell);
      const part = partOf(anchored(frame), cell.box);
      if (this.contents.isEmpty(part)) this.remove(cell.key);
      else this.paint(cell, part);
    }
  }

  private paint(cell: Cell, part: Frame): void {
    const context = this.canvases.get(cell.key) ?? this.make(cell, part.pixelRatio);
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    this.contents.paint(context, part);
  }

  private make({ key, box }: Cell, pixelRatio: number): CanvasRenderingContext2D | null {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context) return null;
    canvas.width = canvas.height = SIDE;
    canvas.style.width = canvas.style.height = `${SIDE / pixelRatio}px`;
    canvas.style.left = `${box.x / pixelRatio}px`;
    canvas.style.top = `${box.y / pixelRatio}px`;
    this.holder.append(canvas);
    this.canvases.set(key, context);
    return context;
  }

  private remove(key: string): void {
    this.canvases.get(key)?.canvas.remove();
    this.canvases.delete(key);
  }

  private keepOnly(cells: readonly Cell[]): void {
    const kept = new Set(cells.map(({ key }) => key));
    for (const key of this.done.keys()) {
      if (kept.has(key)) continue;
      this.done.delete(key);
      this.remove(key);
    }
  }

  private forget(): void {
    this.done.clear();
    this.canvases.clear();
    this.holder.replaceChildren();
  }
}

function lookOf({ view, pixelRatio }: Frame): string {
  return `${view.scale}/${view.rotation}/${pixelRatio}`;
}

/** The same with the picture's origin at the stage's: how the cells see it. */
function anchored(frame: Frame): Frame {
  return { ...frame, view: { ...frame.view, x: 0, y: 0 } };
}

/** Where the picture's origin is, whole device pixels. */
function originOf({ view, pixelRatio }: Frame): { readonly x: number; readonly y: number } {
  return { x: Math.round(view.x * pixelRatio), y: Math.round(view.y * pixelRatio) };
}

/** The cells on the stage. */
function cellsIn(frame: Frame): readonly Cell[] {
  const { x: left, y: top } = originOf(frame);
  const right = frame.stage.width * frame.pixelRatio - left;
  const bottom = frame.stage.height * frame.pixelRatio - top;
  const cells: Cell[] = [];
  for (let y = Math.floor(-top / SIDE) * SIDE; y < bottom; y += SIDE) {
    for (let x = Math.floor(-left / SIDE) * SIDE; x < right; x += SIDE) {
      cells.push({ key: `${x}/${y}`, box: { x, y, width: SIDE, height: SIDE } });
    }
  }
  return cells;
}
