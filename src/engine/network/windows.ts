/**
 * Which parts of the picture the later layers of a stage are needed for, when only the hole's colours are wanted. Each
 * window holds what the next smaller one depends on, so the numbers in the hole are those of the whole picture.
 *
 * A window may be wider than it must, and may lie anywhere: where its edge is the picture's, zeros come in as they do
 * there, and elsewhere what they spoil is left out. So windows come in few sizes, each of which costs its sessions.
 */
import { boundsWhere, type Rect, type Size } from '../../shared/geometry';
import { ATTENTION_CELL as CELL } from './attention';

/** Pixels around the hole that are wanted, too: what blending compares with the picture, and interpolates from. */
const RING = 4;
/** What a decoder sees around a pixel: its five convolutions reach 11 pixels. */
const DECODER_REACH = 12;
/** Four convolutions at a quarter of the picture's size. */
const MERGE_REACH = 16;
/** A query's score depends on cells two away, and a feature on four queries: three cells. */
const ATTENTION_REACH = 24;
/** Sides of the innermost window are multiples of this. */
const SIDE_STEP = 32;

/** Pixels of the picture; corners and sides are whole cells of the attention. */
export interface Windows {
  /** What a stage's colours are made for. */
  readonly decoded: Rect;
  /** What both streams of the refine stage are merged for, and what is attended to. */
  readonly merged: Rect;
  readonly queried: Rect;
}

/** @param hole height x width, 1 = hole @returns null where there is no hole */
export function windowsAround(hole: Float32Array, { width, height }: Size): Windows | null {
  const bounds = boundsWhere({ width, height }, (at) => hole[at] !== 0);
  if (bounds === null) return null;
  const decoded = windowOf(bounds, RING + DECODER_REACH, SIDE_STEP, { width, height });
  const merged = windowOf(decoded, MERGE_REACH, CELL, { width, height });
  return { decoded, merged, queried: windowOf(merged, ATTENTION_REACH, CELL, { width, height }) };
}

/** Everything at once: for networks whose parts depend on the whole. */
export function wholePicture(size: Size): Windows {
  const whole = { x: 0, y: 0, ...size };
  return { decoded: whole, merged: whole, queried: whole };
}

/** A box and what it depends on, as wide as its class of sizes, inside the picture. */
function windowOf(box: Rect, reach: number, step: number, picture: Size): Rect {
  const [x, width] = spanOf(box.x, box.width, reach, step, picture.width);
  const [y, height] = spanOf(box.y, box.height, reach, step, picture.height);
  return { x, y, width, height };
}

function spanOf(start: number, length: number, reach: number, step: number, limit: number): readonly [number, number] {
  const first = Math.floor((start - reach) / CELL) * CELL;
  const side = Math.min(limit, Math.ceil((start + length + reach - first) / step) * step);
  return [Math.max(0, Math.min(first, limit - side)), side];
}
