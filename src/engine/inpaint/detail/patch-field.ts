/**
 * A nearest-neighbour field: for every patch of the target that touches the hole, the most similar patch of the source
 * found so far (Barnes et al. 2009, PatchMatch). Costs are weighted sums of squares in the levels' units.
 */
import type { Random } from '../../numeric/random';
import { inBands, type Pause } from '../../raster/pacing';
import { TEXTURE_SCALE, FEATURES } from './features';
import { PATCH, type SourcePatches, type TargetPatches } from './patches';
import type { DetailTuning } from './tuning';

export interface PatchField {
  readonly target: TargetPatches;
  readonly source: SourcePatches;
  /** One a target position: upper left pixel of the source patch, y * source width + x. Always a usable one where wanted. */
  readonly from: Int32Array;
  /** One a target position; as of the last `measureField` or `improveField`. */
  readonly cost: Float64Array;
  /** Where target and source are one level: how far apart, pixels, a patch and its source must be. A nearer source costs Infinity. */
  readonly apart?: number;
}

/** Work between two looks at whether to stop: patches compared with about a dozen others each (some 20 ms). */
const PATCHES_A_PAUSE = 8192;
/** In a hole with so many patches that not every one is searched for, what coarser levels found is only refined, this far around. */
const NEAR = 8;

export function randomField(target: TargetPatches, source: SourcePatches, random: Random, apart = 0): PatchField {
  const from = new Int32Array(target.total.length);
  for (let at = 0; at < from.length; at++) if (target.total[at] > 0) from[at] = anyPatch(source, random);
  return { target, source, from, cost: new Float64Array(from.length), apart };
}

/** Takes a field of levels half the size up to these; where the patch it leads to is not usable, a neighbour or any other. */
export function finerField(
  coarse: PatchField,
  target: TargetPatches,
  source: SourcePatches,
  random: Random,
): PatchField {
  const { width, height } = source.level;
  const coarseWidth = coarse.source.level.width;
  const from = new Int32Array(target.total.length);
  for (let y = 0, at = 0; y < target.rows; y++) {
    const row = onStep(y >> 1, coarse.target.rows, coarse.target.step);
    for (let x = 0; x < target.columns; x++, at++) {
      if (target.total[at] === 0) continue;
      const column = onStep(x >> 1, coarse.target.columns, coarse.target.step);
      const above = row * coarse.target.columns + column;
      let found = -1;
      if (coarse.target.total[above] > 0) {
        const q = coarse.from[above];
        const qx = q % coarseWidth;
        const qy = (q - qx) / coarseWidth;
        const nearX = Math.min(width - PATCH, 2 * qx + x - 2 * column);
        found = usableNear(source, nearX, Math.min(height - PATCH, 2 * qy + y - 2 * row));
      }
      from[at] = found >= 0 ? found : anyPatch(source, random);
    }
  }
  return { target, source, from, cost: new Float64Array(from.length) };
}

/** The last position up to this one that has a patch, of `count`. */
function onStep(at: number, count: number, step: number): number {
  return at >= count - 1 ? count - 1 : at - (at % step);
}

/** Brings the costs up to date after the target's colours changed. */
export async function measureField(field: PatchField, tuning: DetailTuning, pause: Pause): Promise<void> {
  const { target, from, cost } = field;
  const distance = distanceOf(field, tuning);
  const { columns, rows } = target;
  await inBands({ width: columns, height: rows }, pause, (first, end) => {
    for (let y = first, at = first * columns; y < end; y++) {
      for (let x = 0; x < columns; x++, at++) {
        if (target.total[at] > 0) cost[at] = distance(y * target.level.width + x, from[at], Infinity);
      }
    }
  });
}

/**
 * One pass: every patch tries what its two neighbours visited before found, moved along (propagation), then patches at
 * random ever nearer to the best so far (random search). Passes should alternate in direction.
 */
export async function improveField(
  field: PatchField,
  tuning: DetailTuning,
  random: Random,
  backwards: boolean,
  pause: Pause,
): Promise<void> {
  const { rows } = field.target;
  const search = new Search(field, distanceOf(field, tuning), random, backwards ? -1 : 1);
  let sincePause = 0;
  for (let n = 0; n < rows; n++) {
    sincePause += search.row(backwards ? rows - 1 - n : n);
    if (sincePause < PATCHES_A_PAUSE) continue;
    sincePause = 0;
    await pause();
  }
}

class Search {
  private readonly usable: Uint8Array;
  private readonly width: number;
  private readonly lastX: number;
  private readonly lastY: number;
  /** First and largest reach of the random search, pixels. */
  private readonly furthest: number;

  constructor(
    private readonly field: PatchField,
    private readonly distance: Distance,
    private readonly random: Random,
    private readonly direction: 1 | -1,
  ) {
    const { level, usable } = field.source;
    this.usable = usable;
    this.width = level.width;
    this.lastX = level.width - PATCH;
    this.lastY = level.height - PATCH;
    const refined = field.target.step > 1 && !field.apart;
    this.furthest = refined ? NEAR : Math.max(this.lastX, this.lastY);
  }

