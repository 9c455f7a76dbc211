import type Konva from 'konva';
import type { Point, Rect, Size } from '../../shared/geometry';
import type { HintRaster } from '../../shared/hint-raster';
import type { Shape } from '../../shared/shape';
import type { SourceMap, SourcePlace } from '../../shared/source-map';
import type { StrokeSample } from '../../shared/stroke';
import type { Masks } from '../state/masks';
import type { PlaneName, PlaneTarget } from '../state/planes';
import type { ShapeSession, StrokeSession, Tool, ToolContext } from '../tools/tool';
import { Camera } from './camera';
import { type Comparison, looksOf, paintComparison, type PictureTiles } from './comparison';
import { FlowPainter } from './flow-painter';
import { boxOf, type Frame, levelOf } from './frame';
import { HandWork } from './hand-work';
import { HintPainter } from './hint-painter';
import { paintShape } from './live-shape';
import type { LiveStroke } from './live-stroke';
import { paintSourceLink } from './source-link-painter';
import { PicturePainter } from './picture-painter';
import { paintPixelGrid } from './pixel-grid';
import { PlanePainter, paintOutline } from './plane-painter';
import { PLANE_STYLES } from './plane-style';
import { PlaneTiles } from './plane-tiles';
import type { PlanePyramid } from './plane-pyramid';
import { topLevel } from './tile-grid';

/** The layers of the Konva stage, lowest first. */
export const LAYER_NAMES = ['picture', 'include', 'exclude', 'hole', 'hint', 'outline'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];
export type StageLayers = Readonly<Record<LayerName, Konva.Layer>>;

/** A picture as the canvas shows it. */
export interface CanvasDocument {
  readonly size: Size;
  readonly alpha: boolean;
  readonly masks: Masks;
  readonly hints: HintRaster;
  readonly edited: PictureTiles;
  /** The picture without any edit, for comparing. */
  readonly original: PictureTiles;
}

/** What the canvas asks of the program around it. */
export interface CanvasHost {
  readonly tool: () => Tool;
  /** Diameter of the tip in picture pixels. */
  readonly diameter: () => number;
  /** 0..1, the part of the tip that is not soft. */
  readonly hardness: () => number;
  /** One point of the tip at a place; `pressure` as in PointerSample. */
  readonly sample: (at: Point, pressure: number) => StrokeSample;
  readonly commitStroke: (targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string) => void;
  readonly commitShape: (shape: Shape, on: boolean, name: string) => void;
  readonly fillRegion: (at: Point, on: boolean, name: string) => void;
  readonly pickColour: (at: Point, on: boolean, name: string) => void;
  readonly refuseSource: (at: Point) => void;
  /** Null when no hint can be painted. */
  readonly beginHint: () => StrokeSession | null;
  /** sRGB, 0..255. */
  readonly colourSampled: (colour: readonly [number, number, number]) => void;
  readonly viewChanged: () => void;
  readonly pointerMoved: (picture: Point | null) => void;
}

interface Shown extends CanvasDocument {
  readonly planes: Readonly<Record<PlaneName, PlaneTiles>>;
  readonly stopListening: () => void;
}

const PLANE_LAYERS = ['include', 'exclude', 'hole'] as const;

/**
 * The picture on the screen: what is drawn on which layer. Where it lies is the Camera's, what is under the hand
 * HandWork's. Plain Konva; React only provides the stage.
 */
export class StudioCanvas implements ToolContext {
  readonly camera: Camera;
  private readonly host: CanvasHost;
  private readonly hand: HandWork;
  private readonly picturePainter = new PicturePainter();
  private readonly hintPainter = new HintPainter();
  private readonly planePainters = {
    hole: new PlanePainter('hole'),
    include: new PlanePainter('include'),
    exclude: new PlanePainter('exclude'),
  };
  private layers: StageLayers | null = null;
  private shown: Shown | null = null;
  private comparing = false;
  private comparison: Comparison | null = null;
  private grid = true;
  private pending: PlaneTiles | null = null;
  private readonly pictureListeners = new Set<() => void>();
  private awaitingHint = false;
  private inspected: SourcePlace | null = null;
  private readonly flow = new FlowPainter();

