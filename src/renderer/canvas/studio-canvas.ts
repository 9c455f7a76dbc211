import type { Point, Rect } from '../../shared/geometry';
import type {
  Comparison,
  PaintLook,
  PictureView,
  ShownLine,
  ShownFlow,
  ShownPicture,
  ShownSource,
} from '../state/document/picture-view';
import { PLANE_NAMES, type PlaneName } from '../state/document/planes';
import { ActiveGesture } from './active-gesture';
import { Camera } from './camera';
import { looksOf } from './comparison';
import { boxOf, type Frame, levelOf } from './frame';
import { HintPainter } from './hint-painter';
import { LinesPainter } from './lines-painter';
import type { LiveStroke } from './live-stroke';
import { PictureSurfaces } from './picture-surfaces';
import { planeContents, planePainters, type SeenPlanes } from './plane-contents';
import { planeOpacity } from './plane-style';
import { PlaneTiles } from './plane-tiles';
import type { PlanePyramid } from '../state/document/plane-pyramid';
import { type KonvaName, type SurfaceName, SURFACES, StageSurfaces, type StageParts } from './stage-surfaces';
import { topLevel } from '../state/document/tile-grid';

interface Shown extends ShownPicture {
  readonly planes: Readonly<Record<PlaneName, PlaneTiles>>;
  readonly stopListening: () => void;
}

const ALL_SURFACES = SURFACES.map(({ name }) => name);

/**
 * The picture on the screen: what is drawn on which surface. Where it lies is the Camera's, what is under the hand
 * ActiveGesture's. Plain Konva; React only provides the stage.
 */
export class StudioCanvas implements PictureView {
  readonly camera: Camera;
  readonly gesture: ActiveGesture;
  private readonly picture = new PictureSurfaces(
    () => this.shown && { look: this.look(this.shown), alpha: this.shown.alpha },
  );
  private readonly hintPainter = new HintPainter();
  private readonly planePainters = planePainters();
  private surfaces: StageSurfaces | null = null;
  private shown: Shown | null = null;
  private comparing = false;
  private comparison: Comparison | null = null;
  private overlays = true;
  /** While it is held, nothing lies over the picture. */
  private glimpsing = false;
  private paintLook: PaintLook = 'full';
  private pending: PlaneTiles | null = null;
  private earlier: PlaneTiles | null = null;
  private rim: PlaneTiles | null = null;
  private readonly pictureListeners = new Set<() => void>();
  private awaitingHint = false;
  private readonly lines = new LinesPainter((context, frame) => this.picture.paintOnto(context, frame));

  /** `viewChanged`: the picture lies elsewhere on the screen. */
  constructor(viewChanged: (camera: Camera) => void) {
    this.camera = new Camera(() => {
      viewChanged(this.camera);
      this.pictureChanged();
      this.surfaces?.move();
    });
    this.gesture = new ActiveGesture({
      extended: (live, from) => this.extendStroke(live, from),
      ended: (planes, box) => {
        planes.forEach((plane) => this.surfaces?.refresh(plane, box));
        this.setOpacities();
      },
      areaChanged: () => this.refresh('lines'),
    });
  }

  /** Takes the stage's surfaces; Konva's call `paint` with their names when they are drawn. */
  attach(parts: StageParts | null): void {
    this.surfaces?.dispose();
    const contents = {
      picture: this.picture.contents,
      ...planeContents(this.planePainters, () => this.seenPlanes()),
    };
    const isEmpty = (name: KonvaName) => this.isEmpty(name);
    this.surfaces = parts && new StageSurfaces(parts, () => this.camera.frame(), contents, isEmpty);
    this.setOpacities();
    this.refresh();
  }

  paint(name: KonvaName, context: CanvasRenderingContext2D): void {
    const frame = this.camera.frame();
    const shown = this.shown;
    if (!frame || !shown) return;
    if (name === 'comparison') this.picture.paintCompared(context, frame);
    else if (name === 'lines') this.lines.paint(context, frame, this.gesture.shape, this.marksSeen);
    else this.paintHint(context, frame, shown);
  }

