import { boundsWhere, expand, intersect, type Rect, rectOf, type Size } from '../../../shared/geometry';
import { halfSize, halveColours, rounded } from '../../raster/halving';
import { inBands, type Pause } from '../../raster/pacing';

/** One resolution of a window of the picture. Colours are 0 .. WHITE, interleaved RGB. */
export interface PatchLevel extends Size {
  /** height x width x 3. Inside the hole: what has been synthesised so far. */
  readonly colours: Uint16Array;
  /** height x width x FEATURES: what else patches are compared by, see `featuresOf`. */
  readonly features: Uint16Array;
  /** height x width: what a pixel is, KNOWN, HOLE or BLANK. */
  readonly state: Uint8Array;
  /** height x width: 1 where every picture pixel under this one may be copied. */
  readonly allowed: Uint8Array;
}

export type PlainLevel = Omit<PatchLevel, 'features'>;

export const KNOWN = 0;
/** To be filled with detail. */
export const HOLE = 1;
/** Without a colour yet (a hole that is filled later). Nothing is compared with it. */
export const BLANK = 2;

/** Ten bits: finer than a screen shows, and the squares of a patch's differences still add up in 32 bits. */
export const WHITE = 1023;

/** The next coarser level: hole where any of the four pixels is, allowed only where all four are. */
export async function halveLevel(fine: PlainLevel, pause: Pause): Promise<PlainLevel> {
  const { width, height } = halfSize(fine);
  const colours = rounded(await halveColours(fine.colours, fine, pause));
  const state = new Uint8Array(width * height);
  const allowed = new Uint8Array(width * height);
  const halveRow = (y: number): void => {
    const top = 2 * y * fine.width;
    const below = Math.min(fine.height - 1, 2 * y + 1) * fine.width;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const right = Math.min(fine.width - 1, 2 * x + 1);
      const a = top + 2 * x;
      const b = top + right;
      const c = below + 2 * x;
      const d = below + right;
      state[at] = merge(fine.state[a], fine.state[b], fine.state[c], fine.state[d]);
      allowed[at] = fine.allowed[a] & fine.allowed[b] & fine.allowed[c] & fine.allowed[d];
    }
  };
  await inBands({ width, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) halveRow(y);
  });
  return { width, height, colours, state, allowed };
}

function merge(a: number, b: number, c: number, d: number): number {
  if (a === HOLE || b === HOLE || c === HOLE || d === HOLE) return HOLE;
  return a === BLANK || b === BLANK || c === BLANK || d === BLANK ? BLANK : KNOWN;
}

/**
 * City-block distance of every hole pixel to the nearest one that is not hole, 0 outside the hole. Where there is no
 * such pixel at all: width + height.
 */
export function depths({ width, height, state }: Pick<PatchLevel, 'width' | 'height' | 'state'>): Uint16Array {
  const far = new Uint16Array(width * height);
  const most = Math.min(0xfffe, width + height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (state[at] !== HOLE) continue;
      far[at] = Math.min(most, Math.min(x > 0 ? far[at - 1] : most, y > 0 ? far[at - width] : most) + 1);
    }
  }
  for (let y = height - 1, at = width * height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, at--) {
      if (state[at] !== HOLE) continue;
      const beside = x < width - 1 ? far[at + 1] : most;
      const below = y < height - 1 ? far[at + width] : most;
      far[at] = Math.min(far[at], Math.min(beside, below) + 1);
    }
  }
  return far;
}

/** The hole's bounds and a margin, inside the level; empty where there is no hole. */
export function holeBox(level: Pick<PlainLevel, 'width' | 'height' | 'state'>, margin: number): Rect {
  const bounds = boundsWhere(level, (at) => level.state[at] === HOLE);
  return bounds === null ? { x: 0, y: 0, width: 0, height: 0 } : intersect(expand(bounds, margin), rectOf(level));
}

/** Visits the hole's pixels in a box: their index in the level, and in the box. */
export function eachHolePixel(
  { width, state }: Pick<PlainLevel, 'width' | 'state'>,
  box: Rect,
  visit: (at: number, to: number) => void,
): void {
  for (let y = 0, to = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++, to++) {
      const at = (box.y + y) * width + box.x + x;
      if (state[at] === HOLE) visit(at, to);
    }
  }
}