  constructor(host: CanvasHost) {
    this.host = host;
    this.camera = new Camera(() => {
      host.viewChanged();
      this.refresh();
    });
    this.hand = new HandWork({
      extended: (live, from) => this.extendStroke(live, from),
      changed: (planes) => this.refresh(...planes, 'outline'),
      sample: host.sample,
      commitStroke: host.commitStroke,
      commitShape: host.commitShape,
    });
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
    const frame = this.camera.frame();
    const shown = this.shown;
    if (!frame || !shown) return;
    if (name === 'picture') paintComparison(context, frame, this.picturePainter, this.look(shown), shown.alpha);
    else if (name === 'outline') this.paintLines(context, frame, shown);
    else if (name === 'hint') this.paintHint(context, frame, shown);
    else if (!this.comparing) {
      const without = name === 'hole' ? this.pending : null;
      this.planePainters[name].paint(context, frame, shown.planes[name], without, this.hand.stroke);
    }
  }

  /** Shows a picture, or none. */
  show(document: CanvasDocument | null): void {
    this.shown?.stopListening();
    this.hand.reset();
    this.pending = null;
    this.comparing = false;
    this.comparison = null;
    if (document) {
      const { masks } = document;
      const planes = {
        hole: new PlaneTiles(masks.pyramid('hole')),
        include: new PlaneTiles(masks.pyramid('include')),
        exclude: new PlaneTiles(masks.pyramid('exclude')),
      };
      const stops = [
        masks.onChange((plane, box) => this.planeChanged(planes, plane, box)),
        document.hints.onChange(() => this.refresh('hint')),
      ];
      this.shown = { ...document, planes, stopListening: () => stops.forEach((stop) => stop()) };
    } else {
      this.shown = null;
    }
    this.camera.show(document ? document.size : null);
    this.refresh();
  }

  /** The part of the hole that a running fill works on: only its outline is shown, so that the preview can be seen. */
  setPending(hole: PlanePyramid | null): void {
    this.pending = hole ? new PlaneTiles(hole) : null;
    this.refresh('hole', 'hint');
  }

  /** Whether the pending part is waited with until its hint is painted: then the hint is seen there, too. */
  setAwaitingHint(on: boolean): void {
    this.awaitingHint = on;
    this.refresh('hint');
  }

  /** While on, the original alone is shown, without paint and whatever else is compared. */
  setComparing(on: boolean): void {
    if (this.comparing === on) return;
    this.comparing = on;
    this.refresh();
  }

  /** Shows two looks of the picture against each other; null: the edited picture. */
  setComparison(comparison: Comparison | null): void {
    this.comparison = comparison;
    this.refresh();
  }

  setPixelGrid(on: boolean): void {
    this.grid = on;
    this.refresh('outline');
  }

  /** Outlines a place of a fill and where it came from. */
  setInspected(place: SourcePlace | null): void {
    this.inspected = place;
    this.refresh('outline');
  }

  /** Colours fills by where they came from; `reach`: the distance of the strongest colour, pixels. */
  setFlow(maps: readonly SourceMap[], reach: number): void {
    this.flow.show(maps, reach);
    this.refresh('outline');
  }

  /** Calls back whenever the picture has moved or looks different. Returns how to stop. */
  onPicture(listener: () => void): () => void {
    this.pictureListeners.add(listener);
    return () => this.pictureListeners.delete(listener);
  }

  /** What is shown of the picture: its coarsest tile (null until it has arrived), and where it lies; null without one. */
  overview(): { readonly frame: Frame; readonly image: ImageBitmap | null } | null {
    const frame = this.camera.frame();
    if (!frame || !this.shown) return null;
    const top = { level: topLevel(frame.picture), x: 0, y: 0 };
    return { frame, image: this.shown.edited.get(top) ?? null };
  }

  get lastPoint(): Point | null {
    return this.hand.lastPoint;
  }

  toScreen(picture: Point): Point {
    return this.camera.toScreen(picture);
  }

  panBy(dx: number, dy: number): void {
    this.camera.panBy(dx, dy);
  }

  /** Diameter of the tip on the screen, CSS pixels. */
  tipSize(): number {
    return this.host.diameter() * this.camera.scale;
  }

