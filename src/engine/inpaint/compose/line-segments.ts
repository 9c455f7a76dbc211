/**
 * Straight line segments of a grey picture: LSD (von Gioi, Jakubowicz, Morel and Randall 2010, "LSD: a fast line segment
 * detector with a false detection control"). Pixels whose level lines run alike grow into regions, a region becomes a
 * rectangle, and a rectangle is kept when as many aligned pixels would hardly ever meet in noise. Two simplifications: the
 * tail of the binomial is bounded by Chernoff's inequality, which only refuses more, and of the attempts to better a
 * rectangle only the one with finer angles is made.
 */
import type { Point, Size } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import { gaussianShrink } from './gaussian-shrink';
import { signedTurn } from './turn';

export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

interface GreyPlane extends Size {
  /** height x width, 0..255 */
  readonly values: Float32Array;
}

/** The picture is looked at a bit smaller, which takes the staircase out of slanted edges (section 3.1 there). */
const SCALE = 0.8;
const SIGMA = 0.6 / SCALE;
/** Angles within this much run alike, radians. */
const TOLERANCE = Math.PI / 8;
/** Steps of grey that quantisation alone can make; gradients below this over the tolerance's sine have no sure angle. */
const QUANTISATION = 2;
/** Least share of aligned pixels in a rectangle. */
const DENSITY = 0.7;
const BINS = 1024;
const NO_ANGLE = -1024;
const SEEDS_A_PAUSE = 1 << 15;

/** @returns segments in the picture's pixels, whole numbers at their centres */
export async function lineSegments(grey: GreyPlane, pause: Pause): Promise<Segment[]> {
  if (grey.width < 8 || grey.height < 8) return [];
  const field = levelLines(gaussianShrink(grey, SCALE, SIGMA));
  await pause();
  const grower = new RegionGrower(field);
  const segments: Segment[] = [];
  const seeds = strongestFirst(field);
  for (let i = 0; i < seeds.length; i++) {
    if (i % SEEDS_A_PAUSE === SEEDS_A_PAUSE - 1) await pause();
    if (!grower.isFree(seeds[i])) continue;
    const rectangle = grower.rectangleFrom(seeds[i]);
    if (rectangle && isMeaningful(rectangle, field)) segments.push(segmentOf(rectangle));
  }
  return segments;
}

/** Gradients of 2 x 2 pixels: they lie between the pixels, so there is one column and one row less. */
interface LevelLines extends Size {
  /** Direction of the level line, radians, the brighter side to the right of it; NO_ANGLE where it is not sure. */
  readonly angles: Float32Array;
  readonly magnitudes: Float32Array;
  /** log10 of how many rectangles the picture holds. */
  readonly logTests: number;
}

function levelLines({ width: columns, height: rows, values }: GreyPlane): LevelLines {
  const width = columns - 1;
  const height = rows - 1;
  const angles = new Float32Array(width * height).fill(NO_ANGLE);
  const magnitudes = new Float32Array(width * height);
  const least = QUANTISATION / Math.sin(TOLERANCE);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const from = y * columns + x;
      const falling = values[from + columns + 1] - values[from];
      const rising = values[from + 1] - values[from + columns];
      const across = falling + rising;
      const down = falling - rising;
      const magnitude = Math.hypot(across, down) / 2;
      magnitudes[at] = magnitude;
      if (magnitude > least) angles[at] = Math.atan2(across, -down);
    }
  }
  const logTests = 2.5 * Math.log10(width * height) + Math.log10(11);
  return { width, height, angles, magnitudes, logTests };
}

/** Pixels with an angle, roughly by falling gradient (a bucket sort). */
function strongestFirst({ angles, magnitudes }: LevelLines): Int32Array {
  let most = 0;
  for (let at = 0; at < magnitudes.length; at++) if (magnitudes[at] > most) most = magnitudes[at];
  const binOf = (at: number) => Math.min(BINS - 1, Math.floor(((most - magnitudes[at]) / (most || 1)) * BINS));
  const starts = new Int32Array(BINS + 1);
  for (let at = 0; at < angles.length; at++) if (angles[at] !== NO_ANGLE) starts[binOf(at) + 1]++;
  for (let bin = 0; bin < BINS; bin++) starts[bin + 1] += starts[bin];
  const order = new Int32Array(starts[BINS]);
  for (let at = 0; at < angles.length; at++) if (angles[at] !== NO_ANGLE) order[starts[binOf(at)]++] = at;
  return order;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  /** Direction of the long side. */
  readonly ux: number;
  readonly uy: number;
  readonly angle: number;
  /** Where it begins and ends, along the direction from the centre. */
  readonly back: number;
  readonly front: number;
  readonly width: number;
}

