/**
 * Straight edges that run into a hole on one side and come out on the other: horizons, kerbs, joints, wires. What is
 * found is a proposal, which a person can take away.
 */
import type { Point, Size } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import { lineProfile, PROFILE_REACH } from './line-profile';
import { lineSegments } from './line-segments';

/** A window around a hole; edges are found best where the hole is some hundred pixels wide. */
export interface LineLevel extends Size {
  /** height x width x 3, CIE Lab (L 0..100). The hole must hold a guess, or its own edge would be found. */
  readonly colours: Float32Array;
  /** height x width, 1 in holes */
  readonly hole: Uint8Array;
  /** The longer side of the hole. */
  readonly side: number;
}

/**
 * Two points, whole numbers at pixel centres; the hole lies between them. Both are on known pixels, but for a line that runs
 * through the hole to the picture's border: its second one is there.
 */
export type FoundLine = readonly [Point, Point];

const MOST_LINES = 8;
/** Pixels, and share of the hole's side: how long a segment must be outside the hole, and how near to it it must end. */
const LEAST = 8;
const LEAST_SHARE = 0.06;
const NEAR_SHARE = 0.08;
/** How far two facing segments may miss each other: pixels, and share of the gap. */
const MISS = 2.5;
const MISS_SHARE = 0.02;
/** Together they must be this share of the gap: short pieces face each other by chance. */
const LEAST_TOGETHER = 0.2;
/** Degrees that they may differ by, beyond what their lengths leave open. */
const TURN = 3;
/** Differences of Lab: of the profiles as they are, and without their means as a share of their contrast. */
const UNLIKE = 25;
const UNLIKE_SHARE = 0.75;
/** Lines to the border have one end only, so it must be longer: pixels, share of the hole's side. And so many at most. */
const LONE_LEAST = 16;
const LONE_SHARE = 0.15;
const MOST_LONE = 3;
/** Mean contrast of its profile, Lab. */
const LONE_CONTRAST = 4;
/** Both edges of a thin line count once. */
const TWIN = 4;

/** A part of a segment outside the hole, from its far end to the one at the hole. */
interface Stub {
  readonly far: Point;
  readonly near: Point;
  /** Towards the hole, length 1. */
  readonly ux: number;
  readonly uy: number;
  readonly length: number;
  /** (2 PROFILE_REACH + 1) x 3: mean colours across it, from its left to its right. */
  readonly profile: Float32Array;
}

/** @returns at most 8 lines, the surest first */
export async function findLines(level: LineLevel, pause: Pause): Promise<FoundLine[]> {
  const values = Float32Array.from({ length: level.width * level.height }, (_, at) => 2.55 * level.colours[3 * at]);
  const segments = await lineSegments({ width: level.width, height: level.height, values }, pause);
  const stubs = segments.flatMap(({ from, to }) => stubsOf(from, to, level));
  await pause();
  return withLone(surest(pairsOf(stubs)), stubs, level);
}

/** The parts of a segment that lie outside the hole and end at it, pointing into it. */
function stubsOf(from: Point, to: Point, level: LineLevel): Stub[] {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y));
  const least = Math.max(LEAST, LEAST_SHARE * level.side);
  const pointAt = (step: number): Point => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  });
  const stubs: Stub[] = [];
  let start = 0;
  for (let step = 0; step <= steps + 1; step++) {
    if (step <= steps && !touchesHole(level, pointAt(step))) continue;
    if (step - start >= least) {
      const [a, b] = [pointAt(start), pointAt(step - 1)];
      for (const stub of [stubTowards(a, b, level), stubTowards(b, a, level)]) if (stub) stubs.push(stub);
    }
    start = step + 1;
  }
  return stubs;
}

function stubTowards(far: Point, near: Point, level: LineLevel): Stub | null {
  const length = Math.hypot(near.x - far.x, near.y - far.y);
  const ux = (near.x - far.x) / length;
  const uy = (near.y - far.y) / length;
  const reach = Math.max(LEAST, NEAR_SHARE * level.side) + 2;
  for (let along = 0; along <= reach; along++) {
    if (!isHole(level, near.x + along * ux, near.y + along * uy)) continue;
    // Along the picture's border one side of it is not seen, and everything looks alike.
    if (!isInside(level, near, PROFILE_REACH) && !isInside(level, far, PROFILE_REACH)) return null;
    return { far, near, ux, uy, length, profile: lineProfile(level, near, { x: -ux, y: -uy }, Math.min(length, 20)) };
  }
  return null;
}

function isInside({ width, height }: LineLevel, { x, y }: Point, margin: number): boolean {
  return x >= margin && y >= margin && x <= width - 1 - margin && y <= height - 1 - margin;
}

function isHole({ width, height, hole }: LineLevel, x: number, y: number): boolean {
  const [i, j] = [Math.round(x), Math.round(y)];
  return i >= 0 && j >= 0 && i < width && j < height && hole[j * width + i] === 1;
}

/** Gradients beside the hole know of what is to vanish. */
function touchesHole(level: LineLevel, { x, y }: Point): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) if (isHole(level, x + dx, y + dy)) return true;
  }
  return false;
}

interface Pair {
  readonly a: Stub;
  readonly b: Stub;
  /** The lower, the surer. */
  readonly doubt: number;
}

