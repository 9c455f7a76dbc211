/**
 * A smooth field through known values: known on a ring around the hole, and inside the hole as level as it can be (the
 * membrane, Laplace's equation with the ring as its edge). Adding the field "truth - fill" to a fill removes its seam and
 * its colour cast without touching its texture (Georgiev 2004, Photoshop healing brush; Perez et al. 2003, Poisson image
 * editing: the same for a fill that is added to).
 * Solved from coarse to fine (pull-push, then a few relaxations a level), so the cost is linear in the area.
 */
import type { Size } from '../../shared/geometry';
import { halfSize } from './halving';
import { inBands, type Pause } from './pacing';

/** What a pixel is to the field. */
export const IDLE = 0;
export const KNOWN = 1;
export const WANTED = 2;

/** Sweeps at the finest level; every coarser one, a quarter of its size, takes twice as many, so they cost half as much. */
const SWEEPS = 6;
const MOST_SWEEPS = 64;
/** A level this small needs no coarser one. */
const COARSEST = 4;
/** Relaxed pixels between two pauses: some ten milliseconds. */
const RELAXED_PER_PAUSE = 1 << 21;

/** Three planes of a field and what each pixel is to it. */
export interface Field extends Size {
  /** height x width of IDLE, KNOWN or WANTED. */
  readonly state: Uint8Array;
  /** 3 x height x width; given where KNOWN, result where WANTED, ignored where IDLE. */
  readonly values: Float32Array;
}

/** Fills in the WANTED pixels. Where nothing at all is KNOWN they become 0. */
export async function spanMembrane(field: Field, pause: Pause, sweeps = SWEEPS): Promise<void> {
  if (field.width <= COARSEST && field.height <= COARSEST) {
    startFromMean(field);
  } else {
    const coarse = await halve(field, pause);
    await spanMembrane(coarse, pause, Math.min(MOST_SWEEPS, 2 * sweeps));
    await inBands(field, pause, (from, to) => takeFromCoarser(field, coarse, 2, 0, 0, from, to));
  }
  await relax(field, sweeps, pause);
}

/**
 * Starts the WANTED pixels of a field from a coarser one, by linear interpolation between the coarse pixels that hold a
 * value.
 * @param factor fine pixels per coarse pixel
 * @param x,y where the fine field's corner lies in the coarse field, in fine pixels
 * @param from,to rows of the fine field, `to` not included
 */
export function takeFromCoarser(
  field: Field,
  coarse: Field,
  factor: number,
  x: number,
  y: number,
  from = 0,
  to = field.height,
): void {
  const { width, height, state, values } = field;
  const area = width * height;
  const coarseArea = coarse.width * coarse.height;
  for (let j = from; j < to; j++) {
    const v = (y + j + 0.5) / factor - 0.5;
    const v0 = Math.floor(v);
    for (let i = 0; i < width; i++) {
      const at = j * width + i;
      if (state[at] !== WANTED) continue;
      const u = (x + i + 0.5) / factor - 0.5;
      const u0 = Math.floor(u);
      let total = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let corner = 0; corner < 4; corner++) {
        const cu = Math.min(coarse.width - 1, Math.max(0, u0 + (corner & 1)));
        const cv = Math.min(coarse.height - 1, Math.max(0, v0 + (corner >> 1)));
        const above = cv * coarse.width + cu;
        if (coarse.state[above] === IDLE) continue;
        const weight = ((corner & 1) === 1 ? u - u0 : 1 - u + u0) * (corner >> 1 === 1 ? v - v0 : 1 - v + v0);
        total += weight;
        red += weight * coarse.values[above];
        green += weight * coarse.values[coarseArea + above];
        blue += weight * coarse.values[2 * coarseArea + above];
      }
      if (total === 0) continue;
      values[at] = red / total;
      values[area + at] = green / total;
      values[2 * area + at] = blue / total;
    }
  }
}

/** Gauss-Seidel in two colours: first the pixels with x + y even, then the others, so that no direction is preferred. */
export async function relax(field: Field, sweeps: number, pause: Pause): Promise<void> {
  const area = field.width * field.height;
  const even = wantedOf(field, 0);
  const odd = wantedOf(field, 1);
  let since = 0;
  const pauseAfter = async (pixels: number): Promise<void> => {
    since += pixels;
    if (since < RELAXED_PER_PAUSE) return;
    since = 0;
    await pause();
  };
  for (let c = 0; c < 3; c++) {
    const plane = field.values.subarray(c * area, (c + 1) * area);
    for (let sweep = 0; sweep < sweeps; sweep++) {
      levelOut(plane, field.width, even);
      levelOut(plane, field.width, odd);
      await pauseAfter(even.at.length + odd.at.length);
    }
  }
}

