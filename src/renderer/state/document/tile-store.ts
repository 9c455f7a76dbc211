import type { Point, Rect, Size } from '../../../shared/geometry';
import { meets, parentOf, type TileAddress, tileBox, tileKey, tilesIn, topLevel } from './tile-grid';

/** What a store needs of a tile's picture: an ImageBitmap in the window. */
export interface TileImage {
  readonly width: number;
  readonly height: number;
  close(): void;
}

export interface TileStoreOptions<T extends TileImage> {
  readonly picture: Size;
  readonly fetch: (tile: TileAddress) => Promise<T>;
  /** Called when a tile has arrived that the last `want` asked for. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
  /** Decoded bytes that may be kept; what is on the screen is always kept. */
  readonly budget: number;
}

interface Entry<T> {
  readonly tile: TileAddress;
  readonly image: T;
  stale: boolean;
  used: number;
}

/** Requests under way at once: enough to keep the engine busy, few enough to change one's mind. */
const IN_FLIGHT = 4;

/**
 * Tiles of one picture: fetches what the view wants, the coarsest first, keeps them within a budget, and fetches again
 * only what changed. A stale tile is shown until its successor arrives.
 */
export class TileStore<T extends TileImage> {
  private readonly entries = new Map<string, Entry<T>>();
  /** Value: whether the picture changed there since it was asked for. */
  private readonly inFlight = new Map<string, { readonly tile: TileAddress; outdated: boolean }>();
  private wanted: readonly TileAddress[] = [];
  private clock = 0;
  private open = true;
  private readonly top: number;
  private finest = 0;
  private readonly options: TileStoreOptions<T>;

  constructor(options: TileStoreOptions<T>) {
    this.options = options;
    this.top = topLevel(options.picture);
  }

  /** Coarser tiles stand for those of finer levels than this: there are none yet. */
  setFinest(level: number): void {
    this.finest = level;
  }

  /** Says what the view shows; anything else that waits is forgotten. */
  want(box: Rect, level: number, towards?: Point): void {
    const finest = Math.max(level, this.finest);
    const tiles = tilesIn(box, finest, this.options.picture, towards);
    this.wanted = finest === this.top ? tiles : [{ level: this.top, x: 0, y: 0 }, ...tiles];
    this.clock++;
    for (const tile of this.wanted) {
      const entry = this.entries.get(tileKey(tile));
      if (entry) entry.used = this.clock;
    }
    this.evict();
    this.fetchNext();
  }

  get(tile: TileAddress): T | undefined {
    return this.entries.get(tileKey(tile))?.image;
  }

  /** The finest tile at hand that covers this one: itself or an ancestor. */
  best(tile: TileAddress): { readonly tile: TileAddress; readonly image: T } | undefined {
    for (let t = tile; t.level <= this.top; t = parentOf(t)) {
      const entry = this.entries.get(tileKey(t));
      if (entry) {
        entry.used = this.clock;
        return entry;
      }
    }
    return undefined;
  }

  /** Marks what shows these boxes as stale and fetches again what is on the screen. */
  invalidate(boxes: readonly Rect[]): void {
    const touched = (tile: TileAddress) => boxes.some((box) => meets(box, tileBox(tile, this.options.picture)));
    for (const entry of this.entries.values()) if (touched(entry.tile)) entry.stale = true;
    for (const request of this.inFlight.values()) if (touched(request.tile)) request.outdated = true;
    this.fetchNext();
  }

  /** Everything again, for instance from a restarted engine. */
  invalidateAll(): void {
    this.invalidate([{ x: 0, y: 0, ...this.options.picture }]);
  }

  /** Whether everything wanted is there and fresh. */
  isComplete(): boolean {
    return this.wanted.every((tile) => this.entries.get(tileKey(tile))?.stale === false);
  }

  /** Forgets every tile; what is wanted next is fetched. */
  clear(): void {
    this.wanted = [];
    for (const request of this.inFlight.values()) request.outdated = true;
    for (const entry of this.entries.values()) entry.image.close();
    this.entries.clear();
  }

  close(): void {
    this.open = false;
    this.clear();
  }

  private fetchNext(): void {
    for (const tile of this.wanted) {
      if (!this.open || this.inFlight.size >= IN_FLIGHT) return;
      const key = tileKey(tile);
      const entry = this.entries.get(key);
      if ((entry && !entry.stale) || this.inFlight.has(key)) continue;
      void this.fetch(tile, key);
    }
  }

  private async fetch(tile: TileAddress, key: string): Promise<void> {
    const request = { tile, outdated: false };
    this.inFlight.set(key, request);
    try {
      const image = await this.options.fetch(tile);
      if (!this.open) {
        image.close();
        return;
      }
      this.entries.get(key)?.image.close();
      this.entries.set(key, { tile, image, stale: request.outdated, used: this.clock });
      this.options.changed();
    } catch (error) {
      // Not asked for again by itself: the next view, or the engine's return, does.
      this.wanted = this.wanted.filter((t) => tileKey(t) !== key);
      if (this.open) this.options.failed(error);
    } finally {
      this.inFlight.delete(key);
    }
    this.evict();
    this.fetchNext();
  }

  private evict(): void {
    let bytes = 0;
    for (const { image } of this.entries.values()) bytes += bytesOf(image);
    if (bytes <= this.options.budget) return;
    const keep = new Set(this.wanted.map(tileKey));
    keep.add(tileKey({ level: this.top, x: 0, y: 0 }));
    const oldest = [...this.entries].filter(([key]) => !keep.has(key)).sort(([, a], [, b]) => a.used - b.used);
    for (const [key, entry] of oldest) {
      if (bytes <= this.options.budget) return;
      bytes -= bytesOf(entry.image);
      entry.image.close();
      this.entries.delete(key);
    }
  }
}

function bytesOf(image: TileImage): number {
  return image.width * image.height * 4;
}
