/**
 * Wires, cables and other long thin lines, as proposals for a mask: ridges of brightness, followed from strong pixels on
 * through weaker ones and over short gaps (hysteresis, Canny 1986), of which those are kept that are long and hang as wires do,
 * straight or in a shallow curve.
 */
import { type BitPlane } from '../../shared/bit-plane';
import { type Point, type Rect, rectOf } from '../../shared/geometry';
import { rasteriseStroke, strokeBounds, strokeSample } from '../../shared/stroke';
import type { PictureView } from '../image/picture-view';
import type { Pause } from '../raster/pacing';
import { labView } from '../inpaint/lab-view';
import { findRidges, type Ridges } from './ridges';

interface Wire {
  /** Picture pixels. */
  readonly points: readonly Point[];
  /** Pixels across, with the soft edge that a mask has to cover. */
  readonly width: number;
}

/** Longest side of what is looked at, pixels. */
const MOST_SIDE = 2400;
/** Contrast to both sides, L of 0..100, with which a wire begins, and with which it goes on. */
const STRONG = 7;
const WEAK = 3;
/** A wire is at least so long: pixels looked at, and a share of the longer side. */
const LEAST_PIXELS = 60;
const LEAST_SHARE = 0.1;
/** Gaps in it, pixels looked at; and the least share of it that was seen. */
const MOST_GAP = 14;
const LEAST_SEEN = 0.6;
/** How much the direction may change from pixel to pixel, and over a gap; radians. */
const MOST_TURN = 0.45;
/** From a parabola over its chord: pixels looked at, or a share of its length. */
const LEAST_DEVIATION = 1.6;
const DEVIATION_SHARE = 0.008;
/** How far it sags below its chord, a share of its length. */
const MOST_SAG = 0.2;
/** The direction ahead is that of so many pixels behind. */
const BEHIND = 14;
/** From a ridge's sigma to the width of what it covers; and what the soft edge of a line takes on both sides together. */
const WIDTH_OF_SIGMA = 1.8;
const SOFT_EDGE = 3;
/** More are no wires but a texture. */
const MOST_WIRES = 200;

/** @returns the longest first */
export async function findWires(view: PictureView, pause: Pause): Promise<readonly Wire[]> {
  const { width, height } = view.picture;
  const step = Math.max(1, Math.ceil(Math.max(width, height) / MOST_SIDE));
  const look = await labView(view, rectOf({ width, height }), step, pause);
  const brightness = Float32Array.from({ length: look.width * look.height }, (_, i) => look.colours[3 * i]);
  const ridges = await findRidges(brightness, look, WEAK, pause);
  const least = Math.max(LEAST_PIXELS, LEAST_SHARE * Math.max(look.width, look.height));
  const chains = await chainsOf(ridges, pause);
  return chains
    .flatMap((points) => wiresIn(points, least))
    .map((points) => describe(ridges, points))
    .filter(({ points, seen }) => seen >= LEAST_SEEN * points.length)
    .sort((one, other) => lengthOf(other.points) - lengthOf(one.points))
    .slice(0, MOST_WIRES)
    .map(({ points, sigma }) => ({
      points: points.map(({ x, y }) => ({ x: (x + 0.5) * step, y: (y + 0.5) * step })),
      width: (WIDTH_OF_SIGMA * sigma + SOFT_EDGE) * step,
    }));
}

/** Draws what a wire covers on a plane of the picture's size. @returns a box around it */
export function drawWire(plane: BitPlane, { points, width }: Wire): Rect {
  const samples = points.map(({ x, y }) => strokeSample(x, y, width / 2));
  rasteriseStroke(plane, samples, true);
  return strokeBounds(samples, rectOf(plane));
}

type Chain = readonly Point[];

/** How many of a chain's points are ridges, the others bridging gaps, and the mean width of these. */
function describe({ width, contrast, sigma }: Ridges, points: Chain) {
  const found = points.map(({ x, y }) => y * width + x).filter((at) => contrast[at] !== 0);
  return {
    points,
    seen: found.length,
    sigma: found.reduce((sum, at) => sum + sigma[at], 0) / Math.max(1, found.length),
  };
}

/** The parts of a chain that are long and hang as wires do: at a crossing it may have gone on along another wire. */
function wiresIn(points: Chain, least: number): Chain[] {
  if (points.length < 2 || lengthOf(points) < least) return [];
  const { error, worst, sag } = parabolaOf(points);
  if (sag <= MOST_SAG * lengthOf(points) && error <= Math.max(LEAST_DEVIATION, DEVIATION_SHARE * lengthOf(points)))
    return [points];
  return [...wiresIn(points.slice(0, worst), least), ...wiresIn(points.slice(worst), least)];
}

