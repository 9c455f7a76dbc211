/** What a copy costs that does not put a line onto itself. */
import type { Affine } from './affine';
import type { HolePixels } from './hole-pixels';
import { BLANK, type Level } from './level';
import { type LineSurroundings, lineSurroundings, standsBeside } from './line-surroundings';
import { placesAlong, signedDistance, type WindowLine } from './window-line';

/** The price of leaving a line of weight 1 altogether, in the energy's units. */
const PRICE = 6;
/** Working pixels: how far a line's price reaches (sigma), and how far off the price stops to rise. */
const SIGMA = 3.75;
const FARTHEST = 4;
/** Less than this much beside the line is no error, working pixels. */
const SLACK = 0.75;
/** Shares of the full price below this are left out. */
const LEAST = 0.02;
/** Colour difference of Lab at which a line has the weight 1; and the weights' bounds. */
const USUAL_CONTRAST = 15;
const FAINTEST = 0.5;
const STRONGEST = 2;
/** A line's contrast is looked for within so many pixels to either side. */
const PROFILE_REACH = 4;

/** A line as the hole's pixels see it. */
interface NearLine {
  readonly points: WindowLine['points'];
  /** Numbers of the pixels that pay. */
  readonly pixels: Int32Array;
  /** For each of them: what a working pixel of error costs, and the signed distance to the line, native pixels. */
  readonly price: Float32Array;
  readonly distance: Float32Array;
  readonly surroundings: LineSurroundings | null;
}

/** Writes the colour, Lab, that a label has at a pixel of the hole. */
export type ColourAt = (pixel: number, to: Float32Array) => void;

export interface NearLines {
  readonly lines: readonly NearLine[];
  /** Centres of all pixels of the hole, native pixels of the window. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Native pixels a pixel of the level, at least 1. */
  readonly scale: number;
}

export function nearLines(lines: readonly WindowLine[], level: Level, { at }: HolePixels): NearLines {
  const { width, scaleX, scaleY } = level;
  const scale = Math.max(1, scaleX);
  const x = Float32Array.from(at, (index) => ((index % width) + 0.5) * scaleX - 0.5);
  const y = Float32Array.from(at, (index) => (Math.floor(index / width) + 0.5) * scaleY - 0.5);
  const reach = scale * SIGMA * Math.sqrt(-2 * Math.log(LEAST));
  const near = lines.map((line) => {
    const { points, weight } = line;
    const distances = x.map((_, i) => signedDistance(points, x[i], y[i]));
    const pixels = Int32Array.from([...distances.keys()].filter((i) => Math.abs(distances[i]) < reach));
    const distance = Float32Array.from(pixels, (i) => distances[i]);
    const price = distance.map((d) => PRICE * weight * Math.exp(-0.5 * (d / (SIGMA * scale)) ** 2));
    const surroundings = lineSurroundings(line, level, Math.ceil(reach / scale));
    return { points, pixels, price, distance, surroundings };
  });
  return { lines: near, x, y, scale };
}

/**
 * Adds to the cost of a label what it costs near lines. A source beyond the known end of a line is beside it, so pieces do
 * not take what only lies in the line's direction. Where areas of one colour meet at the line, what has the colour that
 * stands there beside it costs nothing, wherever it comes from: near a junction one piece cannot slide along two lines.
 * @param costs the label's, one for every pixel of the hole
 * @param weight of the price, 0..1
 * @param colourAt the label's colours; left out: they do not count
 */
export function addLinePrices(
  { lines, x, y, scale }: NearLines,
  map: Affine,
  costs: Float32Array,
  weight = 1,
  colourAt?: ColourAt,
): void {
  const colour = new Float32Array(3);
  for (const { points, pixels, price, distance, surroundings } of lines) {
    for (let k = 0; k < pixels.length; k++) {
      const i = pixels[k];
      const u = map.xx * x[i] + map.xy * y[i] + map.dx;
      const v = map.yx * x[i] + map.yy * y[i] + map.dy;
      const error = Math.min(FARTHEST, Math.abs(signedDistance(points, u, v) - distance[k]) / scale);
      if (error < SLACK) continue;
      if (surroundings && colourAt) {
        colourAt(i, colour);
        if (standsBeside(surroundings, distance[k] / scale, colour)) continue;
      }
      costs[i] += weight * price[k] * error;
    }
  }
}

/**
 * How much a line stands out of its known surroundings. Without it a fine line would cut a thick one where they cross.
 * @param points in pixels of the level
 */
export function lineWeight(
  points: WindowLine['points'],
  level: Pick<Level, 'width' | 'height' | 'state' | 'lab'>,
): number {
  const { width, height, state } = level;
  const colour = new Float32Array(3);
  const samples = 2 * PROFILE_REACH + 1;
  const sums = new Float64Array(3 * samples);
  const counts = new Int32Array(samples);
  for (const { x, y, ux, uy } of placesAlong(points, 2)) {
    for (let i = 0; i < samples; i++) {
      const across = i - PROFILE_REACH;
      const u = Math.min(width - 1, Math.max(0, Math.round(x - across * uy)));
      const v = Math.min(height - 1, Math.max(0, Math.round(y + across * ux)));
      const at = v * width + u;
      if (state[at] >= BLANK) continue;
      counts[i]++;
      level.lab(at, colour, 0);
      for (let c = 0; c < 3; c++) sums[3 * i + c] += colour[c];
    }
  }
  if (counts.some((count) => count === 0)) return 1;
  const profile = sums.map((sum, i) => sum / counts[Math.floor(i / 3)]);
  const mean = [0, 0, 0];
  for (let i = 0; i < profile.length; i++) mean[i % 3] += profile[i] / samples;
  let contrast = 0;
  for (let i = 0; i < 3 * samples; i += 3) {
    contrast = Math.max(contrast, Math.hypot(profile[i] - mean[0], profile[i + 1] - mean[1], profile[i + 2] - mean[2]));
  }
  return Math.min(STRONGEST, Math.max(FAINTEST, contrast / USUAL_CONTRAST));
}
