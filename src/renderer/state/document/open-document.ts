import type { BitPlane } from '../../../shared/bit-plane';
import type { Edit, KeptHint, Marking, Variant } from '../../../shared/document-model';
import { connectedRegion } from '../../../shared/flood-fill';
import { type Point, type Rect, rectOf, union } from '../../../shared/geometry';
import { drawPatch } from '../../../shared/plane-patch';
import { HintRaster } from '../../../shared/hint-raster';
import { eraseHint } from '../../../shared/hint-stroke';
import {
  type DocumentInfo,
  EDITED_VIEW,
  type Layer,
  ORIGINAL_VIEW,
  type PlanePatch,
  TILE_SIDE,
} from '../../../shared/protocol/values';
import { rasteriseShape, type Shape, shapeBounds } from '../../../shared/shape';
import { rasteriseStroke, strokeBounds, type StrokeSample } from '../../../shared/stroke';
import { type TileAddress, tileSize } from './tile-grid';
import { TileStore } from './tile-store';
import type { EngineLink } from '../../link/engine-link';
import { DrawnLines } from './drawn-lines';
import { History } from './history';
import { Masks } from './masks';
import { type PaintChange, paintChangeBytes, togglePaint } from './paint';
import type { ShownPicture } from './picture-view';
import { erasesAll, type PlaneName, type PlaneTarget, targetsOf } from './planes';
import { Workspace } from './workspace';
import { windowError } from '../../texts/reports';

const MEGABYTE = 1024 * 1024;
/** Decoded tiles of the picture: three 4K screens full. */
const EDITED_BUDGET = 192 * MEGABYTE;
/** Of each view that it is compared with. */
const COMPARED_BUDGET = 96 * MEGABYTE;
const HISTORY_BUDGET = 128 * MEGABYTE;

export interface OpenDocumentOptions {
  readonly info: DocumentInfo;
  readonly engine: EngineLink;
  /** Tiles or planes changed: draw again. */
  readonly redraw: () => void;
  readonly historyChanged: () => void;
  readonly edits: () => readonly Edit[];
  /** Another fill is being edited; null: the new one. */
  readonly entered: (editId: string | null) => void;
  readonly failed: (error: unknown) => void;
}

/** The heavy half of a document: planes, history and tiles. The light half is in DocumentSlice. */
export class OpenDocument {
  readonly info: DocumentInfo;
  readonly masks: Masks;
  /** Colours painted into the hole. */
  readonly hints: HintRaster;
  /** Edges drawn through the hole, to be continued. */
  readonly lines = new DrawnLines();
  /** Hints that fills were steered by, by their ids; also of edits that were undone or deleted. */
  readonly keptHints = new Map<string, KeptHint>();
  readonly history: History;
  readonly shown: ShownPicture;
  /** What was marked for each fill, by its id; also for edits that were undone or deleted. */
  readonly markings = new Map<string, Marking>();
  /** Edits that are not in the stack now and can come back, as they were when they left it. */
  readonly shelf = new Map<string, Edit>();
  /** Variants that were taken away and can come back. */
  readonly cut = new Map<string, Variant>();
  /** Which fill is being edited. */
  readonly workspace: Workspace;
  /** What the next edit is called by. */
  nextNumber = 1;
  private readonly paintListeners = new Set<() => void>();
  private readonly engine: EngineLink;
  private readonly views = new Map<string, TileStore<ImageBitmap>>();
  private readonly options: OpenDocumentOptions;
  /** The finest level that there is. */
  private finest: number;

  constructor(options: OpenDocumentOptions) {
    const { info, engine } = options;
    this.options = options;
    this.info = info;
    this.engine = engine;
    this.finest = info.overviewLevel ?? 0;
    this.masks = new Masks(info);
    this.hints = new HintRaster(info);
    this.history = new History(HISTORY_BUDGET, options.historyChanged);
    const { masks, hints, lines, markings, keptHints } = this;
    const { edits, entered } = options;
    this.workspace = new Workspace({ masks, hints, lines, markings, keptHints, edits, entered });
    this.shown = {
      size: { width: info.width, height: info.height },
      alpha: info.alpha,
      masks: this.masks,
      hints: this.hints,
      edited: this.view(EDITED_VIEW),
      original: this.view(ORIGINAL_VIEW),
    };
  }

  /**
   * The tiles of a view, made when first asked for. Any id but the engine's two stands for a stack of its own, which
   * `showLayers` sets: so any two stacks can be compared on the canvas.
   */
  view(view: string): TileStore<ImageBitmap> {
    const known = this.views.get(view);
    if (known) return known;
    const { info, redraw: changed, failed } = this.options;
    const budget = view === EDITED_VIEW ? EDITED_BUDGET : COMPARED_BUDGET;
    const fetch = (tile: TileAddress) => this.fetchTile(view, tile);
    const tiles = new TileStore<ImageBitmap>({ picture: info, budget, fetch, changed, failed });
    tiles.setFinest(this.finest);
    this.views.set(view, tiles);
    return tiles;
  }

  /** Forgets a view; the canvas must not show it any more. */
  async closeView(view: string): Promise<void> {
    this.views.get(view)?.close();
    this.views.delete(view);
    await this.engine.request('layers', { documentId: this.info.documentId, view, layers: [] });
  }