/** Grows regions of like angles; every pixel is in at most one. */
class RegionGrower {
  private readonly used: Uint8Array;
  private readonly region: Int32Array;
  private count = 0;
  private angle = 0;

  constructor(private readonly field: LevelLines) {
    this.used = new Uint8Array(field.width * field.height);
    this.region = new Int32Array(field.width * field.height);
  }

  isFree(at: number): boolean {
    return this.used[at] === 0;
  }

  /** The rectangle of the region around a seed; null where it is too small or too loose to be a line. */
  rectangleFrom(seed: number): Rectangle | null {
    this.grow(seed, TOLERANCE);
    // A region this small is met in noise too, whatever its shape.
    if (this.count < -this.field.logTests / Math.log10(1 / 8)) return null;
    let rectangle = this.rectangle(TOLERANCE);
    if (this.densityOf(rectangle) >= DENSITY) return rectangle;
    const tolerance = this.toleranceNear(seed, rectangle.width);
    this.release();
    this.grow(seed, tolerance);
    if (this.count < 2) return null;
    rectangle = this.rectangle(tolerance);
    let radius = Math.max(
      this.farFrom(seed, rectangle.back, rectangle),
      this.farFrom(seed, rectangle.front, rectangle),
    );
    while (this.densityOf(rectangle) < DENSITY) {
      radius *= 0.75;
      this.keepWithin(seed, radius);
      if (this.count < 2) return null;
      rectangle = this.rectangle(tolerance);
    }
    return rectangle;
  }

  private grow(seed: number, tolerance: number): void {
    const { width, height, angles } = this.field;
    const { used, region } = this;
    region[0] = seed;
    used[seed] = 1;
    this.count = 1;
    this.angle = angles[seed];
    let sumX = Math.cos(this.angle);
    let sumY = Math.sin(this.angle);
    for (let next = 0; next < this.count; next++) {
      const x = region[next] % width;
      const y = (region[next] - x) / width;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const at = v * width + u;
          if (used[at] === 1 || angles[at] === NO_ANGLE || turnBetween(angles[at], this.angle) > tolerance) continue;
          used[at] = 1;
          region[this.count++] = at;
          sumX += Math.cos(angles[at]);
          sumY += Math.sin(angles[at]);
          this.angle = Math.atan2(sumY, sumX);
        }
      }
    }
  }

  private release(): void {
    for (let i = 0; i < this.count; i++) this.used[this.region[i]] = 0;
  }

  /** The rectangle around the region along its axis of inertia, pixels weighted by their gradients. */
  private rectangle(tolerance: number): Rectangle {
    const { width, magnitudes } = this.field;
    let [sum, x, y] = [0, 0, 0];
    for (let i = 0; i < this.count; i++) {
      const at = this.region[i];
      sum += magnitudes[at];
      x += magnitudes[at] * (at % width);
      y += magnitudes[at] * Math.floor(at / width);
    }
    x /= sum;
    y /= sum;
    const angle = this.axis(x, y, tolerance);
    const ux = Math.cos(angle);
    const uy = Math.sin(angle);
    let [back, front, left, right] = [0, 0, 0, 0];
    for (let i = 0; i < this.count; i++) {
      const dx = (this.region[i] % width) - x;
      const dy = Math.floor(this.region[i] / width) - y;
      const along = dx * ux + dy * uy;
      const across = dy * ux - dx * uy;
      back = Math.min(back, along);
      front = Math.max(front, along);
      left = Math.min(left, across);
      right = Math.max(right, across);
    }
    return { x, y, ux, uy, angle, back, front, width: Math.max(1, right - left) };
  }

  private axis(x: number, y: number, tolerance: number): number {
    const { width, magnitudes } = this.field;
    let [xx, yy, xy] = [0, 0, 0];
    for (let i = 0; i < this.count; i++) {
      const at = this.region[i];
      const dx = (at % width) - x;
      const dy = Math.floor(at / width) - y;
      xx += dy * dy * magnitudes[at];
      yy += dx * dx * magnitudes[at];
      xy -= dx * dy * magnitudes[at];
    }
    const least = (xx + yy - Math.hypot(xx - yy, 2 * xy)) / 2;
    const angle = Math.abs(xx) > Math.abs(yy) ? Math.atan2(least - xx, xy) : Math.atan2(xy, least - yy);
    return turnBetween(angle, this.angle) > tolerance ? angle + Math.PI : angle;
  }

  private densityOf({ back, front, width }: Rectangle): number {
    return this.count / (Math.max(1, front - back) * width);
  }

  /** Twice the deviation of the angles close to the seed. */
  private toleranceNear(seed: number, reach: number): number {
    const { angles } = this.field;
    let [sum, squares, count] = [0, 0, 0];
    for (let i = 0; i < this.count; i++) {
      if (this.distance(seed, this.region[i]) >= reach) continue;
      const turn = signedTurn(angles[this.region[i]], angles[seed]);
      sum += turn;
      squares += turn * turn;
      count++;
    }
    const mean = count === 0 ? 0 : sum / count;
    return count === 0 ? 0 : 2 * Math.sqrt(Math.max(0, squares / count - mean * mean));
  }

  private keepWithin(seed: number, radius: number): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const at = this.region[i];
      if (this.distance(seed, at) > radius) this.used[at] = 0;
      else this.region[kept++] = at;
    }
    this.count = kept;
  }

  private distance(a: number, b: number): number {
    const { width } = this.field;
    return Math.hypot((a % width) - (b % width), Math.floor(a / width) - Math.floor(b / width));
  }

  private farFrom(seed: number, along: number, { x, y, ux, uy }: Rectangle): number {
    const { width } = this.field;
    return Math.hypot(x + along * ux - (seed % width), y + along * uy - Math.floor(seed / width));
  }
}

