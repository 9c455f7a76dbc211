/**
 * The network's fill and the patches put together, band by band (a Laplacian pyramid: Burt and Adelson 1983). A generator
 * that minimises its error gives the mean of all that may stand in the hole, so its bands have too little energy: the finer
 * and the deeper in the hole, the less. Two things give it back. What the network is right about as far as it goes is
 * made stronger, which costs the least error for its energy (Freirich et al. 2021, A theory of the distortion-perception
 * tradeoff in Wasserstein space); what it knows nothing of comes from the patches. A generator that is sharp by itself is
 * left as it is. docs/quality.md has the measurements.
 */
import type { Rect, Size } from '../../../shared/geometry';
import { inBands, type Pause } from '../../raster/pacing';
import { confidenceAround } from './patch-confidence';
import { BLANK, depths, eachHolePixel, holeBox, type PlainLevel } from './patch-level';
import { type Plane, pyramidDown, pyramidUp } from '../../raster/binomial-pyramid';
import { rangeAround } from '../../raster/range';

/** Factors by octave, finest first, in the middle of a hole. */
export interface BandGains {
  /** Of the network's own bands; beyond the last one 1. */
  readonly contrast: readonly number[];
  /** Of the bands in which the patches differ from the network. As many as `contrast`. */
  readonly grain: readonly number[];
  /** Of all that is coarser than the last band and in which the patches differ. */
  readonly rest: number;
  /** Share of the grain in the hole's outermost pixels, whose neighbours the patches do not know. */
  readonly rim: number;
}

/** Depth in the hole, in pixels of the band, from where on contrast has its whole factor: before, the network knows enough. */
const CONTRAST_DEPTH = 2;
/** A band in which the network has this share of the patches' energy gets less than its gains say, and one with all of it nothing. */
const ENOUGH = 0.75;
/** A colour goes beyond what the network has in its place no further than the patches do within so many pixels. */
const RANGE_REACH = 4;
/** So many of the finest octaves take the patches' grain where a painted hint holds the rest. */
const HELD_OCTAVES = 2;

/** Between two sets of gains for as many bands: the first at 0, the second at 1. */
export function mixedGains(first: BandGains, second: BandGains, share: number): BandGains {
  const between = (a: number, b: number): number => a + share * (b - a);
  const each = (a: readonly number[], b: readonly number[]): number[] => a.map((value, n) => between(value, b[n]));
  return {
    contrast: each(first.contrast, second.contrast),
    grain: each(first.grain, second.grain),
    rest: between(first.rest, second.rest),
    rim: between(first.rim, second.rim),
  };
}

/**
 * Gains for a network whose finest detail is `scale` pixels large: bands finer than it can hold come from the patches alone.
 * @param gains for scale 1
 */
export function gainsAt(scale: number, gains: BandGains): BandGains {
  const { contrast, grain, rest } = gains;
  const octaves = Math.log2(Math.max(1, scale));
  return { ...gains, contrast: shifted(contrast, octaves, 1, 1), grain: shifted(grain, octaves, grain[0] ?? 0, rest) };
}

/** Values moved along by a number of places, perhaps broken. */
function shifted(values: readonly number[], places: number, before: number, after: number): number[] {
  const valueAt = (n: number): number => (n < 0 ? before : (values[n] ?? after));
  return Array.from({ length: values.length + Math.ceil(places) }, (_, n) => {
    const low = Math.floor(n - places);
    const part = n - places - low;
    return (1 - part) * valueAt(low) + part * valueAt(low + 1);
  });
}

/**
 * network + sum over bands of (contrast - 1) x band(network) + grain x band(patches - network), inside the hole. Towards
 * the edge both become less, the sooner the coarser the band: there the network is right, and the whole of the patches'
 * bands would show as a seam. What then lies beyond both the network's colour and all of the patches' around is cut off,
 * but where a hint holds the colour: stronger bands of a blurred edge would leave a halo along it.
 * @param patches height x width x 3 of the level; becomes the result
 * @param network height x width x 3, the same unit; known pixels outside the hole
 * @param held height x width: how much the network's colours must stay, 0..1; null where nothing asks for it
 */
export async function joinBands(
  level: Pick<PlainLevel, 'width' | 'height' | 'state'>,
  patches: Float32Array | Float64Array,
  network: Float32Array,
  held: Float32Array | null,
  gains: BandGains,
  pause: Pause,
): Promise<void> {
  const box = holeBox(level, 2 ** (gains.grain.length + 1));
  const { width, height } = box;
  const values = new Float32Array(3 * width * height);
  eachHolePixel(level, box, (at, to) => {
    for (let c = 0; c < 3; c++) values[3 * to + c] = patches[3 * at + c] - network[3 * at + c];
  });
  await pause();
  const difference = { width, height, values };
  const shares = confidenceAround(difference);
  for (let i = 0; i < values.length; i++) values[i] *= shares[Math.floor(i / 3)];
  await pause();
  const hollow = { width: level.width, box, depth: depths(level), held };
  const around = { width, height, values: withoutBlank(level, network, box) };
  const addition = await bandsFrom(0, around, difference, gains, hollow, pause);
  // The known pixels stay in `around`; in the hole the patches take the network's place there.
  eachHolePixel(level, box, (at, to) => {
    for (let c = 0; c < 3; c++) {
      around.values[3 * to + c] = patches[3 * at + c];
      patches[3 * at + c] = network[3 * at + c] + addition[3 * to + c];
    }
  });
  await pause();
  await keepInRange(level, patches, network, held, { box, candidates: around }, pause);
}

