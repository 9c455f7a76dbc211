/** The levels of a window: from the working scale to native size, each but the last exactly twice the one before. */
import { expand, intersect, type Rect, rectOf, type Size, union } from '../../../shared/geometry';
import type { BitPlane } from '../../../shared/bit-plane';
import type { Patch, Samples } from '../../image/picture';
import { largestSample, newSamples } from '../../image/planes';
import { halveColours, rounded } from '../../raster/halving';
import { inBands, type Pause } from '../../raster/pacing';
import type { PictureView } from '../../image/picture-view';
import { BARRED, BLANK, HOLE, Level, SOURCE } from './level';
import type { ComposeTuning } from './tuning';

/** From a scale below this the next level is native size: jitter makes up for the rounding. */
const LAST_HALVING = 3.6;
/** Samples of shrunk levels. */
const FINE_WHITE = 65_535;

export interface WindowMasks {
  /** What is to be composed. */
  readonly part: Pick<Patch, 'box' | 'hole'>;
  /** Picture-sized: every pixel without a colour, this part's included. */
  readonly open: BitPlane;
  /** Picture-sized: pixels that may be copied. None of them is in a hole. */
  readonly allowed: BitPlane;
}

/** What of the picture lies near enough to a hole to be worked in. */
export function surroundings(hole: Rect, picture: Size, { reach, margin }: ComposeTuning): Rect {
  return intersect(expand(hole, Math.ceil(reach * Math.max(hole.width, hole.height) + margin)), rectOf(picture));
}

/** The part of the picture to work in: the hole's surroundings, and the source region where these hold too little of it. */
export function windowAround(hole: Rect, picture: Size, allowed: BitPlane, tuning: ComposeTuning): Rect {
  const near = surroundings(hole, picture, tuning);
  const within = allowed.crop(near).count();
  if (within >= hole.width * hole.height) return near;
  return union(near, allowed.bounds() ?? near);
}

/** @returns the native window; its hole shows what `view` shows there, the network's fill */
export async function nativeLevel(view: PictureView, masks: WindowMasks, box: Rect, pause: Pause): Promise<Level> {
  const { depth } = view.picture;
  const white = largestSample(depth);
  const rgb = newSamples(3 * box.width * box.height, depth);
  const state = new Uint8Array(box.width * box.height);
  const row = new Float32Array(3 * box.width);
  await inBands(box, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      view.readRow(box.y + y, box.x, box.width, row);
      const at = 3 * y * box.width;
      for (let i = 0; i < row.length; i++) rgb[at + i] = (row[i] + 1) * (white / 2) + 0.5;
      stateRow(masks, box, y, state);
    }
  });
  const { box: hole } = masks.part;
  return new Level(box, 1, 1, rgb, white, state, { ...hole, x: hole.x - box.x, y: hole.y - box.y });
}

function stateRow({ part, open, allowed }: WindowMasks, box: Rect, y: number, state: Uint8Array): void {
  const picY = box.y + y;
  const row = picY - part.box.y;
  const to = y * box.width;
  for (let x = 0; x < box.width; x++) {
    const picX = box.x + x;
    if (allowed.get(picX, picY)) state[to + x] = SOURCE;
    else if (part.hole.get(picX - part.box.x, row)) state[to + x] = HOLE;
    else state[to + x] = open.get(picX, picY) ? BLANK : BARRED;
  }
}

/** @param scale of the coarsest level, native pixels a pixel. @returns from coarse to fine; the last is `native` */
export async function levelsOf(native: Level, scale: number, pause: Pause): Promise<Level[]> {
  if (scale <= 1.001) return [native];
  let doublings = 0;
  while (scale / 2 ** doublings > LAST_HALVING) doublings++;
  const least = (length: number) => Math.max(8, Math.round(length / scale)) << doublings;
  const levels = [native];
  levels.unshift(await shrunk(native, { width: least(native.width), height: least(native.height) }, pause));
  for (let k = 0; k < doublings; k++) {
    await pause();
    levels.unshift(await halved(levels[0], native, pause));
  }
  return levels;
}

/** Area averages over parts of pixels. */
async function shrunk(native: Level, { width, height }: Size, pause: Pause): Promise<Level> {
  const { rgb, state } = native;
  const [stepX, stepY] = [native.width / width, native.height / height];
  const result = new Uint16Array(3 * width * height);
  const states = new Uint8Array(width * height);
  const line = new Float32Array(3 * width);
  const gain = FINE_WHITE / native.white / (stepX * stepY);
  const sum = new Float32Array(3 * width);
  await inBands({ width: native.width * stepY, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      sum.fill(0);
      const [top, bottom] = [y * stepY, Math.min(native.height, (y + 1) * stepY)];
      for (let v = Math.floor(top); v < bottom - 1e-6; v++) {
        const weight = Math.min(bottom, v + 1) - Math.max(top, v);
        shrinkRow(rgb, 3 * v * native.width, native.width, stepX, line);
        for (let i = 0; i < sum.length; i++) sum[i] += weight * line[i];
        mergeStates(state, v * native.width, native.width, stepX, states, y * width, width);
      }
      for (let i = 0, at = 3 * y * width; i < sum.length; i++, at++) result[at] = sum[i] * gain + 0.5;
    }
  });
  return new Level({ width, height }, stepX, stepY, result, FINE_WHITE, states);
}

/** Sums of a row's samples under each output, weighted by how much of them lies there. */
function shrinkRow(rgb: Samples, from: number, width: number, step: number, to: Float32Array): void {
  for (let x = 0, at = 0; at < to.length; x++, at += 3) {
    const left = x * step;
    const right = Math.min(width, (x + 1) * step);
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let u = Math.floor(left); u < right - 1e-6; u++) {
      const weight = (u + 1 < right ? u + 1 : right) - (u > left ? u : left);
      const sample = from + 3 * u;
      red += weight * rgb[sample];
      green += weight * rgb[sample + 1];
      blue += weight * rgb[sample + 2];
    }
    to[at] = red;
    to[at + 1] = green;
    to[at + 2] = blue;
  }
}

function mergeStates(
  state: Uint8Array,
  from: number,
  width: number,
  step: number,
  to: Uint8Array,
  at: number,
  outputs: number,
): void {
  for (let x = 0; x < outputs; x++) {
    const right = Math.min(width, (x + 1) * step);
    let highest = to[at + x];
    for (let u = Math.floor(x * step); u < right - 1e-6; u++) if (state[from + u] > highest) highest = state[from + u];
    to[at + x] = highest;
  }
}

async function halved(fine: Level, native: Level, pause: Pause): Promise<Level> {
  const [width, height] = [fine.width / 2, fine.height / 2];
  const rgb = rounded(await halveColours(fine.rgb, fine, pause));
  const state = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const from = 2 * y * fine.width + 2 * x;
      const below = from + fine.width;
      state[at] = Math.max(fine.state[from], fine.state[from + 1], fine.state[below], fine.state[below + 1]);
    }
  }
  return new Level({ width, height }, native.width / width, native.height / height, rgb, FINE_WHITE, state);
}
