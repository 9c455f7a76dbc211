/**
 * Colours under transparency. What stands in a see-through pixel's colour channels may be anything - the background that was
 * cut away, black, what an eraser took - and nobody sees it; a fill must neither go by it nor copy it. So a fill sees a
 * picture in which each pixel shows as much of its own colour as it is opaque, and for the rest what the visible colours
 * around lead to: they are averaged by their opacity, level by level, and taken back from the coarse levels where finer ones
 * show too little (pull-push: Gortler et al. 1996, The lumigraph, 3.4).
 */
import { BitPlane } from '../../shared/bit-plane';
import type { Size } from '../../shared/geometry';
import { halfSize } from '../raster/halving';
import { inBands, type Pause } from '../raster/pacing';
import type { LaidPatch } from './picture';
import type { Pixels } from './picture-view';
import { largestSample } from './planes';

/** Whether all of a picture can be seen. */
export function isOpaque({ channels, depth, samples }: Pixels): boolean {
  if (channels === 3) return true;
  const opaque = largestSample(depth);
  for (let at = 3; at < samples.length; at += 4) if (samples[at] < opaque) return false;
  return true;
}

/** Opacities, of 1, from which on a pixel's colour may be copied: the first that leaves enough of what can be seen. */
const COPYABLE_FROM = [0.98, 0.5, 0.02] as const;
const ENOUGH = 0.25;

/**
 * The pixels whose colours may be copied: opaque ones, or where a picture has hardly any (a layer that is see-through as a
 * whole) those that are as opaque as it gets.
 * @param below fills that lie on it, which are opaque
 */
export function copyablePixels(picture: Pixels, hole: BitPlane, below: readonly LaidPatch[] = []): BitPlane {
  const [visible, ...planes] = [...COPYABLE_FROM].reverse().map((least) => {
    const plane = pixelsFrom(picture, least);
    for (const patch of below) {
      if ((patch.opacity ?? 1) >= least && !patch.alpha) plane.combine(patch.hole, 'or', patch.box.x, patch.box.y);
    }
    plane.combine(hole, 'and-not');
    return plane;
  });
  const enough = ENOUGH * visible.count();
  return planes.reverse().find((plane) => plane.count() >= enough) ?? visible;
}

function pixelsFrom({ width, height, depth, samples }: Pixels, opacity: number): BitPlane {
  const plane = new BitPlane(width, height);
  const least = opacity * largestSample(depth);
  for (let y = 0, at = 3; y < height; y++) {
    const row = y * plane.stride;
    for (let x = 0; x < width; x++, at += 4) if (samples[at] >= least) plane.bits[row + (x >> 3)] |= 1 << (x & 7);
  }
  return plane;
}

/**
 * A picture of the same size whose hidden colours are those that the visible ones around lead to; alpha is the picture's own.
 * The colours of opaque pixels do not change.
 * @param hole picture-sized; its colours are to lead nowhere
 */
export async function visibleColours(picture: Pixels, hole: BitPlane, pause: Pause): Promise<Pixels> {
  const { width, height, depth } = picture;
  const opaque = largestSample(depth);
  const around = await spread(await seenColours(picture, hole, pause), pause);
  const samples = picture.samples.slice();
  await inBands(picture, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0, at = 4 * y * width; x < width; x++, at += 4) {
        const share = samples[at + 3] / opaque;
        if (share === 1) continue;
        const there = 4 * ((y >> 1) * around.width + (x >> 1));
        for (let c = 0; c < 3; c++) {
          const colour = samples[at + c] * share + around.sums[there + c] * (1 - share);
          samples[at + c] = Math.round(colour);
        }
      }
    }
  });
  return { width, height, channels: 4, depth, samples };
}

/** Colours times opacity, and opacity: height x width x 4. */
interface Seen extends Size {
  readonly sums: Float32Array;
}

/** The picture at half its size; what is in the hole is not seen. */
async function seenColours({ width, height, depth, samples }: Pixels, hole: BitPlane, pause: Pause): Promise<Seen> {
  const half = halfSize({ width, height });
  const sums = new Float32Array(4 * half.width * half.height);
  const scale = 1 / largestSample(depth);
  await inBands({ width, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0, at = 4 * y * width; x < width; x++, at += 4) {
        const opacity = samples[at + 3] * scale;
        if (opacity === 0 || hole.get(x, y)) continue;
        const there = 4 * ((y >> 1) * half.width + (x >> 1));
        for (let c = 0; c < 3; c++) sums[there + c] += (samples[at + c] * opacity) / 4;
        sums[there + 3] += opacity / 4;
      }
    }
  });
  return { ...half, sums };
}

/** Gives every pixel a colour: its own as far as it has one, the coarser level's for the rest. Its opacity becomes 1. */
async function spread(fine: Seen, pause: Pause): Promise<Seen> {
  const { width, height, sums } = fine;
  if (width === 1 && height === 1) {
    const seen = sums[3];
    if (seen > 0) for (let c = 0; c < 4; c++) sums[c] /= seen;
    return fine;
  }
  const coarse = await spread(await halved(fine, pause), pause);
  await inBands(fine, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0, at = 4 * y * width; x < width; x++, at += 4) {
        const lacking = 1 - Math.min(1, sums[at + 3]);
        if (lacking > 0) addBetween(coarse, x, y, lacking, sums, at);
        sums[at + 3] = 1;
      }
    }
  });
  return fine;
}

/** Sums of two by two, at most 1 of opacity: a coarse pixel that shows anything soon shows all. */
async function halved({ width, height, sums }: Seen, pause: Pause): Promise<Seen> {
  const half = halfSize({ width, height });
  const result = new Float32Array(4 * half.width * half.height);
  await inBands({ width, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0, at = 4 * y * width; x < width; x++, at += 4) {
        const there = 4 * ((y >> 1) * half.width + (x >> 1));
        for (let c = 0; c < 4; c++) result[there + c] += sums[at + c];
      }
    }
  });
  for (let at = 3; at < result.length; at += 4) {
    if (result[at] <= 1) continue;
    for (let c = 1; c <= 3; c++) result[at - c] /= result[at];
    result[at] = 1;
  }
  return { ...half, sums: result };
}

/** Adds a part of the coarser level's colour, linear between its pixels. */
function addBetween(coarse: Seen, x: number, y: number, part: number, to: Float32Array, at: number): void {
  const [u, v] = [(x + 0.5) / 2 - 0.5, (y + 0.5) / 2 - 0.5];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  for (let corner = 0; corner < 4; corner++) {
    const cx = Math.min(coarse.width - 1, Math.max(0, left + (corner & 1)));
    const cy = Math.min(coarse.height - 1, Math.max(0, top + (corner >> 1)));
    const near = (corner & 1 ? u - left : 1 - u + left) * (corner >> 1 ? v - top : 1 - v + top);
    const from = 4 * (cy * coarse.width + cx);
    for (let c = 0; c < 3; c++) to[at + c] += part * near * coarse.sums[from + c];
  }
}
