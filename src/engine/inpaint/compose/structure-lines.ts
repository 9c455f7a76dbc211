/** The lines that a hole is composed along: those a person drew, and those that are found. */
import type { Point } from '../../../shared/geometry';
import type { Pause } from '../../raster/pacing';
import { findLines, type FoundLine, type LineLevel } from './find-lines';
import { BLANK, HOLE, type Level } from './level';
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
  const seen = lineLevel(level);
  const toLevel = (points: readonly Point[]) => points.map((point) => scaled(point, level, 1));
  const drawn = wishes.drawn
    .map((points) => simplified(toLevel(points), HAND))
    .filter((points) => crosses(points, level));
  const known = [...drawn, ...wishes.removed.map(toLevel)];
  const found = wishes.automatic
    ? (await findLines(seen, pause)).filter(
        (line) => crosses(line, level) && !known.some((other) => isSame(line, other, level)),
      )
    : [];
  const windowLine = (points: readonly Point[], least: number): WindowLine => ({
    points: points.map((point) => scaled(point, level, -1)),
    weight: Math.max(least, lineWeight(points, seen)),
  });
  // A person who draws a line means it, however faint it is.
  const lines = [...drawn.map((points) => windowLine(points, 1)), ...found.map((line) => windowLine(line, 0))];
  return { lines, found: found.length };
}

function lineLevel(level: Level): LineLevel {
  const { width, height, state, box } = level;
  const hole = state.map((what) => (what >= BLANK ? 1 : 0));
  return { width, height, colours: level.allLab(), hole, side: Math.max(box.width, box.height) };
}

/** Between native pixels and those of a level. @param towards 1: to the level, -1: to native pixels */
function scaled({ x, y }: Point, { scaleX, scaleY }: Level, towards: 1 | -1): Point {
  return { x: (x + 0.5) * scaleX ** -towards - 0.5, y: (y + 0.5) * scaleY ** -towards - 0.5 };
}

/** Its places in the hole, a pixel apart. */
function placesInHole(points: readonly Point[], { width, height, state }: Level): readonly Point[] {
  return placesAlong(points, 1).filter(({ x, y }) => {
    const [i, j] = [Math.round(x), Math.round(y)];
    return i >= 0 && j >= 0 && i < width && j < height && state[j * width + i] === HOLE;
  });
}

function crosses(points: readonly Point[], level: Level): boolean {
  return placesInHole(points, level).length > 0;
}

/** Whether a found line runs along another one all through the hole. */
function isSame(line: FoundLine, other: readonly Point[], level: Level): boolean {
  return placesInHole(line, level).every(({ x, y }) => Math.abs(signedDistance(other, x, y)) < SAME);
}
