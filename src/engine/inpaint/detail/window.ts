/**
 * The part of a picture that detail is made in, at its own size or, where memory does not suffice for that, at a whole
 * fraction of it.
 */
import type { BitPlane } from '../../../shared/bit-plane';
import type { Rect, Size } from '../../../shared/geometry';
import type { Patch } from '../../image/picture';
import { largestSample, newSamples, toSample } from '../../image/planes';
import { inBands, type Pause } from '../../raster/pacing';
import type { PictureView } from '../../image/picture-view';
import { BLANK, HOLE, type PlainLevel, WHITE } from './patch-level';

/** Its own pixels are `step` x `step` of the picture's; those of the last row and column may be fewer. */
export interface Window extends Size {
  /** In picture pixels, inside the picture. */
  readonly box: Rect;
  readonly step: number;
}

export function windowOf(box: Rect, step: number): Window {
  return { box, step, width: Math.ceil(box.width / step), height: Math.ceil(box.height / step) };
}

/** What lies in a window, a fill in the hole. @returns height x width x 3 of the window, [-1, 1] */
export async function readWindow(
  view: PictureView,
  patch: Patch,
  { box, step, width, height }: Window,
  pause: Pause,
): Promise<Float32Array> {
  const filled = view.copy();
  filled.lay(patch);
  const colours = new Float32Array(3 * width * height);
  const line = new Float32Array(3 * box.width);
  const readRow = (y: number): void => {
    const row = colours.subarray(3 * y * width, 3 * (y + 1) * width);
    if (step === 1) return filled.readRow(box.y + y, box.x, width, row);
    const bottom = Math.min(box.height, (y + 1) * step);
    for (let j = y * step; j < bottom; j++) {
      filled.readRow(box.y + j, box.x, box.width, line);
      for (let i = 0; i < box.width; i++) {
        const to = 3 * Math.floor(i / step);
        for (let c = 0; c < 3; c++) row[to + c] += line[3 * i + c];
      }
    }
    for (let x = 0; x < width; x++) {
      const under = (bottom - y * step) * Math.min(step, box.width - x * step);
      for (let c = 3 * x; c < 3 * x + 3; c++) row[c] /= under;
    }
  };
  await inBands({ width: box.width * step, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) readRow(y);
  });
  return colours;
}

interface Masks {
  /** The patch whose hole is to get detail. */
  readonly patch: Patch;
  /** Picture-sized: pixels without a colour yet, the patch's included; and those that may be copied. */
  readonly open: BitPlane;
  readonly allowed: BitPlane;
}

/** The finest level. A pixel is hole where any picture pixel under it is, and allowed only where all of them are. */
export async function finestLevel(
  { patch: { box: hollow, hole }, open, allowed }: Masks,
  { box, step, width, height }: Window,
  colours: Float32Array,
  pause: Pause,
): Promise<PlainLevel> {
  const state = new Uint8Array(width * height);
  const may = new Uint8Array(width * height).fill(1);
  const lookAt = (px: number, py: number, at: number): void => {
    if (!open.get(px, py)) {
      if (!allowed.get(px, py)) may[at] = 0;
      return;
    }
    may[at] = 0;
    if (hole.get(px - hollow.x, py - hollow.y)) state[at] = HOLE;
    else if (state[at] !== HOLE) state[at] = BLANK;
  };
  await inBands(box, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      const row = Math.floor(y / step) * width;
      for (let x = 0; x < box.width; x++) lookAt(box.x + x, box.y + y, row + Math.floor(x / step));
    }
  });
  await pause();
  const steps = new Uint16Array(colours.length);
  for (let i = 0; i < steps.length; i++) {
    const value = (colours[i] + 1) * (WHITE / 2);
    steps[i] = value <= 0 ? 0 : value >= WHITE ? WHITE : value + 0.5;
  }
  return { width, height, colours: steps, state, allowed: may };
}

/**
 * The patch with what detail adds to it, as much as `strength` says; between the window's own pixels the addition is
 * interpolated.
 * @param before,after height x width x 3 of the window, [-1, 1]: without and with the detail
 */
export async function withAddition(
  patch: Patch,
  window: Window,
  before: Float32Array,
  after: Float64Array,
  strength: number,
  pause: Pause,
): Promise<Patch> {
  const { box, hole, depth } = patch;
  const top = largestSample(depth);
  const samples = newSamples(patch.samples.length, depth);
  const writePixel = (x: number, y: number): void => {
    const to = 3 * (y * box.width + x);
    if (window.step === 1) {
      const from = 3 * ((box.y + y - window.box.y) * window.width + box.x + x - window.box.x);
      for (let c = 0; c < 3; c++) {
        const value = before[from + c] + strength * (after[from + c] - before[from + c]);
        samples[to + c] = toSample(value, top);
      }
      return;
    }
    const corners = cornersAt(window, box.x + x, box.y + y);
    for (let c = 0; c < 3; c++) {
      let addition = 0;
      for (const { at, weight } of corners) addition += weight * (after[3 * at + c] - before[3 * at + c]);
      samples[to + c] = toSample((2 * patch.samples[to + c]) / top - 1 + strength * addition, top);
    }
  };
  await inBands(box, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < box.width; x++) if (hole.get(x, y)) writePixel(x, y);
    }
  });
  return { box, depth, samples, hole };
}

/** The window's pixels around the middle of a picture pixel, with the weights of a linear interpolation. */
function cornersAt({ box, step, width, height }: Window, x: number, y: number) {
  const u = (x - box.x + 0.5) / step - 0.5;
  const v = (y - box.y + 0.5) / step - 0.5;
  const [left, above] = [Math.floor(u), Math.floor(v)];
  const inside = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  return [0, 1, 2, 3].map((corner) => {
    const [i, j] = [corner & 1, corner >> 1];
    const at = inside(above + j, height) * width + inside(left + i, width);
    return { at, weight: (i === 1 ? u - left : 1 - u + left) * (j === 1 ? v - above : 1 - v + above) };
  });
}