  /** Shows these layers in a view; tiles that they change are fetched again. */
  async showLayers(layers: readonly Layer[], view: string = EDITED_VIEW): Promise<void> {
    const { documentId } = this.info;
    const { changed } = await this.engine.request('layers', { documentId, view, layers: [...layers] });
    this.views.get(view)?.invalidate(changed);
  }

  /** Resolves when the engine has the whole picture, from which everything is shown then. Errors: those of decoding. */
  async complete(): Promise<void> {
    if (this.finest === 0) return;
    await this.engine.request('whole', { documentId: this.info.documentId });
    this.finest = 0;
    for (const tiles of this.views.values()) tiles.setFinest(0);
    this.invalidateAll();
    this.options.redraw();
  }

  /** A restarted engine: every tile is asked for again, the old ones stay on the screen meanwhile. */
  invalidateAll(): void {
    for (const tiles of this.views.values()) tiles.invalidateAll();
  }

  paint(targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string): void {
    this.aim(targets, strokeBounds(samples, rectOf(this.masks.size)), (plane) => rasteriseStroke(plane, samples, true));
    const masks = this.masks.paint(targets, samples);
    this.remember(name, { masks, hints: erasesAll(targets) ? eraseHint(this.hints, samples) : [] });
  }

  /** Marks an area on a plane, or takes it away. */
  drawShape(plane: PlaneName, on: boolean, shape: Shape, name: string): void {
    const box = shapeBounds(shape, rectOf(this.masks.size));
    const draw = (bits: BitPlane, value: boolean) => rasteriseShape(bits, shape, value);
    const targets = targetsOf(plane, on);
    this.aim(targets, box, (area) => draw(area, true));
    this.remember(name, { masks: this.masks.draw(targets, box, draw) });
  }

  /** The same for an area that came from the engine. */
  drawPatch(plane: PlaneName, on: boolean, patch: PlanePatch, name: string): void {
    const targets = targetsOf(plane, on);
    this.aim(targets, patch.box, (area) => drawPatch(area, patch, true));
    this.remember(name, { masks: this.masks.drawPatch(targets, patch) });
  }

  /** Marks what a drawn line encloses; takes away what hangs together with a place. */
  fillRegion(plane: PlaneName, on: boolean, at: Point, name: string): void {
    const bits = this.masks.plane(plane);
    const region = bits.get(Math.floor(at.x), Math.floor(at.y)) === on ? null : connectedRegion(bits, at);
    if (region) this.drawPatch(plane, on, { box: region.box, bits: region.plane.bits.slice() }, name);
  }

  /** Puts a plane made from the present one in its place. */
  transform(plane: PlaneName, make: (now: BitPlane) => BitPlane, name: string): void {
    this.remember(name, { masks: this.masks.replace(plane, make(this.masks.plane(plane))) });
  }

  clear(planes: readonly PlaneName[], name: string): void {
    this.remember(name, { masks: this.masks.clear(planes) });
  }

  /** Lets its tiles go: another document has its place, and it may come back. */
  rest(): void {
    for (const tiles of this.views.values()) tiles.clear();
  }

  close(): void {
    for (const tiles of this.views.values()) tiles.close();
  }

  /** Makes a step of a change that has been made, unless there is nothing to it. */
  remember(name: string, paint: PaintChange): void {
    const bytes = paintChangeBytes(paint);
    if (bytes === 0) return;
    const { editId } = this.workspace;
    const toggle = () => {
      this.workspace.enter(editId);
      togglePaint(this, paint);
    };
    this.history.push({ name, bytes, ...(editId === null ? {} : { paints: editId }), undo: toggle, redo: toggle });
    for (const listener of this.paintListeners) listener();
  }

  /** Calls back whenever a person has painted, or taken paint away; not when that is undone. Returns how to stop. */
  onPainted(listener: () => void): () => void {
    this.paintListeners.add(listener);
    return () => this.paintListeners.delete(listener);
  }

  /** Before areas that were found are marked by `transform`: apart from the edited fill they begin a new one. */
  aimPatches(plane: PlaneName, patches: readonly PlanePatch[]): void {
    const box = patches.map((patch) => patch.box).reduce(union, { x: 0, y: 0, width: 0, height: 0 });
    this.aim(targetsOf(plane, true), box, (area) => patches.forEach((patch) => drawPatch(area, patch, true)));
  }

  /** What is to be filled apart from the edited fill begins a new one. */
  private aim(targets: readonly PlaneTarget[], box: Rect, draw: (plane: BitPlane) => void): void {
    const fills = targets.some(({ plane, on }) => plane === 'hole' && on);
    if (fills && this.workspace.isElsewhere(box, draw)) this.workspace.enter(null);
  }

  /** The engine is another process: what it sends is measured before it is drawn. */
  private async fetchTile(view: string, tile: TileAddress): Promise<ImageBitmap> {
    const answer = await this.engine.request('tile', { documentId: this.info.documentId, view, ...tile });
    const expected = tileSize(tile, this.info);
    const fits =
      answer.width === expected.width &&
      answer.height === expected.height &&
      answer.width <= TILE_SIDE &&
      answer.pixels.length === answer.width * answer.height * 4;
    if (!fits) throw windowError('tile-broken', {});
    const { buffer, byteOffset, byteLength } = answer.pixels;
    const pixels = new Uint8ClampedArray(buffer, byteOffset, byteLength);
    return createImageBitmap(new ImageData(pixels, answer.width, answer.height));
  }
}