  hardness(): number {
    return this.host.hardness();
  }

  tool(): Tool {
    return this.host.tool();
  }

  pointerAt(screen: Point | null): void {
    this.host.pointerMoved(screen && this.shown ? this.camera.toPicture(screen) : null);
  }

  hasPicture(): boolean {
    return this.shown !== null;
  }

  isPainting(): boolean {
    return this.hand.isBusy();
  }

  beginStroke(targets: readonly PlaneTarget[], name: string): StrokeSession {
    return this.hand.beginStroke(targets, name);
  }

  beginShape(on: boolean, name: string): ShapeSession {
    return this.hand.beginShape(on, name);
  }

  fillRegion(at: Point, on: boolean, name: string): void {
    this.host.fillRegion(at, on, name);
  }

  pickColour(at: Point, on: boolean, name: string): void {
    this.host.pickColour(at, on, name);
  }

  refuseSource(at: Point): void {
    this.host.refuseSource(at);
  }

  beginHint(): StrokeSession {
    return this.hand.besides(this.host.beginHint());
  }

  /** The mean of nine device pixels of the picture as it is shown, without paint. */
  sampleColour(at: Point): void {
    const frame = this.camera.frame();
    const { size } = this.shown ?? {};
    if (!frame || !this.layers || !size || at.x < 0 || at.y < 0 || at.x >= size.width || at.y >= size.height) return;
    const { x, y } = this.toScreen(at);
    const left = Math.round(x * frame.pixelRatio) - 1;
    const top = Math.round(y * frame.pixelRatio) - 1;
    const { data } = this.layers.picture.getContext()._context.getImageData(left, top, 3, 3);
    const mean = (channel: number) => data.reduce((sum, value, i) => (i % 4 === channel ? sum + value : sum), 0) / 9;
    this.host.colourSampled([mean(0), mean(1), mean(2)]);
  }

  /** Draws these layers again with the next frame; all of them when none is named. */
  refresh(...names: LayerName[]): void {
    const frame = this.camera.frame();
    if (names.length === 0 || names.includes('picture')) {
      if (frame) this.wantTiles(frame);
      for (const listener of this.pictureListeners) listener();
    }
    for (const name of names.length > 0 ? names : LAYER_NAMES) this.layers?.[name].batchDraw();
  }

  private look(shown: Shown): Comparison {
    if (this.comparing) return { kind: 'single', tiles: shown.original };
    return this.comparison ?? { kind: 'single', tiles: shown.edited };
  }

  private paintLines(context: CanvasRenderingContext2D, frame: Frame, shown: Shown): void {
    if (this.grid) paintPixelGrid(context, frame);
    if (this.comparing) return;
    this.flow.paint(context, frame);
    for (const plane of PLANE_LAYERS) paintOutline(context, frame, shown.planes[plane], PLANE_STYLES[plane].outline);
    if (this.hand.shape) paintShape(context, frame, this.hand.shape);
    if (this.inspected) paintSourceLink(context, frame, this.inspected);
  }

  private paintHint(context: CanvasRenderingContext2D, frame: Frame, shown: Shown): void {
    if (this.comparing) return;
    const without = this.awaitingHint ? null : this.pending;
    this.hintPainter.paint(context, frame, shown.hints, shown.planes.hole, without);
  }

  private planeChanged(planes: Shown['planes'], plane: PlaneName, box: Rect): void {
    planes[plane].invalidate(box);
    this.refresh(plane, 'outline');
    if (plane === 'hole') this.refresh('hint');
  }

  private wantTiles(frame: Frame): void {
    if (!this.shown) return;
    const box = boxOf(frame);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (const tiles of looksOf(this.look(this.shown))) tiles.want(box, levelOf(frame), middle);
  }

  /** Puts the newest part of the stroke on the canvases at once, whatever else is on them. */
  private extendStroke(live: LiveStroke, from: number): void {
    const frame = this.camera.frame();
    if (!frame || !this.layers || this.comparing) return;
    for (const { plane } of live.targets) {
      const context = this.layers[plane].getContext()._context;
      this.planePainters[plane].extend(context, frame, live, from);
    }
  }
}
