import { intersect, isEmpty, type Rect, rectOf } from '../../shared/geometry';
import { MOST_RADIUS } from './outline-band';
import type { PlanePyramid } from '../state/document/plane-pyramid';
import { PLANE_TILE, PlaneTile } from './plane-tile';

/** Tiles kept beside those on the screen. */
const MOST_TILES = 512;

/** Makes tiles of a plane when they are drawn, and has those painted anew that were painted over. */
export class PlaneTiles {
  private readonly tiles = new Map<string, { readonly tile: PlaneTile; readonly reach: number }>();
  private readonly pyramid: PlanePyramid;

  constructor(pyramid: PlanePyramid) {
    this.pyramid = pyramid;
  }

  /** The tiles of a level that meet a box of the picture, row by row. */
  in(box: Rect, level: number): readonly PlaneTile[] {
    const inside = intersect(box, rectOf(this.pyramid.at(0)));
    if (isEmpty(inside)) return [];
    const side = PLANE_TILE * 2 ** level;
    const tiles: PlaneTile[] = [];
    for (let y = Math.floor(inside.y / side); y * side < inside.y + inside.height; y++) {
      for (let x = Math.floor(inside.x / side); x * side < inside.x + inside.width; x++)
        tiles.push(this.get(x, y, level));
    }
    return tiles;
  }

  /** A part of the plane is another: what shows it, or a line along its border, is made anew. */
  invalidate(box: Rect): void {
    for (const { tile, reach } of this.tiles.values()) {
      const apart =
        box.x > tile.box.x + tile.box.width + reach ||
        box.y > tile.box.y + tile.box.height + reach ||
        box.x + box.width < tile.box.x - reach ||
        box.y + box.height < tile.box.y - reach;
      if (!apart) tile.changed();
    }
  }

  private get(x: number, y: number, level: number): PlaneTile {
    const key = `${level}/${x}/${y}`;
    const known = this.tiles.get(key);
    if (known) return known.tile;
    if (this.tiles.size >= MOST_TILES) {
      const oldest = this.tiles.keys().next();
      if (!oldest.done) this.tiles.delete(oldest.value);
    }
    const tile = new PlaneTile(this.pyramid.at(level), x, y, level);
    this.tiles.set(key, { tile, reach: MOST_RADIUS * 2 ** level });
    return tile;
  }
}