/** Cuts off what of a result lies beyond the network's colour and all candidates around, as far as no hint holds it. */
async function keepInRange(
  level: Pick<PlainLevel, 'width' | 'state'>,
  result: Float32Array | Float64Array,
  network: Float32Array,
  held: Float32Array | null,
  { box, candidates }: { readonly box: Rect; readonly candidates: Plane },
  pause: Pause,
): Promise<void> {
  const { width } = candidates;
  await inBands(box, pause, (from, to) => {
    const top = Math.max(0, from - RANGE_REACH);
    const bottom = Math.min(box.height, to + RANGE_REACH);
    const values = candidates.values.subarray(3 * top * width, 3 * bottom * width);
    const { low, high } = rangeAround({ width, height: bottom - top, values }, RANGE_REACH);
    const first = 3 * (from - top) * width;
    eachHolePixel(level, { ...box, y: box.y + from, height: to - from }, (at, place) => {
      const free = held === null ? 1 : 1 - held[at];
      for (let c = 0; c < 3; c++) {
        const own = network[3 * at + c];
        const value = result[3 * at + c];
        const least = Math.min(own, low[first + 3 * place + c]);
        const most = Math.max(own, high[first + 3 * place + c]);
        result[3 * at + c] = value + free * (Math.min(most, Math.max(least, value)) - value);
      }
    });
  });
}

/** What is known of the level's pixels: how deep in the hole they lie, and how much a hint holds them. */
interface Hollow {
  readonly width: number;
  /** The part of the level that the bands are made of. */
  readonly box: Rect;
  readonly depth: Uint16Array;
  readonly held: Float32Array | null;
}

/** What the bands from `level` on add, height x width x 3 of that level. */
async function bandsFrom(
  level: number,
  network: Plane,
  difference: Plane,
  gains: BandGains,
  hollow: Hollow,
  pause: Pause,
): Promise<Float32Array> {
  const { contrast, grain, rest, rim } = gains;
  if (level === grain.length) {
    const coarsest = new Float32Array(difference.values.length);
    addWeighted(coarsest, difference, difference.values, level, hollow, (_, free) => rest * free);
    return coarsest;
  }
  const smallNetwork = pyramidDown(network);
  const smallDifference = pyramidDown(difference);
  await pause();
  const coarser = await bandsFrom(level + 1, smallNetwork, smallDifference, gains, hollow, pause);
  const sum = pyramidUp({ ...smallNetwork, values: coarser }, network);
  await pause();
  const unit = 2 ** level;
  const own = bandOf(network, smallNetwork);
  const theirs = bandOf(difference, smallDifference);
  await pause();
  const lack = lackOf(own, theirs, network, level, hollow);
  if (lack === 0) return sum;
  const grainOf = (depth: number, free: number): number =>
    lack * grain[level] * (depth === 1 ? rim : 1) * Math.min(1, depth / unit) * (level < HELD_OCTAVES ? 1 : free);
  addWeighted(sum, difference, theirs, level, hollow, grainOf);
  await pause();
  if (contrast[level] === 1) return sum;
  const contrastOf = (depth: number, free: number): number =>
    lack * (contrast[level] - 1) * Math.min(1, depth / (unit * CONTRAST_DEPTH)) * free;
  addWeighted(sum, network, own, level, hollow, contrastOf);
  await pause();
  return sum;
}

/** How much of its gains a band gets: all where the network is blurred, nothing where it is as sharp as the patches. */
function lackOf(own: Float32Array, theirs: Float32Array, size: Size, level: number, hollow: Hollow): number {
  let network = 0;
  let patches = 0;
  eachPixel(size, level, hollow, (to, at) => {
    if (hollow.depth[at] === 0) return;
    for (let i = to; i < to + 3; i++) {
      network += own[i] * own[i];
      patches += (own[i] + theirs[i]) ** 2;
    }
  });
  if (patches <= network) return 0;
  return Math.min(1, (1 - network / patches) / (1 - ENOUGH));
}

function bandOf(plane: Plane, small: Plane): Float32Array {
  const band = pyramidUp(small, plane);
  for (let i = 0; i < band.length; i++) band[i] = plane.values[i] - band[i];
  return band;
}

/** @param weightOf of a pixel's depth in the hole, and of how little a hint holds it */
function addWeighted(
  sum: Float32Array,
  size: Size,
  band: Float32Array,
  level: number,
  hollow: Hollow,
  weightOf: (depth: number, free: number) => number,
): void {
  eachPixel(size, level, hollow, (to, at) => {
    const weight = weightOf(hollow.depth[at], hollow.held === null ? 1 : 1 - hollow.held[at]);
    for (let i = to; i < to + 3; i++) sum[i] += weight * band[i];
  });
}

/** Visits the pixels of a level: where a pixel's colour begins, and the index of the level's pixel that it stands on. */
function eachPixel(
  { width, height }: Size,
  level: number,
  { width: across, box }: Hollow,
  visit: (to: number, at: number) => void,
): void {
  for (let y = 0, to = 0; y < height; y++) {
    const row = (box.y + (y << level)) * across + box.x;
    for (let x = 0; x < width; x++, to += 3) visit(to, row + (x << level));
  }
}

/** A box of a picture; a pixel that has no colour yet takes that of the one beside it, so that what is hidden there stays hidden. */
function withoutBlank(
  { width, state }: Pick<PlainLevel, 'width' | 'state'>,
  picture: Float32Array,
  box: Rect,
): Float32Array {
  const values = new Float32Array(3 * box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const row = (box.y + y) * width + box.x;
    const end = row + box.width;
    let shown = row;
    while (shown < end && state[shown] === BLANK) shown++;
    for (let at = row, to = 3 * y * box.width; at < end && shown < end; at++, to += 3) {
      if (state[at] !== BLANK) shown = at;
      values.set(picture.subarray(3 * shown, 3 * shown + 3), to);
    }
  }
  return values;
}
