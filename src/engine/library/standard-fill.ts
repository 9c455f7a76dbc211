/**
 * The same hole in the middle of a thumbnail of a picture, filled: what models are compared by, and how long each takes.
 */
import { BitPlane } from '../../shared/bit-plane';
import type { Rect, Size } from '../../shared/geometry';
import { applyPatches } from '../image/patches';
import { fillHole } from '../inpaint/fill-hole';
import type { Generator } from '../inpaint/generator';

/** Pixels a side: every kind of model is quick enough at that. */
export const THUMBNAIL_SIDE = 256;
/** Of the thumbnail's side. */
const HOLE_SHARE = 0.34;

/** 8-bit sRGB RGBA. */
export interface Thumbnail extends Size {
  readonly pixels: Uint8Array;
}

/** The middle square of a picture. */
export function middleOf({ width, height }: Size): Rect {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/**
 * @returns the thumbnail with its hole filled
 * @throws StudioError as `fillHole`
 */
export async function standardFill(
  thumbnail: Thumbnail,
  generator: Generator,
  signal: AbortSignal,
): Promise<Thumbnail> {
  const { width, height, pixels } = thumbnail;
  const samples = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) samples.set(pixels.subarray(4 * i, 4 * i + 3), 3 * i);
  const picture = { width, height, channels: 3, depth: 8, samples, origin: ORIGIN } as const;
  const hole = new BitPlane(width, height);
  const side = Math.max(1, Math.round(HOLE_SHARE * Math.min(width, height)));
  const box = { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
  hole.fillRect(box, true);
  const patches = await fillHole({ picture, hole, source: null, generator, workingSize: THUMBNAIL_SIDE, signal });
  const filled = applyPatches(picture, patches);
  const result = Uint8Array.from(pixels);
  for (let i = 0; i < width * height; i++) result.set(filled.subarray(3 * i, 3 * i + 3), 4 * i);
  return { width, height, pixels: result };
}

const ORIGIN = { path: '', format: 'png', grey: false, lossless: true } as const;