/** WANTED pixels of one colour, and which of their neighbours hold a value: 1 left, 2 right, 4 above, 8 below. */
interface WantedPixels {
  readonly at: Int32Array;
  readonly neighbours: Uint8Array;
}

const ALL_NEIGHBOURS = 15;

function wantedOf({ width, height, state }: Field, colour: 0 | 1): WantedPixels {
  const at = new Int32Array((width * height + 1) >> 1);
  const neighbours = new Uint8Array(at.length);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = (y + colour) & 1; x < width; x += 2) {
      const here = y * width + x;
      if (state[here] !== WANTED) continue;
      let bits = 0;
      if (x > 0 && state[here - 1] !== IDLE) bits |= 1;
      if (x + 1 < width && state[here + 1] !== IDLE) bits |= 2;
      if (y > 0 && state[here - width] !== IDLE) bits |= 4;
      if (y + 1 < height && state[here + width] !== IDLE) bits |= 8;
      if (bits === 0) continue;
      at[count] = here;
      neighbours[count] = bits;
      count++;
    }
  }
  return { at: at.subarray(0, count), neighbours: neighbours.subarray(0, count) };
}

function levelOut(plane: Float32Array, width: number, { at, neighbours }: WantedPixels): void {
  for (let i = 0; i < at.length; i++) {
    const here = at[i];
    const bits = neighbours[i];
    if (bits === ALL_NEIGHBOURS) {
      plane[here] = (plane[here - 1] + plane[here + 1] + plane[here - width] + plane[here + width]) * 0.25;
      continue;
    }
    let sum = 0;
    let count = 0;
    for (let k = 0; k < 4; k++) {
      if ((bits & (1 << k)) === 0) continue;
      sum += plane[here + (k === 0 ? -1 : k === 1 ? 1 : k === 2 ? -width : width)];
      count++;
    }
    plane[here] = sum / count;
  }
}

/** A coarse pixel is KNOWN, with their mean, when any of its four is; WANTED when any of them is and none is KNOWN. */
async function halve(field: Field, pause: Pause): Promise<Field> {
  const { width, height } = halfSize(field);
  const coarse = { width, height, state: new Uint8Array(width * height), values: new Float32Array(3 * width * height) };
  await inBands(coarse, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < width; x++) mergeInto(coarse, y * width + x, field, x * 2, y * 2, 2);
    }
  });
  return coarse;
}

/** Sets one coarse pixel from the `side` x `side` fine pixels from (x, y) on; those outside the fine field count as IDLE. */
export function mergeInto(coarse: Field, at: number, fine: Field, x: number, y: number, side: number): void {
  let known = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  let wanted = false;
  const area = fine.width * fine.height;
  for (let j = y; j < Math.min(fine.height, y + side); j++) {
    for (let i = x; i < Math.min(fine.width, x + side); i++) {
      const from = j * fine.width + i;
      if (fine.state[from] === WANTED) wanted = true;
      if (fine.state[from] !== KNOWN) continue;
      known++;
      red += fine.values[from];
      green += fine.values[area + from];
      blue += fine.values[2 * area + from];
    }
  }
  coarse.state[at] = known > 0 ? KNOWN : wanted ? WANTED : IDLE;
  if (known === 0) return;
  const coarseArea = coarse.width * coarse.height;
  coarse.values[at] = red / known;
  coarse.values[coarseArea + at] = green / known;
  coarse.values[2 * coarseArea + at] = blue / known;
}

function startFromMean(field: Field): void {
  const area = field.width * field.height;
  const mean = { width: 1, height: 1, state: new Uint8Array(1), values: new Float32Array(3) };
  mergeInto(mean, 0, field, 0, 0, Math.max(field.width, field.height));
  for (let at = 0; at < area; at++) {
    if (field.state[at] !== WANTED) continue;
    for (let c = 0; c < 3; c++) field.values[c * area + at] = mean.state[0] === KNOWN ? mean.values[c] : 0;
  }
}
