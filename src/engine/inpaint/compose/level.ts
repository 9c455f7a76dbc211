/**
 * The window that a fill is composed in, at one scale. Colours are kept as samples and turned into Lab when they are
 * looked up: at native size a window may have tens of millions of pixels.
 */
import type { Rect, Size } from '../../../shared/geometry';
import { boundsWhere, expand, intersect, rectOf } from '../../../shared/geometry';
import type { Samples } from '../../image/picture';
import type { Affine } from './affine';
import { isShift } from './affine';
import { linearTable, writeLab } from './colour-lab';

/** What a pixel is. Shrinking keeps the highest under a pixel. */
export const SOURCE = 0;
/** Known, but not to be copied: outside the source region, or filled earlier. */
export const BARRED = 1;
/** Without a colour of its own yet: another hole. Nothing is compared with it. */
export const BLANK = 2;
/** To be filled; its colours are the network's. */
export const HOLE = 3;

/** Known pixels around the hole that its box holds, pixels of the level. */
const MARGIN = 8;

const TABLES = new Map<number, Float32Array>();

function tableFor(white: number): Float32Array {
  const known = TABLES.get(white);
  if (known) return known;
  const table = linearTable(white);
  TABLES.set(white, table);
  return table;
}

/** A label's map at one level: the source of (x, y) is (xx x + xy y + dx, ...); where `whole`, of whole pixels. */
export interface LevelMap extends Affine {
  readonly whole: boolean;
}

export class Level implements Size {
  readonly width: number;
  readonly height: number;
  /** The hole's bounds with a margin of known pixels, inside the level. */
  readonly box: Rect;
  private readonly linear: Float32Array;
  private readonly corner = new Float32Array(3);

  constructor(
    size: Size,
    /** Native pixels a pixel of this level, across and down. */
    readonly scaleX: number,
    readonly scaleY: number,
    /** height x width x 3, 0..white */
    readonly rgb: Samples,
    readonly white: number,
    /** height x width of SOURCE, BARRED, BLANK or HOLE. */
    readonly state: Uint8Array,
    /** The hole's bounds, where they are known. */
    bounds?: Rect,
  ) {
    this.width = size.width;
    this.height = size.height;
    this.linear = tableFor(white);
    const hole = bounds ?? boundsWhere(size, (at) => state[at] === HOLE) ?? { x: 0, y: 0, width: 0, height: 0 };
    this.box = intersect(expand(hole, MARGIN), rectOf(size));
  }

  /** The index in rows from the top of what is at a place of the box, counted in the box's rows. */
  indexOf(place: number): number {
    const x = place % this.box.width;
    return (this.box.y + (place - x) / this.box.width) * this.width + this.box.x + x;
  }

  /** The other way round, for a pixel of the box. */
  placeOf(index: number): number {
    const x = index % this.width;
    return ((index - x) / this.width - this.box.y) * this.box.width + x - this.box.x;
  }

  /** Whether a pixel is to be filled; none outside the level is. */
  isHole(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < this.width && y < this.height && this.state[y * this.width + x] === HOLE;
  }

  /** Writes the Lab colour of a pixel, given by its index in rows from the top. */
  lab(pixel: number, to: Float32Array, at: number): void {
    const { rgb, linear } = this;
    const from = 3 * pixel;
    writeLab(linear[rgb[from]], linear[rgb[from + 1]], linear[rgb[from + 2]], to, at);
  }

  /** @returns height x width x 3 */
  allLab(): Float32Array {
    const colours = new Float32Array(3 * this.width * this.height);
    for (let at = 0; at < this.width * this.height; at++) this.lab(at, colours, 3 * at);
    return colours;
  }

  mapOf(label: Affine): LevelMap {
    const { scaleX, scaleY } = this;
    if (isShift(label)) {
      const dx = label.dx / scaleX;
      const dy = label.dy / scaleY;
      const whole = Math.abs(dx - Math.round(dx)) < 0.02 && Math.abs(dy - Math.round(dy)) < 0.02;
      return { ...label, dx: whole ? Math.round(dx) : dx, dy: whole ? Math.round(dy) : dy, whole };
    }
    // Native coordinates have whole numbers at the centres of native pixels, a level's at its own.
    const [cx, cy] = [scaleX / 2 - 0.5, scaleY / 2 - 0.5];
    const { xx, xy, yx, yy } = label;
    return {
      xx,
      xy: (xy * scaleY) / scaleX,
      dx: (xx * cx + xy * cy + label.dx - cx) / scaleX,
      yx: (yx * scaleX) / scaleY,
      yy,
      dy: (yx * cx + yy * cy + label.dy - cy) / scaleY,
      whole: false,
    };
  }

  /** Whether the source of a pixel may be copied. */
  mayCopy(map: LevelMap, x: number, y: number): boolean {
    const { width, height, state } = this;
    if (map.whole) {
      const u = x + map.dx;
      const v = y + map.dy;
      return u >= 0 && v >= 0 && u < width && v < height && state[v * width + u] === SOURCE;
    }
    const u = map.xx * x + map.xy * y + map.dx;
    const v = map.yx * x + map.yy * y + map.dy;
    if (!(u >= -0.01 && v >= -0.01 && u <= width - 0.99 && v <= height - 0.99)) return false;
    const left = Math.floor(u + 0.01);
    const top = Math.floor(v + 0.01);
    const right = u - left > 0.02 ? left + 1 : left;
    const bottom = v - top > 0.02 ? top + 1 : top;
    return (
      state[top * width + left] === SOURCE &&
      state[top * width + right] === SOURCE &&
      state[bottom * width + left] === SOURCE &&
      state[bottom * width + right] === SOURCE
    );
  }

  /** Writes the Lab colour of a pixel's source, interpolated where it lies between pixels; beyond the window its edge. */
  copied(map: LevelMap, x: number, y: number, to: Float32Array, at: number): void {
    const { width, height } = this;
    if (map.whole) {
      const u = x + map.dx;
      const v = y + map.dy;
      const column = u < 0 ? 0 : u >= width ? width - 1 : u;
      const row = v < 0 ? 0 : v >= height ? height - 1 : v;
      this.lab(row * width + column, to, at);
      return;
    }
    const u = Math.min(width - 1, Math.max(0, map.xx * x + map.xy * y + map.dx));
    const v = Math.min(height - 1, Math.max(0, map.yx * x + map.yy * y + map.dy));
    const left = Math.min(width - 2, Math.floor(u));
    const top = Math.min(height - 2, Math.floor(v));
    const p = u - left;
    const q = v - top;
    const { corner } = this;
    let l = 0;
    let a = 0;
    let b = 0;
    for (let k = 0; k < 4; k++) {
      const weight = ((k & 1) === 1 ? p : 1 - p) * (k > 1 ? q : 1 - q);
      if (weight === 0) continue;
      this.lab((top + (k >> 1)) * width + left + (k & 1), corner, 0);
      l += weight * corner[0];
      a += weight * corner[1];
      b += weight * corner[2];
    }
    to[at] = l;
    to[at + 1] = a;
    to[at + 2] = b;
  }
}
