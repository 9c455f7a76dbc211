/**
 * Colours painted over a picture, with transparency, at the picture's own resolution: kept in tiles, of which only those
 * exist that were painted, since hints lie inside holes. Changes are exclusive-ors of whole tiles, so that the same step
 * takes a change back and makes it again.
 */
import type { BitPlane } from './bit-plane';
import { intersect, isEmpty, type Rect, rectOf, type Size, union } from './geometry';
import type { HintMessage } from './protocol/values';

/** Side of a tile, pixels. */
export const HINT_TILE = 64;
/** Bytes of a tile's RGBA. */
export const HINT_TILE_BYTES = HINT_TILE * HINT_TILE * 4;
/** Pixels a message holds at most; a larger hint is sent at a fraction of its size, still finer than any network looks. */
const MOST_SENT = 4 * 1024 * 1024;

export type HintChange = readonly { readonly key: number; readonly bits: Uint8Array<ArrayBuffer> }[];

/** RGBA, not premultiplied. Pixels never change: a tile that is painted on is another. */
export interface HintTile {
  readonly key: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

export class HintRaster {
  readonly size: Size;
  private readonly columns: number;
  private readonly tiles = new Map<number, Uint8Array<ArrayBuffer>>();
  private readonly listeners = new Set<(keys: ReadonlySet<number>) => void>();
  /** Keys of the tiles that were put since the listeners were called. */
  private untold = new Set<number>();

  constructor(size: Size) {
    this.size = { width: size.width, height: size.height };
    this.columns = Math.ceil(size.width / HINT_TILE);
  }