/** Whether so many aligned pixels would be met less than once in a picture of noise, at one of five precisions. */
function isMeaningful(rectangle: Rectangle, field: LevelLines): boolean {
  const { width, height, angles, logTests } = field;
  const { x, y, ux, uy, back, front, width: thick, angle } = rectangle;
  const precisions = [1, 2, 4, 8, 16].map((part) => 1 / (8 * part));
  const aligned = precisions.map(() => 0);
  let total = 0;
  const half = thick / 2 + 0.5;
  const reachY = Math.max(Math.abs(back * uy), Math.abs(front * uy)) + half;
  const reachX = Math.max(Math.abs(back * ux), Math.abs(front * ux)) + half;
  for (let v = Math.max(0, Math.floor(y - reachY)); v <= Math.min(height - 1, Math.ceil(y + reachY)); v++) {
    for (let u = Math.max(0, Math.floor(x - reachX)); u <= Math.min(width - 1, Math.ceil(x + reachX)); u++) {
      const along = (u - x) * ux + (v - y) * uy;
      if (along < back || along > front || Math.abs((v - y) * ux - (u - x) * uy) > half - 0.5 + 1e-9) continue;
      total++;
      const own = angles[v * width + u];
      if (own === NO_ANGLE) continue;
      const turn = turnBetween(own, angle);
      for (let i = 0; i < precisions.length && turn <= precisions[i] * Math.PI; i++) aligned[i]++;
    }
  }
  return precisions.some((p, i) => logTests - exponentOf(aligned[i], total, p) < 0);
}

/** -log10 of a bound on the chance of at least `count` of `total` where each has the chance `p` (Chernoff). */
function exponentOf(count: number, total: number, p: number): number {
  if (total === 0 || count / total <= p) return 0;
  const share = count / total;
  const rest = share === 1 ? 0 : (1 - share) * Math.log10((1 - share) / (1 - p));
  return total * (share * Math.log10(share / p) + rest);
}

/** Gradients lie half a pixel behind the pixels of the smaller picture. */
function segmentOf({ x, y, ux, uy, back, front }: Rectangle): Segment {
  const at = (along: number): Point => ({
    x: (x + along * ux + 1) / SCALE - 0.5,
    y: (y + along * uy + 1) / SCALE - 0.5,
  });
  return { from: at(back), to: at(front) };
}

function turnBetween(a: number, b: number): number {
  return Math.abs(signedTurn(a, b));
}
