import type { Rect } from '../../shared/geometry';
import { TILE_SIDE } from '../../shared/protocol';
import { outlineOf } from './plane-outline';
import type { PlanePyramid } from './plane-pyramid';
import { type TileAddress, tileKey } from './tile-grid';

/** A tile of a painted plane for the screen. */
export interface PlaneTile {
  /** White where the plane is on; null when it is off everywhere. */
  readonly image: OffscreenCanvas | null;
  /** In pixels of the tile; null when there is no border in it. */
  readonly outline: Path2D | null;
}

const OPAQUE_WHITE = 0xffffffff;
/** Tiles kept beside those on the screen. */
const MOST_TILES = 128;

/** Makes tiles of a plane when they are drawn, and forgets those that were painted over. */
export class PlaneTiles {
  private readonly tiles = new Map<string, { readonly address: TileAddress; readonly tile: PlaneTile }>();
  private readonly pyramid: PlanePyramid;

  constructor(pyramid: PlanePyramid) {
    this.pyramid = pyramid;
  }

  get(address: TileAddress): PlaneTile {
    const key = tileKey(address);
    const known = this.tiles.get(key);
    if (known) return known.tile;
    if (this.tiles.size >= MOST_TILES) {
      const oldest = this.tiles.keys().next();
      if (!oldest.done) this.tiles.delete(oldest.value);
    }
    const tile = this.make(address);
    this.tiles.set(key, { address, tile });
    return tile;
  }

  /** Forgets what shows a part of the plane, or its border. */
  invalidate(box: Rect): void {
    for (const [key, { address }] of this.tiles) {
      const step = 2 ** address.level;
      const side = TILE_SIDE * step;
      const left = address.x * side - step;
      const top = address.y * side - step;
      const apart =
        box.x > left + side + 2 * step ||
        box.y > top + side + 2 * step ||
        box.x + box.width < left ||
        box.y + box.height < top;
      if (!apart) this.tiles.delete(key);
    }
  }

  private make(address: TileAddress): PlaneTile {
    const plane = this.pyramid.at(address.level);
    const left = address.x * TILE_SIDE;
    const top = address.y * TILE_SIDE;
    const pixels = new Uint32Array(TILE_SIDE * TILE_SIDE);
    const rows = Math.min(TILE_SIDE, plane.height - top);
    const bytes = Math.min(TILE_SIDE / 8, plane.stride - (left >> 3));
    let any = false;
    for (let y = 0; y < rows; y++) {
      const row = (top + y) * plane.stride + (left >> 3);
      for (let i = 0; i < bytes; i++) {
        const byte = plane.bits[row + i] ?? 0;
        if (byte === 0) continue;
        any = true;
        const at = y * TILE_SIDE + i * 8;
        if (byte === 0xff) pixels.fill(OPAQUE_WHITE, at, at + 8);
        else for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) pixels[at + bit] = OPAQUE_WHITE;
      }
    }
    return { image: any ? imageOf(pixels) : null, outline: pathOf(outlineOf(plane, left, top, TILE_SIDE)) };
  }
}

function imageOf(pixels: Uint32Array<ArrayBuffer>): OffscreenCanvas {
  const canvas = new OffscreenCanvas(TILE_SIDE, TILE_SIDE);
  canvas
    .getContext('2d')
    ?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), TILE_SIDE, TILE_SIDE), 0, 0);
  return canvas;
}

function pathOf(pieces: readonly number[]): Path2D | null {
  if (pieces.length === 0) return null;
  const path = new Path2D();
  for (let i = 0; i < pieces.length; i += 4) {
    path.moveTo(pieces[i] ?? 0, pieces[i + 1] ?? 0);
    path.lineTo(pieces[i + 2] ?? 0, pieces[i + 3] ?? 0);
  }
  return path;
}