  /** Calls back with the keys of the tiles that are others now. Returns how to stop. */
  onChange(listener: (keys: ReadonlySet<number>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  isEmpty(): boolean {
    return this.tiles.size === 0;
  }

  /** The tiles that meet a box: their RGBA, not premultiplied, and where they lie. */
  *tilesIn(box: Rect): Iterable<{ readonly key: number; readonly box: Rect; readonly pixels: Uint8Array }> {
    for (const [key, pixels] of this.tiles) {
      const place = this.boxOf(key);
      if (!isEmpty(intersect(place, box))) yield { key, box: place, pixels };
    }
  }

  boxOf(key: number): Rect {
    return {
      x: (key % this.columns) * HINT_TILE,
      y: Math.floor(key / this.columns) * HINT_TILE,
      width: HINT_TILE,
      height: HINT_TILE,
    };
  }

  /** Keys of the tiles that meet a box of the picture, painted or not. */
  keysIn(box: Rect): readonly number[] {
    const inside = intersect(box, rectOf(this.size));
    const keys: number[] = [];
    if (isEmpty(inside)) return keys;
    for (let y = Math.floor(inside.y / HINT_TILE); y * HINT_TILE < inside.y + inside.height; y++) {
      for (let x = Math.floor(inside.x / HINT_TILE); x * HINT_TILE < inside.x + inside.width; x++)
        keys.push(y * this.columns + x);
    }
    return keys;
  }

  /** For reading; undefined where nothing was painted. */
  pixelsOf(key: number): Uint8Array<ArrayBuffer> | undefined {
    return this.tiles.get(key);
  }

  /** Puts a tile in place; an empty one is none. The listeners are called by `announce`. */
  put(key: number, pixels: Uint8Array<ArrayBuffer>): void {
    if (isBlank(pixels)) this.tiles.delete(key);
    else this.tiles.set(key, pixels);
    this.untold.add(key);
  }

  announce(): void {
    const keys = this.untold;
    this.untold = new Set();
    for (const listener of this.listeners) listener(keys);
  }

  /** All that is painted now. */
  painted(): readonly HintTile[] {
    return [...this.tiles].map(([key, pixels]) => ({ key, pixels }));
  }

  /** Puts other colours in the place of all that there are. */
  load(tiles: readonly HintTile[]): HintChange {
    const next = new Map(tiles.map(({ key, pixels }) => [key, pixels]));
    const change = [...new Set([...this.tiles.keys(), ...next.keys()])].flatMap((key) => {
      const bits = tileDifference(this.tiles.get(key), next.get(key));
      return bits ? [{ key, bits }] : [];
    });
    this.toggle(change);
    return change;
  }

  /** Takes a change back, or makes it again. */
  toggle(change: HintChange): void {
    for (const { key, bits } of change) {
      const now = this.tiles.get(key);
      this.put(key, now ? now.map((byte, at) => byte ^ (bits[at] ?? 0)) : bits.slice());
    }
    if (change.length > 0) this.announce();
  }

  /** Wipes the hint, or what of it lies in a plane. */
  clear(within: BitPlane | null = null): HintChange {
    const change: { key: number; bits: Uint8Array<ArrayBuffer> }[] = [];
    for (const [key, pixels] of [...this.tiles]) {
      const bits = within ? partIn(pixels, this.boxOf(key), within) : pixels.slice();
      if (!isBlank(bits)) change.push({ key, bits });
    }
    this.toggle(change);
    return change;
  }

  /** What of the hint lies in a hole, as it is sent and kept; null when nothing does. */
  message(hole: BitPlane): HintMessage | null {
    const parts = [...this.tiles].flatMap(([key, pixels]) => {
      const box = this.boxOf(key);
      const inside = partIn(pixels, box, hole);
      return isBlank(inside) ? [] : [{ box, pixels: inside }];
    });
    const none: Rect = { x: 0, y: 0, width: 0, height: 0 };
    const box = intersect(
      parts.reduce((all, part) => union(all, part.box), none),
      rectOf(this.size),
    );
    if (isEmpty(box)) return null;
    let step = 1;
    while ((box.width / step) * (box.height / step) > MOST_SENT) step *= 2;
    return { box, step, pixels: reduced(parts, box, step) };
  }

  /** Lays a kept hint on what is there. */
  lay({ box, step, pixels }: HintMessage): HintChange {
    const width = Math.ceil(box.width / step);
    const change = this.keysIn(box).flatMap((key) => {
      const place = this.boxOf(key);
      const now = this.tiles.get(key);
      const bits = new Uint8Array(HINT_TILE_BYTES);
      eachPixel(intersect(place, box), (x, y) => {
        const to = ((y - place.y) * HINT_TILE + x - place.x) * 4;
        const from = (Math.floor((y - box.y) / step) * width + Math.floor((x - box.x) / step)) * 4;
        if ((pixels[from + 3] ?? 0) === 0) return;
        for (let c = 0; c < 4; c++) bits[to + c] = (pixels[from + c] ?? 0) ^ (now?.[to + c] ?? 0);
      });
      return isBlank(bits) ? [] : [{ key, bits }];
    });
    this.toggle(change);
    return change;
  }
}

/** Memory that a change holds. */
export function hintChangeBytes(change: HintChange): number {
  return change.length * HINT_TILE_BYTES;
}

/** Colours without presence are no hint, but count: on the way through several changes they may stand alone. */
function isBlank(pixels: Uint8Array): boolean {
  return pixels.every((byte) => byte === 0);
}

/** The exclusive-or of two tiles, of which either may not be there; null when they are the same. */
export function tileDifference(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array<ArrayBuffer> | null {
  const bits = new Uint8Array(HINT_TILE_BYTES);
  for (let at = 0; at < HINT_TILE_BYTES; at++) bits[at] = (a?.[at] ?? 0) ^ (b?.[at] ?? 0);
  return isBlank(bits) ? null : bits;
}

function partIn(pixels: Uint8Array, box: Rect, plane: BitPlane): Uint8Array<ArrayBuffer> {
  const part = new Uint8Array(HINT_TILE_BYTES);
  eachPixel(box, (x, y) => {
    if (!plane.get(x, y)) return;
    const at = ((y - box.y) * HINT_TILE + x - box.x) * 4;
    part.set(pixels.subarray(at, at + 4), at);
  });
  return part;
}

/** Tiles put together and averaged in squares of `step`, colours weighted by presence. */
function reduced(
  parts: readonly { readonly box: Rect; readonly pixels: Uint8Array }[],
  box: Rect,
  step: number,
): Uint8Array<ArrayBuffer> {
  const width = Math.ceil(box.width / step);
  const height = Math.ceil(box.height / step);
  const sums = new Float64Array(width * height * 4);
  for (const part of parts) {
    eachPixel(intersect(part.box, box), (x, y) => {
      const from = ((y - part.box.y) * HINT_TILE + x - part.box.x) * 4;
      const presence = part.pixels[from + 3] ?? 0;
      if (presence === 0) return;
      const to = (Math.floor((y - box.y) / step) * width + Math.floor((x - box.x) / step)) * 4;
      for (let c = 0; c < 3; c++) sums[to + c] = (sums[to + c] ?? 0) + presence * (part.pixels[from + c] ?? 0);
      sums[to + 3] = (sums[to + 3] ?? 0) + presence;
    });
  }
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const presence = sums[at + 3] ?? 0;
    if (presence === 0) continue;
    for (let c = 0; c < 3; c++) pixels[at + c] = Math.round((sums[at + c] ?? 0) / presence);
    pixels[at + 3] = Math.round(presence / (step * step));
  }
  return pixels;
}

function eachPixel(box: Rect, visit: (x: number, y: number) => void): void {
  for (let y = box.y; y < box.y + box.height; y++) for (let x = box.x; x < box.x + box.width; x++) visit(x, y);
}
