/**
 * Places that the parts of a hole around a line may be copied from: those that put the line onto itself (Sun, Yuan, Jia
 * and Shum 2005, "Image completion with structure propagation", where a person draws the line too).
 */
import type { Point } from '../../../shared/geometry';
import { type Affine, shiftBy, similarity } from './affine';
import { signedTurn } from './turn';
import { type LinePlace, placesAlong, type WindowLine } from './window-line';

/** Shifts along a straight line, both ways together, and how far they reach as shares of its length. */
const SLIDES = 24;
const SHORTEST = 0.1;
const LONGEST = 1.3;
/** Of a curve: places in the hole, places on its known parts, and by how much a copy may be turned, radians. */
const HOLE_PLACES = 8;
const KNOWN_PLACES = 10;
const MOST_TURN = (50 * Math.PI) / 180;
/** Below this a copy is not turned: whole pixels stay sharp. */
const NO_TURN = (2 * Math.PI) / 180;
/** Pixels between places, and from the hole that a known one keeps. */
const STEP = 2;
const CLEARANCE = 3;

/**
 * Maps for one line, none twice. They are exact: shifting one by a pixel would kink the line.
 * @param isHole of a pixel of the window; false outside it
 */
export function lineLabels({ points }: WindowLine, isHole: (x: number, y: number) => boolean): Affine[] {
  return points.length === 2 ? slides(points[0], points[1]) : turns(placesAlong(points, STEP), isHole);
}

/** Shifts by whole pixels; of those near the wanted length the one that strays least from the line. */
function slides(from: Point, to: Point): Affine[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const half = SLIDES / 2;
  const shifts = new Map<string, Affine>();
  for (let i = 0; i < half; i++) {
    const wanted = length * SHORTEST * (LONGEST / SHORTEST) ** (i / (half - 1));
    const shift = truest(wanted, ux, uy);
    if (shift.dx === 0 && shift.dy === 0) continue;
    for (const { dx, dy } of [shift, { dx: 0 - shift.dx, dy: 0 - shift.dy }])
      shifts.set(`${dx} ${dy}`, shiftBy(dx, dy));
  }
  return [...shifts.values()];
}

function truest(wanted: number, ux: number, uy: number): { readonly dx: number; readonly dy: number } {
  let best = { dx: Math.round(wanted * ux), dy: Math.round(wanted * uy) };
  let least = Infinity;
  for (let along = wanted - 4; along <= wanted + 4; along += 0.25) {
    const [dx, dy] = [Math.round(along * ux), Math.round(along * uy)];
    const strays = Math.abs(dx * uy - dy * ux) + 0.01 * Math.abs(along - wanted);
    if (strays < least) [least, best] = [strays, { dx, dy }];
  }
  // -0 and 0 are the same shift.
  return { dx: best.dx + 0, dy: best.dy + 0 };
}

/** Copies of known parts of a curve onto its places in the hole, turned so that the directions agree. */
function turns(places: readonly LinePlace[], isHole: (x: number, y: number) => boolean): Affine[] {
  const inHole = places.filter(({ x, y }) => isHole(Math.round(x), Math.round(y)));
  const known = places.filter((place) => isClear(place, isHole));
  return spread(inHole, HOLE_PLACES).flatMap((place) =>
    spread(known, KNOWN_PLACES).flatMap((from) => {
      const turn = signedTurn(Math.atan2(from.uy, from.ux), Math.atan2(place.uy, place.ux));
      if (Math.abs(turn) > MOST_TURN) return [];
      if (Math.abs(turn) < NO_TURN) return [shiftBy(Math.round(from.x - place.x), Math.round(from.y - place.y))];
      return [similarity(place, from, turn)];
    }),
  );
}

function isClear({ x, y }: Point, isHole: (x: number, y: number) => boolean): boolean {
  for (let dy = -CLEARANCE; dy <= CLEARANCE; dy++) {
    for (let dx = -CLEARANCE; dx <= CLEARANCE; dx++) {
      if (dx * dx + dy * dy <= CLEARANCE * CLEARANCE && isHole(Math.round(x + dx), Math.round(y + dy))) return false;
    }
  }
  return true;
}

/** At most `count` of a list, evenly apart, the first and the last among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))]);
}