  /** Shows a picture, or none. */
  show(document: ShownPicture | null): void {
    this.shown?.stopListening();
    this.gesture.reset();
    this.pending = null;
    this.earlier = null;
    this.rim = null;
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

  /** The holes of earlier fills, while they are to be seen as what is not copied from. */
  setEarlier(holes: PlanePyramid | null): void {
    this.earlier = holes ? new PlaneTiles(holes) : null;
    this.refresh('earlier', 'outline');
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

  /** What the painted hole would grow by, while that is offered. */
  setRim(rim: PlanePyramid | null): void {
    this.rim = rim ? new PlaneTiles(rim) : null;
    this.refresh('rim', 'outline');
  }

  setOverlays(on: boolean): void {
    this.overlays = on;
    this.refresh();
  }

  /** As long as it is on, the picture is seen without anything over it. */
  setGlimpse(on: boolean): void {
    this.glimpsing = on;
    this.refresh();
  }

  setPaintLook(look: PaintLook): void {
    this.paintLook = look;
    this.setOpacities();
    this.refresh('outline', 'hint');
  }

  setPixelGrid(on: boolean): void {
    this.lines.grid = on;
    this.refresh('lines');
  }

  /** Outlines a place of a fill and where it came from. */
  setInspected(source: ShownSource | null): void {
    this.lines.inspected = source;
    this.refresh('lines');
  }

  /** The lines that fills continue. */
  setLines(lines: readonly ShownLine[]): void {
    if (lines.length === 0 && this.lines.lines.length === 0) return;
    this.lines.lines = lines;
    this.refresh('lines');
  }

  /** Colours fills by where they came from; `reach`: the distance of the strongest colour, pixels. */
  setFlow(flows: readonly ShownFlow[], reach: number): void {
    this.lines.setFlow(flows, reach);
    this.refresh('lines');
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

  hasPicture(): boolean {
    return this.shown !== null;
  }

  /** The mean of nine device pixels of the picture as it is shown, without paint: sRGB, 0..255; null beside the picture. */
  colourAt(at: Point): readonly [number, number, number] | null {
    const frame = this.camera.frame();
    const { size } = this.shown ?? {};
    if (!frame || !this.surfaces || !size || at.x < 0 || at.y < 0 || at.x >= size.width || at.y >= size.height)
      return null;
    const { x, y } = this.camera.toScreen(at);
    const left = Math.round(x * frame.pixelRatio) - 1;
    const top = Math.round(y * frame.pixelRatio) - 1;
    const box = { x: left, y: top, width: 3, height: 3 };
    const data = this.picture.pixelsIn(box, frame, this.surfaces.comparison)?.data;
    if (!data) return null;
    const mean = (channel: number) => data.reduce((sum, value, i) => (i % 4 === channel ? sum + value : sum), 0) / 9;
    return [mean(0), mean(1), mean(2)];
  }

  /** Draws these surfaces again with the next frame; all of them when none is named. */
  refresh(...names: SurfaceName[]): void {
    if (names.length === 0 || names.includes('picture')) this.pictureChanged();
    if (names.includes('picture')) this.surfaces?.refresh('comparison');
    for (const name of names.length > 0 ? names : ALL_SURFACES) this.surfaces?.refresh(name);
  }

  private isEmpty(name: KonvaName): boolean {
    const frame = this.camera.frame();
    if (!frame || !this.shown) return true;
    if (name === 'comparison') return !this.picture.isCompared;
    if (name === 'hint') return !this.hintSeen || this.shown.hints.isEmpty();
    return this.lines.isEmpty(frame, this.gesture.shape, this.marksSeen);
  }

  private get marksSeen(): boolean {
    return this.overlays && !this.comparing && !this.glimpsing;
  }

  /** A fill that was made from it is to be seen, not the hint. */
  private get hintSeen(): boolean {
    return this.marksSeen && (this.paintLook !== 'outline' || this.gesture.isBusy());
  }

  private look(shown: Shown): Comparison {
    if (this.comparing) return { kind: 'single', tiles: shown.original };
    return this.comparison ?? { kind: 'single', tiles: shown.edited };
  }

  /** Without a picture, or while nothing is to lie over it, there is no paint to be seen. */
  private seenPlanes(): SeenPlanes | null {
    if (!this.shown || !this.marksSeen) return null;
    const { earlier, pending, rim } = this;
    const edited = this.paintLook !== 'full';
    return { planes: this.shown.planes, earlier, pending, edited, rim, stroke: this.gesture.stroke };
  }

  private paintHint(context: CanvasRenderingContext2D, frame: Frame, shown: Shown): void {
    if (!this.hintSeen) return;
    const without = this.awaitingHint ? null : this.pending;
    this.hintPainter.paint(context, frame, shown.hints, shown.planes.hole, without);
  }

  private planeChanged(planes: Shown['planes'], plane: PlaneName, box: Rect): void {
    planes[plane].invalidate(box);
    this.surfaces?.refresh(plane, box);
    this.surfaces?.refresh('outline', box);
    if (plane === 'hole' && this.shown?.hints.isEmpty() === false) this.refresh('hint');
  }

  private pictureChanged(): void {
    const frame = this.camera.frame();
    if (frame) this.wantTiles(frame);
    for (const listener of this.pictureListeners) listener();
  }

  private wantTiles(frame: Frame): void {
    if (!this.shown) return;
    const box = boxOf(frame);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (const tiles of looksOf(this.look(this.shown))) tiles.want(box, levelOf(frame), middle);
  }

  /** Puts the newest part of the stroke on the canvases at once, whatever else is on them. */
  private extendStroke(live: LiveStroke, from: number): void {
    if (!this.marksSeen) return;
    if (from === 0) this.setOpacities();
    const box = live.boxFrom(from);
    for (const { plane, on } of live.targets) {
      this.surfaces?.extend(plane, box, on, (context, frame) =>
        this.planePainters[plane].extend(context, frame, live, from),
      );
    }
  }

  private setOpacities(): void {
    const { stroke } = this.gesture;
    for (const name of PLANE_NAMES)
      this.surfaces?.setOpacity(name, planeOpacity(name, this.paintLook, stroke?.effectOn(name) !== undefined));
  }
}
