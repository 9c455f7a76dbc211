import type { BitPlane } from '../../shared/bit-plane';
import type { Marking } from '../../shared/document-model';
import { StudioError } from '../../shared/errors';
import { type Rect, rectOf } from '../../shared/geometry';
import { type DocumentInfo, type Layer, type PlanePatch, TILE_SIDE } from '../../shared/protocol';
import { rasteriseShape, type Shape, shapeBounds } from '../../shared/shape';
import type { StrokeSample } from '../../shared/stroke';
import type { CanvasDocument } from '../canvas/studio-canvas';
import { type TileAddress, tileSize } from '../canvas/tile-grid';
import { TileStore } from '../canvas/tile-store';
import type { EngineLink } from '../link/engine-link';
import { texts } from '../texts';
import { History } from './history';
import { changeBytes, type MaskChange, Masks } from './masks';
import { type PlaneName, type PlaneTarget, targetsOf } from './planes';

const MEGABYTE = 1024 * 1024;
/** Decoded tiles of the picture: three 4K screens full. */
const TILE_BUDGET = 192 * MEGABYTE;
const ORIGINAL_BUDGET = 96 * MEGABYTE;
const HISTORY_BUDGET = 128 * MEGABYTE;

export interface OpenDocumentOptions {
  readonly info: DocumentInfo;
  readonly engine: EngineLink;
  /** Tiles or planes changed: draw again. */
  readonly redraw: () => void;
  readonly historyChanged: () => void;
  readonly failed: (error: unknown) => void;
}

/** The heavy half of a document: planes, history and tiles. The light half is in AppState. */
export class OpenDocument {
  readonly info: DocumentInfo;
  readonly masks: Masks;
  readonly history: History;
  readonly canvas: CanvasDocument;
  /** What was marked for each fill, by its id; also for edits that were undone or deleted. */
  readonly markings = new Map<string, Marking>();
  /** What the next edit is called by. */
  nextNumber = 1;
  private readonly engine: EngineLink;

  constructor(options: OpenDocumentOptions) {
    const { info, engine } = options;
    this.info = info;
    this.engine = engine;
    this.masks = new Masks(info);
    this.history = new History(HISTORY_BUDGET, options.historyChanged);
    const store = (method: 'tile' | 'originalTile', budget: number) =>
      new TileStore<ImageBitmap>({
        picture: info,
        budget,
        fetch: (tile) => this.fetchTile(method, tile),
        changed: options.redraw,
        failed: options.failed,
      });
    this.canvas = {
      size: { width: info.width, height: info.height },
      alpha: info.alpha,
      masks: this.masks,
      tiles: store('tile', TILE_BUDGET),
      original: store('originalTile', ORIGINAL_BUDGET),
    };
  }

  /** Shows these layers; tiles that they change are fetched again. */
  async showLayers(layers: readonly Layer[]): Promise<void> {
    const { changed } = await this.engine.request('layers', {
      documentId: this.info.documentId,
      layers: [...layers],
    });
    this.invalidate(changed);
  }

  invalidate(boxes: readonly Rect[]): void {
    this.canvas.tiles.invalidate(boxes);
  }

  /** A restarted engine: every tile is asked for again, the old ones stay on the screen meanwhile. */
  invalidateAll(): void {
    this.canvas.tiles.invalidateAll();
    this.canvas.original.invalidateAll();
  }

  paint(targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string): void {
    this.remember(name, this.masks.paint(targets, samples));
  }

  /** Marks an area on a plane, or takes it away. */
  drawShape(plane: PlaneName, on: boolean, shape: Shape, name: string): void {
    const box = shapeBounds(shape, rectOf(this.masks.size));
    const draw = (bits: BitPlane, value: boolean) => rasteriseShape(bits, shape, value);
    this.remember(name, this.masks.draw(targetsOf(plane, on), box, draw));
  }

  /** The same for an area that came from the engine. */
  drawPatch(plane: PlaneName, on: boolean, patch: PlanePatch, name: string): void {
    this.remember(name, this.masks.drawPatch(targetsOf(plane, on), patch));
  }

  /** Puts a plane made from the present one in its place. */
  transform(plane: PlaneName, make: (now: BitPlane) => BitPlane, name: string): void {
    this.remember(name, this.masks.replace(plane, make(this.masks.plane(plane))));
  }

  clear(planes: readonly PlaneName[], name: string): void {
    this.remember(name, this.masks.clear(planes));
  }

  close(): void {
    this.canvas.tiles.close();
    this.canvas.original.close();
  }

  private remember(name: string, change: MaskChange): void {
    if (change.length === 0) return;
    const toggle = () => this.masks.toggle(change);
    this.history.push({ name, bytes: changeBytes(change), undo: toggle, redo: toggle });
  }

  /** The engine is another process: what it sends is measured before it is drawn. */
  private async fetchTile(method: 'tile' | 'originalTile', tile: TileAddress): Promise<ImageBitmap> {
    const answer = await this.engine.request(method, { documentId: this.info.documentId, ...tile });
    const expected = tileSize(tile, this.info);
    const fits =
      answer.width === expected.width &&
      answer.height === expected.height &&
      answer.width <= TILE_SIDE &&
      answer.pixels.length === answer.width * answer.height * 4;
    if (!fits) throw new StudioError({ code: 'internal', message: texts.errors.brokenTile, remedy: '' });
    const { buffer, byteOffset, byteLength } = answer.pixels;
    const pixels = new Uint8ClampedArray(buffer, byteOffset, byteLength);
    return createImageBitmap(new ImageData(pixels, answer.width, answer.height));
  }
}