async function chainsOf(ridges: Ridges, pause: Pause): Promise<Chain[]> {
  const { width, contrast, direction } = ridges;
  const seeds = pixelsOver(contrast, STRONG);
  // By chain, counted from 1.
  const owner = new Int32Array(contrast.length);
  const chains: Chain[] = [];
  for (const [index, seed] of seeds.entries()) {
    if (index % 2000 === 1999) await pause();
    if (owner[seed] !== 0) continue;
    const id = chains.length + 1;
    owner[seed] = id;
    const start = { x: seed % width, y: Math.floor(seed / width) };
    const forth = follow(ridges, owner, id, start, direction[seed]);
    const back = follow(ridges, owner, id, start, direction[seed] + Math.PI);
    chains.push([...back.reverse(), start, ...forth]);
  }
  return chains;
}

/** Ridge pixels of at least this contrast, the strongest first. */
function pixelsOver(contrast: Float32Array, least: number): number[] {
  const found: number[] = [];
  contrast.forEach((value, at) => {
    if (Math.abs(value) >= least) found.push(at);
  });
  return found.sort((i, j) => Math.abs(contrast[j]) - Math.abs(contrast[i]) || i - j);
}

/** Goes on from a place as long as there are ridges of the same kind ahead. The points begin behind it. */
function follow(
  { width, height, contrast, direction }: Ridges,
  owner: Int32Array,
  id: number,
  start: Point,
  angle: number,
): Point[] {
  const kind = Math.sign(contrast[start.y * width + start.x]);
  const points: Point[] = [];
  let [x, y, heading] = [start.x, start.y, angle];
  let foreign = 0;
  for (let gap = 0; gap <= MOST_GAP;) {
    const reach = gap + 1;
    const aside = gap === 0 ? 1 : 2;
    let best: { x: number; y: number; off: number } | null = null;
    for (let side = -aside; side <= aside; side++) {
      const u = Math.round(x + reach * Math.cos(heading) - side * Math.sin(heading));
      const v = Math.round(y + reach * Math.sin(heading) + side * Math.cos(heading));
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      const at = v * width + u;
      if (contrast[at] * kind <= 0 || (u === x && v === y)) continue;
      const turn = Math.abs(turnTo(heading, direction[at]));
      const off = turn + 0.15 * Math.abs(side);
      if (turn > MOST_TURN || (best && off >= best.off)) continue;
      best = { x: u, y: v, off };
    }
    if (!best) {
      gap++;
      continue;
    }
    // Where another line crosses this one goes on; along another's, it has ended.
    foreign = [0, id].includes(owner[best.y * width + best.x]) ? 0 : foreign + reach;
    if (foreign > MOST_GAP || points.length > 2 * (width + height)) break;
    for (let i = 1; i < reach; i++) {
      const share = i / reach;
      points.push({ x: Math.round(x + share * (best.x - x)), y: Math.round(y + share * (best.y - y)) });
    }
    points.push({ x: best.x, y: best.y });
    for (let v = -1; v <= 1; v++) {
      for (let u = -1; u <= 1; u++) {
        const [px, py] = [best.x + u, best.y + v];
        if (px >= 0 && py >= 0 && px < width && py < height) owner[py * width + px] ||= id;
      }
    }
    [x, y] = [best.x, best.y];
    const before = points.at(-BEHIND) ?? start;
    heading =
      points.length >= BEHIND / 2
        ? Math.atan2(y - before.y, x - before.x)
        : heading + turnTo(heading, direction[y * width + x]) / 2;
    gap = 0;
  }
  return foreign > 0 ? points.slice(0, -foreign) : points;
}

/** From a heading to a line's direction, the shorter way: -pi/2..pi/2. */
function turnTo(heading: number, line: number): number {
  const turn = line - heading;
  return turn - Math.PI * Math.round(turn / Math.PI);
}

function lengthOf(points: Chain): number {
  const [first, last] = [points[0], points[points.length - 1]];
  return Math.hypot(last.x - first.x, last.y - first.y);
}

/** How far points lie from a parabola over the chord between their ends, on the whole, which is the farthest from it, and how far that sags. */
function parabolaOf(points: Chain): { readonly error: number; readonly worst: number; readonly sag: number } {
  const [first, last] = [points[0], points[points.length - 1]];
  const length = lengthOf(points);
  const [across, down] = [(last.x - first.x) / length, (last.y - first.y) / length];
  // Least squares of the sag in t (1 - t); the ends are on the chord.
  let products = 0;
  let squares = 0;
  const placed = points.map(({ x, y }) => {
    const t = ((x - first.x) * across + (y - first.y) * down) / length;
    const off = (y - first.y) * across - (x - first.x) * down;
    const shape = t * (1 - t);
    products += off * shape;
    squares += shape * shape;
    return { off, shape };
  });
  const sag = squares === 0 ? 0 : products / squares;
  const errors = placed.map(({ off, shape }) => (off - sag * shape) ** 2);
  const error = Math.sqrt(errors.reduce((sum, each) => sum + each, 0) / errors.length);
  const worst = errors.reduce((most, each, at) => (each > errors[most] ? at : most), 1);
  return { error, worst: Math.min(worst, points.length - 1), sag: Math.abs(sag) / 4 };
}
