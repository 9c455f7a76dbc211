import type Konva from 'konva';
import { type Point, rectOf, type Size } from '../../shared/geometry';
import { type StrokeSample, strokeSample } from '../../shared/stroke';
import type { PlaneName, PlaneTarget } from '../state/planes';
import type { Masks } from '../state/masks';
import type { Shape } from '../../shared/shape';
import type { ShapeSession, StrokeSession, Tool, ToolContext } from '../tools/tool';
import { boxOf, type Frame, levelOf } from './frame';
import { paintShape } from './live-shape';
import { LiveStroke } from './live-stroke';
import { PicturePainter } from './picture-painter';
import { PlanePainter, paintOutline } from './plane-painter';
import { PLANE_STYLES } from './plane-style';
import { PlaneTiles } from './plane-tiles';
import type { PlanePyramid } from './plane-pyramid';
import type { TileStore } from './tile-store';
import {
  actualSize,
  fitView,
  keepInReach,
  panBy,
  resized,
  toPicture,
  toScreen,
  type Viewport,
  zoomAt,
} from './viewport';

/** The layers of the Konva stage, lowest first. */
export const LAYER_NAMES = ['picture', 'include', 'exclude', 'hole', 'outline'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];
export type StageLayers = Readonly<Record<LayerName, Konva.Layer>>;

/** A picture as the canvas shows it. */
export interface CanvasDocument {
  readonly size: Size;
  readonly alpha: boolean;
  readonly masks: Masks;
  readonly tiles: TileStore<ImageBitmap>;
  /** The picture without any edit, for comparing. */
  readonly original: TileStore<ImageBitmap>;
}

/** What the canvas asks of the program around it. */
export interface CanvasHost {
  readonly tool: () => Tool;
  /** Diameter of the tip in picture pixels. */
  readonly diameter: () => number;
  readonly commitStroke: (targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string) => void;
  readonly commitShape: (shape: Shape, on: boolean, name: string) => void;
  readonly pickColour: (at: Point, on: boolean, name: string) => void;
  readonly viewChanged: (view: Viewport) => void;
  readonly pointerMoved: (picture: Point | null) => void;
}

interface Shown extends CanvasDocument {
  readonly planes: Readonly<Record<PlaneName, PlaneTiles>>;
  readonly stopListening: () => void;
}

const PLANE_LAYERS = ['include', 'exclude', 'hole'] as const;

/**
 * The picture on the screen: the viewport, what is drawn on which layer, and the stroke under the hand. Plain Konva;
 * React only provides the stage.
 */
export class StudioCanvas implements ToolContext {
  private readonly host: CanvasHost;
  private readonly picturePainter = new PicturePainter();
  private readonly planePainters = {
    hole: new PlanePainter('hole'),
    include: new PlanePainter('include'),
    exclude: new PlanePainter('exclude'),
  };
  private layers: StageLayers | null = null;
  private shown: Shown | null = null;
  private stage: Size = { width: 1, height: 1 };
  private pixelRatio = 1;
  private view: Viewport = { scale: 1, x: 0, y: 0, rotation: 0 };
  /** Until the person moves the picture it is fitted into whatever size the window gets. */
  private fitted = true;
  private live: LiveStroke | null = null;
  private area: { shape: Shape | null } | null = null;
  private comparing = false;
  private pending: PlaneTiles | null = null;
  lastPoint: Point | null = null;

  constructor(host: CanvasHost) {
    this.host = host;
  }

  /** Takes the stage's layers; each calls `paint` with its name when it is drawn. */
  attach(layers: StageLayers | null): void {
    this.layers = layers;
    if (!layers) return;
    for (const name of PLANE_LAYERS) {
      layers[name].getNativeCanvasElement().style.opacity = String(PLANE_STYLES[name].opacity);
    }
    this.refresh();
  }

  paint(name: LayerName, context: CanvasRenderingContext2D): void {
    const frame = this.frame();
    const shown = this.shown;
    if (!frame || !shown) return;
    if (name === 'picture') {
      const tiles = this.comparing ? shown.original : shown.tiles;
      this.picturePainter.paint(context, frame, tiles, shown.alpha);
    } else if (name === 'outline') {
      if (this.comparing) return;
      for (const plane of PLANE_LAYERS) paintOutline(context, frame, shown.planes[plane], PLANE_STYLES[plane].outline);
      if (this.area?.shape) paintShape(context, frame, this.area.shape);
    } else if (!this.comparing) {
      const without = name === 'hole' ? this.pending : null;
      this.planePainters[name].paint(context, frame, shown.planes[name], without, this.live);
    }
  }

  /** Shows a picture, or none. */
  show(document: CanvasDocument | null): void {
    this.shown?.stopListening();
    this.live = null;
    this.area = null;
    this.lastPoint = null;
    this.pending = null;
    this.comparing = false;
    if (!document) {
      this.shown = null;
      this.refresh();
      return;
    }
    const { masks } = document;
    const planes = {
      hole: new PlaneTiles(masks.pyramid('hole')),
      include: new PlaneTiles(masks.pyramid('include')),
      exclude: new PlaneTiles(masks.pyramid('exclude')),
    };
    const stopListening = masks.onChange((plane, box) => {
      planes[plane].invalidate(box);
      this.refresh(plane, 'outline');
    });
    this.shown = { ...document, planes, stopListening };
    this.fit();
  }