function pairsOf(stubs: readonly Stub[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i < stubs.length; i++) {
    for (let j = i + 1; j < stubs.length; j++) {
      const doubt = doubtOf(stubs[i], stubs[j]);
      if (doubt !== null) pairs.push({ a: stubs[i], b: stubs[j], doubt });
    }
  }
  return pairs.sort((one, other) => one.doubt - other.doubt);
}

/** How little two stubs look like one line; null where they are none. */
function doubtOf(a: Stub, b: Stub): number | null {
  const x = b.near.x - a.near.x;
  const y = b.near.y - a.near.y;
  const gap = Math.hypot(x, y);
  // Facing each other, both point at the other over the gap.
  if (gap < 6 || a.length + b.length < LEAST_TOGETHER * gap) return null;
  if (x * a.ux + y * a.uy < 0.5 * gap || x * b.ux + y * b.uy > -0.5 * gap) return null;
  const cosine = Math.min(1, -(a.ux * b.ux + a.uy * b.uy));
  const turn = (Math.acos(Math.max(-1, cosine)) * 180) / Math.PI;
  const loose = (Math.atan2(1, Math.min(a.length, b.length) / 2) * 180) / Math.PI;
  if (turn > TURN + loose) return null;
  const misses = [Math.abs(a.ux * y - a.uy * x), Math.abs(b.ux * y - b.uy * x)];
  if (Math.max(...misses) > MISS + MISS_SHARE * gap) return null;
  const difference = profileDifference(a.profile, b.profile);
  if (difference === null) return null;
  return (misses[0] + misses[1]) / 2 + turn + 0.3 * difference - 0.05 * Math.min(100, a.length + b.length);
}

/** Mean difference of two profiles across one line, seen from its two ends: one's left is the other's right. */
function profileDifference(a: Float32Array, b: Float32Array): number | null {
  const samples = 2 * PROFILE_REACH + 1;
  const [meanA, meanB] = [meanColour(a), meanColour(b)];
  let [plain, centred, contrast] = [0, 0, 0];
  for (let i = 0; i < samples; i++) {
    for (let c = 0; c < 3; c++) {
      const [one, other] = [a[3 * i + c], b[3 * (samples - 1 - i) + c]];
      plain += Math.abs(one - other);
      centred += Math.abs(one - meanA[c] - (other - meanB[c]));
      contrast += Math.abs(one - meanA[c]) + Math.abs(other - meanB[c]);
    }
  }
  plain /= 3 * samples;
  return plain > UNLIKE || centred > UNLIKE_SHARE * contrast ? null : plain;
}

function meanColour(profile: Float32Array): readonly [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < profile.length; i++) sums[i % 3] += profile[i];
  const samples = profile.length / 3;
  return [sums[0] / samples, sums[1] / samples, sums[2] / samples];
}

/** Every stub serves one line; a line that runs beside another is left out. */
function surest(pairs: readonly Pair[]): FoundLine[] {
  const taken = new Set<Stub>();
  const lines: FoundLine[] = [];
  for (const { a, b } of pairs) {
    const line: FoundLine = [a.far, b.far];
    if (taken.has(a) || taken.has(b) || lines.some((other) => isTwin(line, other))) continue;
    taken.add(a).add(b);
    lines.push(line);
    if (lines.length === MOST_LINES) break;
  }
  return lines;
}

/** Adds edges that run through the hole to the picture's border, where nothing can face them. The longest come first. */
function withLone(lines: FoundLine[], stubs: readonly Stub[], level: LineLevel): FoundLine[] {
  const least = Math.max(LONE_LEAST, LONE_SHARE * level.side);
  const lone = stubs
    .filter(({ length, profile }) => length >= least && contrastOf(profile) >= LONE_CONTRAST)
    .sort((a, b) => b.length - a.length);
  let added = 0;
  for (const stub of lone) {
    if (added === MOST_LONE || lines.length === MOST_LINES) break;
    const border = borderBehind(stub, level);
    if (!border || lines.some((other) => isTwin([stub.far, stub.near], other))) continue;
    lines.push([stub.far, border]);
    added++;
  }
  return lines;
}

/** Where a stub meets the picture's border, if only the hole lies between. */
function borderBehind({ near, ux, uy }: Stub, level: LineLevel): Point | null {
  let entered = false;
  for (let along = 0; ; along++) {
    const [x, y] = [near.x + along * ux, near.y + along * uy];
    const inside =
      Math.round(x) >= 0 && Math.round(y) >= 0 && Math.round(x) < level.width && Math.round(y) < level.height;
    if (!inside) return entered ? { x: x - ux, y: y - uy } : null;
    const inHole = isHole(level, x, y);
    if (entered && !inHole) return null;
    entered ||= inHole;
  }
}

function contrastOf(profile: Float32Array): number {
  const mean = meanColour(profile);
  return profile.reduce((sum, value, i) => sum + Math.abs(value - (mean[i % 3] ?? 0)), 0) / (profile.length / 3);
}

function isTwin(line: FoundLine, [from, to]: FoundLine): boolean {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const offset = ({ x, y }: Point) => ((x - from.x) * (to.y - from.y) - (y - from.y) * (to.x - from.x)) / length;
  return line.every((end) => Math.abs(offset(end)) < TWIN);
}
