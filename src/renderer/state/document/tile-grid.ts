import { intersect, isEmpty, type Point, type Rect, type Size } from '../../../shared/geometry';
import { TILE_SIDE } from '../../../shared/protocol/values';

/** A tile of the picture: at level n one tile pixel stands for 2^n picture pixels. */
export interface TileAddress {
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** The protocol's coarsest level. */
const MAX_LEVEL = 12;

/** The level at which the whole picture is one tile. */
export function topLevel(picture: Size): number {
  let level = 0;
  while (level < MAX_LEVEL && Math.max(picture.width, picture.height) > TILE_SIDE * 2 ** level) level++;
  return level;
}

/** The coarsest level that still has a tile pixel for every device pixel. */
export function levelFor(scale: number, pixelRatio: number, picture: Size): number {
  // A little slack: at 49.9 % the half-size level is as good.
  const level = Math.floor(Math.log2(1 / (scale * pixelRatio)) + 0.05);
  return Math.min(topLevel(picture), Math.max(0, level));
}

/** The picture pixels that a tile covers, cut off at the picture's edge. */
export function tileBox(tile: TileAddress, picture: Size): Rect {
  const side = TILE_SIDE * 2 ** tile.level;
  return intersect(
    { x: tile.x * side, y: tile.y * side, width: side, height: side },
    { x: 0, y: 0, width: picture.width, height: picture.height },
  );
}

/** Sides of a tile in its own pixels: the last ones of a row or column are cut, rounded up. */
export function tileSize(tile: TileAddress, picture: Size): Size {
  const box = tileBox(tile, picture);
  const step = 2 ** tile.level;
  return { width: Math.ceil(box.width / step), height: Math.ceil(box.height / step) };
}

/** The tiles of a level that meet a box of the picture, those nearest to `towards` first. */
export function tilesIn(box: Rect, level: number, picture: Size, towards?: Point): readonly TileAddress[] {
  const inside = intersect(
    { x: Math.floor(box.x), y: Math.floor(box.y), width: Math.ceil(box.width) + 1, height: Math.ceil(box.height) + 1 },
    { x: 0, y: 0, width: picture.width, height: picture.height },
  );
  if (isEmpty(inside)) return [];
  const side = TILE_SIDE * 2 ** level;
  const tiles: TileAddress[] = [];
  for (let y = Math.floor(inside.y / side); y * side < inside.y + inside.height; y++) {
    for (let x = Math.floor(inside.x / side); x * side < inside.x + inside.width; x++) tiles.push({ level, x, y });
  }
  if (!towards) return tiles;
  const away = (tile: TileAddress) => Math.hypot((tile.x + 0.5) * side - towards.x, (tile.y + 0.5) * side - towards.y);
  return tiles.sort((a, b) => away(a) - away(b));
}

/** The tile one level up that covers this one. */
export function parentOf(tile: TileAddress): TileAddress {
  return { level: tile.level + 1, x: tile.x >> 1, y: tile.y >> 1 };
}

export function tileKey(tile: TileAddress): string {
  return `${tile.level}/${tile.x}/${tile.y}`;
}

export function meets(a: Rect, b: Rect): boolean {
  return !isEmpty(intersect(a, b));
}
