/**
 * Which part of the picture the network works on, and at what size. Pure arithmetic on boxes; the masks come in as a
 * function that counts usable cells.
 */
import { type Point, type Rect, type Size, union } from '../../shared/geometry';

export interface CropPlan {
  /**
   * The part of the picture, in its pixels. It reaches beyond the picture only where the picture is smaller than the
   * smallest crop; what lies there is the picture mirrored.
   */
  readonly box: Rect;
  /** What the network sees; both sides are multiples of the generator's `sizeMultiple`. */
  readonly working: Size;
  /** Picture pixels per working pixel. 1 wherever the crop fits; below 1 only for pictures under TINY pixels. */
  readonly scale: number;
}

/** Sides the network is run at: few, because every shape costs a session (0.1 s and its memory). */
const USUAL_SIDES = [128, 256, 384, 512, 768, 1024];
/** Least context on each side of a hole, in picture pixels. */
const CONTEXT = 64;
/**
 * A picture whose longer side is below this is enlarged to the smallest working side: at its own size not one of the
 * attention's cells would be free of the hole.
 */
const TINY = 32;
/** So many usable cells make a source region worth using; with fewer, a wider crop is tried. */
const ENOUGH_CELLS = 16;
const GROWTH = 1.5;

/**
 * Working sides in rising order, none above `workingSize` except where one multiple already is.
 * @param fixedSide the only side that the generator takes, whatever `workingSize` says
 */
export function workingSides(workingSize: number, sizeMultiple: number, fixedSide?: number): readonly number[] {
  if (fixedSide !== undefined) return [fixedSide];
  const whole = (side: number) => Math.ceil(side / sizeMultiple) * sizeMultiple;
  const largest = Math.max(sizeMultiple, Math.floor(workingSize / sizeMultiple) * sizeMultiple);
  const usual = USUAL_SIDES.map(whole).filter((side) => side < largest);
  return [...new Set([...usual, largest])];
}

/**
 * The crop for a hole: centred on it, with as much context as the hole is large on every side where that fits the
 * largest working side, at least half as much beyond that (generators are trained with holes up to half the side), and
 * never less than 64 pixels; shifted to stay inside the picture.
 */
export function planCrop(hole: Rect, picture: Size, sides: readonly number[]): CropPlan {
  return cropOfSide(wantedSide(hole, sides), hole, picture, sides, centre(hole));
}

/**
 * The crop for a hole whose patches come from a region of its own. Starts from `planCrop`; while that holds too few
 * usable cells it grows by half and leans towards the region, keeping the hole and its least context inside. A region far
 * from the hole is reached at the price of resolution: the crop is scaled down to the working size whatever its scale.
 * @param source bounds of the region
 * @param count usable cells of a crop
 * @returns the first crop with enough cells, or else the one with most; `cells` is 0 when no crop has any
 */
export function planCropWithSource(
  hole: Rect,
  source: Rect,
  picture: Size,
  sides: readonly number[],
  count: (plan: CropPlan) => number,
): { plan: CropPlan; cells: number } {
  const whole = Math.max(picture.width, picture.height);
  const reach = union(hole, source);
  let best = planCrop(hole, picture, sides);
  let cells = count(best);
  let plan = best;
  let side = wantedSide(hole, sides);
  while (cells < ENOUGH_CELLS && side < whole && !holds(plan.box, reach)) {
    side = Math.min(whole, Math.max(side, Math.min(plan.box.width, plan.box.height)) * GROWTH);
    plan = cropOfSide(side, hole, picture, sides, centre(source));
    const found = count(plan);
    if (found > cells) {
      best = plan;
      cells = found;
    }
  }
  return { plan: best, cells };
}

function wantedSide(hole: Rect, sides: readonly number[]): number {
  const longest = Math.max(hole.width, hole.height);
  const largest = sides[sides.length - 1];
  const generous = longest + 2 * Math.max(CONTEXT, longest);
  if (generous <= largest) return generous;
  return Math.max(largest, 2 * longest, longest + 2 * CONTEXT);
}

function cropOfSide(side: number, hole: Rect, picture: Size, sides: readonly number[], towards: Point): CropPlan {
  const largest = sides[sides.length - 1];
  const width = Math.min(side, picture.width);
  const height = Math.min(side, picture.height);
  const extent = Math.max(width, height);
  const whole = Math.max(picture.width, picture.height);
  const scale = whole < TINY ? whole / sides[0] : Math.max(1, extent / largest);
  const working = { width: sideFor(width / scale, sides), height: sideFor(height / scale, sides) };
  const columns = Math.max(1, Math.round(working.width * scale));
  const rows = Math.max(1, Math.round(working.height * scale));
  const box = {
    x: place(hole.x, hole.width, columns, picture.width, towards.x),
    y: place(hole.y, hole.height, rows, picture.height, towards.y),
    width: columns,
    height: rows,
  };
  return { box, working, scale };
}

function sideFor(least: number, sides: readonly number[]): number {
  return sides.find((side) => side >= least - 1e-6) ?? sides[sides.length - 1];
}

/** Start of a run of `length` that leans towards a point, holds the hole with its least context, and stays inside. */
function place(hole: number, holeLength: number, length: number, limit: number, towards: number): number {
  if (length >= limit) return -Math.floor((length - limit) / 2);
  const context = Math.max(0, Math.min(CONTEXT, Math.floor((length - holeLength) / 2)));
  const wish = Math.round(towards - length / 2);
  const holding = Math.min(hole - context, Math.max(hole + holeLength + context - length, wish));
  return Math.min(limit - length, Math.max(0, holding));
}

function centre(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

function holds(outer: Rect, inner: Rect): boolean {
  return union(outer, inner).width === outer.width && union(outer, inner).height === outer.height;
}
