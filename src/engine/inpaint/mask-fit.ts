/**
 * Whether a mask covers what it is meant to cover. Most bad fills come from masks that leave a rim of the object, or its
 * shadow: what is left is then continued into the hole. Colours are looked at along the mask's border, an arc at a time, by
 * their distance from it: a rim has the inside's colours just outside, a shadow is darker than what lies farther out.
 */
import type { BitPlane } from '../../shared/bit-plane';
import type { MaskFault } from '../../shared/protocol/values';
import { expand, intersect, type Rect, rectOf } from '../../shared/geometry';
import { inBands, type Pause } from '../raster/pacing';
import type { PictureView } from '../image/picture-view';
import { type LabView, labView } from './lab-view';

export interface MaskFit {
  /** null: nothing was seen that the mask leaves over. */
  readonly fault: MaskFault | null;
  /** Pixels by which the mask must grow to cover it; 0 without a fault. */
  readonly grow: number;
}

/** A larger hole with its surroundings is looked at smaller: sides of at most so many pixels. */
const MOST_SIDE = 1024;
/** How far out colours are compared: a share of the hole's size, within these bounds; pixels looked at. */
const REACH_SHARE = 0.25;
const LEAST_REACH = 6;
const MOST_REACH = 32;
/** Rings inside the border that show what is covered; the first is left out where there are more, being half outside. */
const INNER = 6;
/** Arcs are what lies in a cell of this side, pixels looked at. */
const ARC = 12;
/** Colour differences of Lab below this say nothing. */
const CONTRAST = 9;
/** Nor do those below so many times the differences that the surroundings have of themselves. */
const TIMES_SPREAD = 2.5;
/** Of the inside's colours: least share before the rim's end, most after it. */
const STEP_FROM = 0.7;
const STEP_TO = 0.25;
/** Darker by this much, L of 0..100, and hardly of another colour. */
const DARKER = 5;
const SHADOW_TINT = 0.6;
/** Shares of the border, and of the part of it that says anything, that must show the same fault. */
const LEAST_SHARE = 0.25;
const LEAST_AGREEMENT = 0.6;
/** The growth covers this share of the arcs with the fault, and their soft edge. */
const COVERED = 0.9;
const SOFT_EDGE = 2;
/** Of what is compared: wider ones are no rims but whatever lies beside the hole. */
const WIDEST = 0.8;

/** @param hole picture-sized, what is to vanish */
export async function maskFit(view: PictureView, hole: BitPlane, pause: Pause): Promise<MaskFit> {
  const none = { fault: null, grow: 0 };
  const bounds = hole.bounds();
  if (!bounds) return none;
  const step = Math.max(1, Math.ceil(Math.max(bounds.width, bounds.height) / MOST_SIDE));
  const size = Math.sqrt(hole.count()) / step;
  const reach = Math.round(Math.min(MOST_REACH, Math.max(LEAST_REACH, REACH_SHARE * size)));
  const box = intersect(expand(bounds, (2 * reach + 1) * step), rectOf(view.picture));
  const look = await lookAt(view, hole, box, step, pause);
  await pause();
  const nearest = nearestBorder(look);
  await pause();
  const arcs = arcsOf(look, reach, nearest);
  const seen = arcs.map((arc) => faultOf(arc, reach));
  for (const fault of ['rim', 'shadow'] as const) {
    const widths = seen.filter((one) => one.fault === fault).map(({ width }) => width);
    const telling = seen.filter((one) => one.fault !== 'nothing');
    if (widths.length < LEAST_SHARE * seen.length || widths.length < LEAST_AGREEMENT * telling.length) continue;
    const width = widths.sort((a, b) => a - b)[Math.floor(COVERED * (widths.length - 1))];
    if (width > WIDEST * reach) continue;
    return { fault, grow: (width + SOFT_EDGE) * step };
  }
  return none;
}

