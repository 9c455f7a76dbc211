/** What stands beside a line at its known ends, where that is of one colour all along: in drawings. */
import { colourDistance } from './colour-lab';
import { BARRED, type Level } from './level';
import { placesAlong, type WindowLine } from './window-line';

/** Pixels of the level along an end that are looked at, and how far from the hole they begin. */
const ALONG = 12;
const CLEARANCE = 2;
const FEWEST = 4;
/** Lab: what differs by less is one colour. */
const SAME = 1;

/** Colours by their distance from a line, whole pixels of a level from -reach to reach; NaN where they are not known. */
export interface LineSurroundings {
  readonly reach: number;
  /** Of its beginning and its end: (2 reach + 1) x 3 each, Lab. */
  readonly ends: readonly Float32Array[];
}

/** @returns null where nothing beside it is of one colour */
export function lineSurroundings(
  { points }: Pick<WindowLine, 'points'>,
  level: Level,
  reach: number,
): LineSurroundings | null {
  const places = placesAlong(
    points.map(({ x, y }) => ({ x: (x + 0.5) / level.scaleX - 0.5, y: (y + 0.5) / level.scaleY - 0.5 })),
    1,
  );
  const inHole = places.map(({ x, y }) => level.isHole(Math.round(x), Math.round(y)));
  const [first, last] = [inHole.indexOf(true), inHole.lastIndexOf(true)];
  if (first < 0) return null;
  const before = places.slice(Math.max(0, first - CLEARANCE - ALONG), Math.max(0, first - CLEARANCE));
  const behind = places.slice(last + 1 + CLEARANCE, last + 1 + CLEARANCE + ALONG);
  const ends = [before, behind].map((end) => {
    const colours = new Float32Array(3 * (2 * reach + 1)).fill(NaN);
    for (let distance = -reach; distance <= reach; distance++) {
      const beside = end.map(({ x, y, ux, uy }) => ({ x: x - distance * uy, y: y + distance * ux }));
      const colour = oneColour(level, beside);
      if (colour) colours.set(colour, 3 * (distance + reach));
    }
    return colours;
  });
  return ends.some((colours) => colours.some((value) => !Number.isNaN(value))) ? { reach, ends } : null;
}

/** The colour that all known ones of some places have. */
function oneColour(level: Level, places: readonly { readonly x: number; readonly y: number }[]): Float32Array | null {
  const colour = new Float32Array(6);
  let known = 0;
  for (const { x, y } of places) {
    const [u, v] = [Math.round(x), Math.round(y)];
    if (u < 0 || v < 0 || u >= level.width || v >= level.height) continue;
    const at = v * level.width + u;
    if (level.state[at] > BARRED) continue;
    level.lab(at, colour, known === 0 ? 0 : 3);
    if (known > 0 && colourDistance(colour, 0, colour, 3) > SAME) return null;
    known++;
  }
  return known < FEWEST ? null : colour.subarray(0, 3);
}

/** Whether a colour is what stands so far from the line at one of its ends. @param distance pixels of the level */
export function standsBeside({ reach, ends }: LineSurroundings, distance: number, colour: Float32Array): boolean {
  const at = 3 * (Math.round(distance) + reach);
  // Distances to NaN are NaN, which is less than nothing.
  return ends.some((colours) => at >= 0 && at < colours.length && colourDistance(colours, at, colour, 0) <= SAME);
}
