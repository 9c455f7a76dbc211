/** The lines that a hole is composed along: those a person drew, and those that are found. */
import { expand, intersect, type Point, type Rect, rectOf } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import { findLines, type FoundLine, type LineLevel } from './find-lines';
import { BLANK, type Level } from './level';
import { lineWeight } from './line-prices';
import { placesAlong, signedDistance, simplified, type WindowLine } from './window-line';

/** All points in native pixels of the window, whole numbers at pixel centres. */
export interface LineWishes {
  readonly drawn: readonly (readonly Point[])[];
  /** Whether edges that face each other across the hole are to be found. */
  readonly automatic: boolean;
  /** Found lines that a person took away. */
  readonly removed: readonly (readonly Point[])[];
}

export interface StructureLines {
  /** Those that cross the hole, drawn ones first. */
  readonly lines: readonly WindowLine[];
  /** How many of them, at the end, were found. */
  readonly found: number;
}

/** Lines are looked for at the finest level whose hole has at most this side. */
const MOST_SIDE = 384;
/** What a hand strays while it draws, pixels of that level. */
const HAND = 1;
/** A line beside another one within so many pixels of that level is the same. */
const SAME = 4;

/** @param levels of one window, from coarse to fine */
export async function structureLines(
  levels: readonly Level[],
  wishes: LineWishes,
  pause: Pause,
): Promise<StructureLines> {
  const level = levels.findLast(({ box }) => Math.max(box.width, box.height) <= MOST_SIDE) ?? levels[0];
  if (wishes.drawn.length === 0 && !wishes.automatic) return { lines: [], found: 0 };
  const toLevel = (points: readonly Point[]) => points.map((point) => scaled(point, level, 1));
  const drawn = wishes.drawn
    .map((points) => simplified(toLevel(points), HAND))
    .filter((points) => crosses(points, level));
  const known = [...drawn, ...wishes.removed.map(toLevel)];
  const found = wishes.automatic
    ? (await linesAround(level, pause)).filter(
        (line) => crosses(line, level) && !known.some((other) => isSame(line, other, level)),
      )
    : [];
  const lines = [...drawn, ...found];
  if (lines.length === 0) return { lines: [], found: 0 };
  const windowLine = (points: readonly Point[], least: number): WindowLine => ({
    points: points.map((point) => scaled(point, level, -1)),
    weight: Math.max(least, lineWeight(points, level)),
  });
  // A person who draws a line means it, however faint it is.
  return { lines: lines.map((points, i) => windowLine(points, i < drawn.length ? 1 : 0)), found: found.length };
}

/** What is found around the hole, within its longer side. */
async function linesAround(level: Level, pause: Pause): Promise<FoundLine[]> {
  const { box } = level;
  const near = intersect(expand(box, Math.max(box.width, box.height)), rectOf(level));
  const move = ({ x, y }: Point): Point => ({ x: x + near.x, y: y + near.y });
  return (await findLines(lineLevel(level, near), pause)).map(([from, to]) => [move(from), move(to)]);
}

function lineLevel(level: Level, part: Rect): LineLevel {
  const { width, state, box } = level;
  const hole = new Uint8Array(part.width * part.height);
  const colours = new Float32Array(3 * hole.length);
  for (let y = 0, at = 0; y < part.height; y++) {
    const line = (part.y + y) * width + part.x;
    for (let x = 0; x < part.width; x++, at++) {
      hole[at] = state[line + x] >= BLANK ? 1 : 0;
      level.lab(line + x, colours, 3 * at);
    }
  }
  return { width: part.width, height: part.height, colours, hole, side: Math.max(box.width, box.height) };
}

/** Between native pixels and those of a level. @param towards 1: to the level, -1: to native pixels */
function scaled({ x, y }: Point, { scaleX, scaleY }: Level, towards: 1 | -1): Point {
  return { x: (x + 0.5) * scaleX ** -towards - 0.5, y: (y + 0.5) * scaleY ** -towards - 0.5 };
}

/** Its places in the hole, a pixel apart. */
function placesInHole(points: readonly Point[], level: Level): readonly Point[] {
  return placesAlong(points, 1).filter(({ x, y }) => level.isHole(Math.round(x), Math.round(y)));
}

function crosses(points: readonly Point[], level: Level): boolean {
  return placesInHole(points, level).length > 0;
}

/** Whether a found line runs along another one all through the hole. */
function isSame(line: FoundLine, other: readonly Point[], level: Level): boolean {
  return placesInHole(line, level).every(({ x, y }) => Math.abs(signedDistance(other, x, y)) < SAME);
}