/** The hole and its surroundings, perhaps smaller. */
interface Look extends LabView {
  /** height x width, 1 where any pixel under it is hole */
  readonly hole: Uint8Array;
}

async function lookAt(view: PictureView, plane: BitPlane, box: Rect, step: number, pause: Pause): Promise<Look> {
  const look = await labView(view, box, step, pause);
  const { width, height } = look;
  const hole = new Uint8Array(width * height);
  await inBands({ width: box.width, height: box.height }, pause, (from, to) => {
    for (let v = from; v < to; v++) {
      const start = Math.floor(v / step) * width;
      for (let u = 0; u < box.width; u++) if (plane.get(box.x + u, box.y + v)) hole[start + Math.floor(u / step)] = 1;
    }
  });
  return { ...look, hole };
}

/** For every pixel the nearest one on the other side of the border, as offsets (Danielsson 1980, in two passes). */
interface Nearest {
  readonly dx: Int16Array;
  readonly dy: Int16Array;
}

const FAR = 16_000;

function nearestBorder({ width, height, hole }: Look): Nearest {
  const dx = new Int16Array(width * height).fill(FAR);
  const dy = new Int16Array(width * height).fill(FAR);
  const offer = (at: number, x: number, y: number, stepX: number, stepY: number): void => {
    const [u, v] = [x + stepX, y + stepY];
    if (u < 0 || v < 0 || u >= width || v >= height) return;
    const other = v * width + u;
    let [ox, oy] = [stepX, stepY];
    if (hole[other] === hole[at]) {
      if (dx[other] === FAR) return;
      [ox, oy] = [dx[other] + stepX, dy[other] + stepY];
    }
    if (ox * ox + oy * oy >= dx[at] * dx[at] + dy[at] * dy[at]) return;
    dx[at] = ox;
    dy[at] = oy;
  };
  const sweep = (xs: readonly number[], ys: readonly number[], steps: readonly (readonly [number, number])[]): void => {
    for (let y = ys[0]; y !== ys[1]; y += ys[2]) {
      for (let x = xs[0]; x !== xs[1]; x += xs[2]) {
        for (const [stepX, stepY] of steps) offer(y * width + x, x, y, stepX, stepY);
      }
    }
  };
  const [right, left] = [
    [0, width, 1],
    [width - 1, -1, -1],
  ];
  const down = [0, height, 1];
  const up = [height - 1, -1, -1];
  sweep(right, down, [
    [-1, 0],
    [0, -1],
    [-1, -1],
    [1, -1],
  ]);
  sweep(left, down, [[1, 0]]);
  sweep(left, up, [
    [1, 0],
    [0, 1],
    [-1, 1],
    [1, 1],
  ]);
  sweep(right, up, [[-1, 0]]);
  return { dx, dy };
}

/** Mean colours along an arc of the border by distance: ring 0 is the first inside, going in; outside rings start at 1. */
interface Arc {
  readonly inner: readonly Ring[];
  readonly outer: readonly Ring[];
}

interface Ring {
  count: number;
  readonly sum: [number, number, number];
}

function arcsOf({ width, height, colours, hole }: Look, reach: number, { dx, dy }: Nearest): Arc[] {
  const columns = Math.ceil(width / ARC);
  const arcs = new Map<number, Arc>();
  const rings = (count: number): Ring[] => Array.from({ length: count }, () => ({ count: 0, sum: [0, 0, 0] }));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (dx[at] === FAR) continue;
      const ring = Math.ceil(Math.hypot(dx[at], dy[at]) - 1e-6);
      if (ring > (hole[at] === 1 ? INNER : 2 * reach)) continue;
      // Of an outside pixel the nearest inside; of an inside one itself moved to the border, so both count at the same arc.
      const [u, v] =
        hole[at] === 1 ? [x + dx[at] - Math.sign(dx[at]), y + dy[at] - Math.sign(dy[at])] : [x + dx[at], y + dy[at]];
      const key = Math.floor(v / ARC) * columns + Math.floor(u / ARC);
      let arc = arcs.get(key);
      if (!arc) arcs.set(key, (arc = { inner: rings(INNER + 1), outer: rings(2 * reach + 1) }));
      const { sum } = (hole[at] === 1 ? arc.inner : arc.outer)[ring];
      (hole[at] === 1 ? arc.inner : arc.outer)[ring].count++;
      for (let c = 0; c < 3; c++) sum[c] += colours[3 * at + c];
    }
  }
  // Without a pixel on either side an arc says nothing, also not how long the border is.
  return [...arcs.values()].filter(({ inner, outer }) => inner[1].count > 0 && outer[1].count > 0);
}