  /** @returns number of patches looked at */
  row(y: number): number {
    const { from, cost, target } = this.field;
    const { columns, rows, total, level } = target;
    const { direction, width, usable, distance } = this;
    const step = direction * target.step;
    const hasAbove = y - step >= 0 && y - step < rows;
    let looked = 0;
    for (let m = 0; m < columns; m++) {
      const x = direction === 1 ? m : columns - 1 - m;
      const at = y * columns + x;
      if (total[at] === 0) continue;
      looked++;
      const here = y * level.width + x;
      // A usable patch never crosses the source's edge, so stepping over it sideways lands on one that is not usable.
      if (m >= target.step && total[at - step] > 0) {
        const candidate = from[at - step] + step;
        if (candidate !== from[at] && usable[candidate] === 1)
          this.offer(at, candidate, distance(here, candidate, cost[at]));
      }
      const above = at - step * columns;
      if (hasAbove && total[above] > 0) {
        const candidate = from[above] + step * width;
        if (candidate !== from[at] && usable[candidate] === 1)
          this.offer(at, candidate, distance(here, candidate, cost[at]));
      }
      this.look(at, here);
    }
    return looked;
  }

  private look(at: number, here: number): void {
    const { from, cost } = this.field;
    const { width, lastX, lastY, usable } = this;
    for (let reach = this.furthest; reach >= 1; reach >>= 1) {
      const word = this.random.uint32();
      const bx = from[at] % width;
      const by = (from[at] - bx) / width;
      const left = Math.max(0, bx - reach);
      const top = Math.max(0, by - reach);
      const x = left + (((word & 0xffff) * (Math.min(lastX, bx + reach) - left + 1)) >>> 16);
      const y = top + (((word >>> 16) * (Math.min(lastY, by + reach) - top + 1)) >>> 16);
      const candidate = y * width + x;
      if (usable[candidate] === 0 || candidate === from[at]) continue;
      this.offer(at, candidate, this.distance(here, candidate, cost[at]));
    }
  }

  private offer(at: number, candidate: number, distance: number): void {
    if (distance >= this.field.cost[at]) return;
    this.field.cost[at] = distance;
    this.field.from[at] = candidate;
  }
}

type Distance = (target: number, source: number, limit: number) => number;

/** Distance of two patches by their upper left pixels; where it reaches `limit`, any number not below that. */
function distanceOf({ target, source, apart: least = 0 }: PatchField, { guidance, texture }: DetailTuning): Distance {
  const a = target.level.colours;
  const b = source.level.colours;
  const { weights } = target;
  const widthA = target.level.width;
  const widthB = source.level.width;
  const fa = target.level.features;
  const fb = source.level.features;
  const middle = PATCH >> 1;
  const centreA = FEATURES * (middle * widthA + middle);
  const centreB = FEATURES * (middle * widthB + middle);
  const smoothWeight = guidance * PATCH * PATCH;
  const textureWeight = (3 * texture * PATCH * PATCH) / TEXTURE_SCALE ** 2;
  /** Of the colours alone, where the rest of the distance leaves room for it. */
  const ofColours = (at: number, from: number, rest: number): number => {
    let sum = 0;
    for (let y = 0; y < PATCH; y++) {
      let p = at + y * widthA;
      let q = 3 * (from + y * widthB);
      for (const end = p + PATCH; p < end; p++, q += 3) {
        const r = a[3 * p] - b[q];
        const s = a[3 * p + 1] - b[q + 1];
        const t = a[3 * p + 2] - b[q + 2];
        sum = (sum + Math.imul(weights[p], (Math.imul(r, r) + Math.imul(s, s) + Math.imul(t, t)) | 0)) | 0;
      }
      if (sum >= rest) return sum;
    }
    return sum;
  };
  const ofAll = (at: number, from: number, limit: number): number => {
    const f = FEATURES * at + centreA;
    const g = FEATURES * from + centreB;
    const red = fa[f] - fb[g];
    const green = fa[f + 1] - fb[g + 1];
    const blue = fa[f + 2] - fb[g + 2];
    const across = fa[f + 3] - fb[g + 3];
    const down = fa[f + 4] - fb[g + 4];
    const apart =
      smoothWeight * (red * red + green * green + blue * blue) + textureWeight * (across * across + down * down);
    return apart >= limit ? apart : apart + ofColours(at, from, limit - apart);
  };
  const distance = guidance === 0 && texture === 0 ? ofColours : ofAll;
  if (least === 0) return distance;
  return (at, from, limit) => {
    const row = (at / widthA) | 0;
    const sourceRow = (from / widthB) | 0;
    const across = at - row * widthA - (from - sourceRow * widthB);
    const down = row - sourceRow;
    return across * across + down * down < least * least ? Infinity : distance(at, from, limit);
  };
}

function anyPatch({ list }: SourcePatches, random: Random): number {
  return list[random.integer(0, list.length - 1)];
}

/** The usable patch at a position, or one at most three pixels away; -1 when there is none. */
function usableNear({ level: { width, height }, usable }: SourcePatches, x: number, y: number): number {
  for (let reach = 0; reach <= 3; reach++) {
    for (let j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++) {
      for (let i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
        if (usable[j * width + i] === 1) return j * width + i;
      }
    }
  }
  return -1;
}