  /** The part of the hole that a running fill works on: only its outline is shown, so that the preview can be seen. */
  setPending(hole: PlanePyramid | null): void {
    this.pending = hole ? new PlaneTiles(hole) : null;
    this.refresh('hole');
  }

  setComparing(on: boolean): void {
    if (this.comparing === on) return;
    this.comparing = on;
    this.refresh();
  }

  /** The stage got another size, or moved to a screen of another density. */
  resize(stage: Size, pixelRatio: number): void {
    const before = this.stage;
    this.stage = stage;
    this.pixelRatio = pixelRatio;
    if (this.fitted) this.fit();
    else this.setView(resized(this.view, before, stage));
  }

  fit(): void {
    if (!this.shown) return;
    this.setView(fitView(this.shown.size, this.stage, this.view.rotation));
    this.fitted = true;
  }

  actualSize(): void {
    this.setView(actualSize(this.view, this.stage, this.pixelRatio));
  }

  /** Zooms around a point of the stage; its middle when none is given. */
  zoomBy(factor: number, at: Point = { x: this.stage.width / 2, y: this.stage.height / 2 }): void {
    this.setView(zoomAt(this.view, at, factor));
  }

  panBy(dx: number, dy: number): void {
    this.setView(panBy(this.view, dx, dy));
  }

  toPicture(screen: Point): Point {
    return toPicture(this.view, screen);
  }

  toScreen(picture: Point): Point {
    return toScreen(this.view, picture);
  }

  /** Diameter of the tip on the screen, CSS pixels. */
  tipSize(): number {
    return this.host.diameter() * this.view.scale;
  }

  /** Screen pixels of the display for one pixel of the picture: what "100 %" means. */
  zoom(): number {
    return this.view.scale * this.pixelRatio;
  }

  tool(): Tool {
    return this.host.tool();
  }

  pointerAt(screen: Point | null): void {
    this.host.pointerMoved(screen && this.shown ? this.toPicture(screen) : null);
  }

  hasPicture(): boolean {
    return this.shown !== null;
  }

  isPainting(): boolean {
    return this.live !== null || this.area !== null;
  }

  beginStroke(targets: readonly PlaneTarget[], name: string): StrokeSession {
    const live = new LiveStroke(targets);
    const radius = this.host.diameter() / 2;
    this.live = live;
    return {
      add: (points) => this.extendStroke(live, points, radius),
      commit: () => {
        this.live = null;
        const last = live.samples.at(-1);
        if (last) this.lastPoint = { x: last.x, y: last.y };
        this.host.commitStroke(live.targets, live.samples, name);
        this.refresh(...live.targets.map((target) => target.plane), 'outline');
      },
      discard: () => {
        this.live = null;
        this.refresh(...live.targets.map((target) => target.plane), 'outline');
      },
    };
  }

  beginShape(on: boolean, name: string): ShapeSession {
    const area: { shape: Shape | null } = { shape: null };
    this.area = area;
    // Another picture, or another area, may have come in between.
    const leave = () => {
      const current = this.area === area;
      if (current) this.area = null;
      this.refresh('outline');
      return current;
    };
    return {
      show: (shape) => {
        area.shape = shape;
        this.refresh('outline');
      },
      commit: () => {
        if (leave() && area.shape) this.host.commitShape(area.shape, on, name);
      },
      discard: () => void leave(),
    };
  }

  pickColour(at: Point, on: boolean, name: string): void {
    this.host.pickColour(at, on, name);
  }

  /** Draws these layers again with the next frame; all of them when none is named. */
  refresh(...names: LayerName[]): void {
    const frame = this.frame();
    if (frame && (names.length === 0 || names.includes('picture'))) this.wantTiles(frame);
    for (const name of names.length > 0 ? names : LAYER_NAMES) this.layers?.[name].batchDraw();
  }

  private wantTiles(frame: Frame): void {
    const box = boxOf(frame);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const tiles = this.comparing ? this.shown?.original : this.shown?.tiles;
    tiles?.want(box, levelOf(frame), middle);
  }

  /** Puts the newest part of the stroke on the canvases at once, whatever else is on them. */
  private extendStroke(live: LiveStroke, points: readonly Point[], radius: number): void {
    const frame = this.frame();
    const from = live.samples.length;
    live.add(points.map((point) => strokeSample(point.x, point.y, radius)));
    if (!frame || !this.layers) return;
    for (const { plane } of live.targets) {
      const context = this.layers[plane].getContext()._context;
      this.planePainters[plane].extend(context, frame, live, from);
    }
  }

  private setView(view: Viewport): void {
    if (!this.shown) return;
    this.fitted = false;
    this.view = keepInReach(view, this.shown.size, this.stage);
    this.host.viewChanged(this.view);
    this.refresh();
  }

  private frame(): Frame | null {
    if (!this.shown) return null;
    const { width, height } = rectOf(this.shown.size);
    return { view: this.view, stage: this.stage, pixelRatio: this.pixelRatio, picture: { width, height } };
  }
}