type Colour = readonly [number, number, number];

interface Seen {
  /** `nothing`: the two sides are alike, or the surroundings too varied to tell. */
  readonly fault: MaskFault | 'none' | 'nothing';
  /** Pixels looked at, from the border. */
  readonly width: number;
}

function faultOf({ inner, outer }: Arc, reach: number): Seen {
  const deep = meanOf(inner.slice(2)) ?? meanOf(inner);
  const around = outer.slice(reach + 1);
  const far = meanOf(around);
  if (!deep || !far || around.filter(({ count }) => count > 0).length < reach / 2)
    return { fault: 'nothing', width: 0 };
  const rings = outer.slice(1, reach + 1).map(colourOf);
  const spread = Math.sqrt(
    mean(around.flatMap((ring) => (ring.count === 0 ? [] : [squareOf(difference(colourOf(ring) ?? far, far))]))),
  );
  const axis = difference(deep, far);
  const contrast = Math.sqrt(squareOf(axis));
  const tells = contrast > Math.max(CONTRAST, TIMES_SPREAD * spread);
  if (tells) {
    // 1: as inside, 0: as farther out.
    const shares = rings.map((colour) => (colour ? dot(difference(colour, far), axis) / (contrast * contrast) : null));
    const rim = runOf(shares, (share) => share > 0.5);
    if (rim >= 2 && rim < reach && isStep(shares, rim)) return { fault: 'rim', width: rim };
  }
  const least = Math.max(DARKER, TIMES_SPREAD * spread);
  const shadow = runOf(rings, (colour) => {
    const [l, a, b] = difference(colour, far);
    return l < -least && Math.hypot(a, b) < SHADOW_TINT * -l;
  });
  // It fades: its faint end is covered as well.
  if (shadow >= 2 && shadow < reach) return { fault: 'shadow', width: Math.min(reach, Math.ceil(1.5 * shadow)) };
  return { fault: tells ? 'none' : 'nothing', width: 0 };
}

/** Whether shares fall at once at a ring: a sky that gets lighter all the way has no rim. */
function isStep(shares: readonly (number | null)[], at: number): boolean {
  const here = (from: number, to: number) => shares.slice(from, to).filter((share) => share !== null);
  return mean(here(0, at - 1)) > STEP_FROM && mean(here(at + 1, shares.length)) < STEP_TO;
}

/** How many rings from the border on are as asked. */
function runOf<T>(rings: readonly (T | null)[], test: (ring: T) => boolean): number {
  let run = 0;
  while (run < rings.length) {
    const ring = rings[run];
    if (ring === null || !test(ring)) break;
    run++;
  }
  return run;
}

function colourOf({ count, sum }: Ring): Colour | null {
  return count === 0 ? null : [sum[0] / count, sum[1] / count, sum[2] / count];
}

function meanOf(rings: readonly Ring[]): Colour | null {
  const total: Ring = { count: 0, sum: [0, 0, 0] };
  for (const { count, sum } of rings) {
    total.count += count;
    for (let c = 0; c < 3; c++) total.sum[c] += sum[c];
  }
  return colourOf(total);
}

function difference(a: Colour, b: Colour): Colour {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: Colour, b: Colour): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function squareOf(colour: Colour): number {
  return dot(colour, colour);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
