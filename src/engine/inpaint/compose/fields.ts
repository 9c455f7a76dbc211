/** Smooth fields over a level that sources are compared in: the network's colours, texture energy, depth in the hole. */
import { blur, blurColours } from './blur';
import { colourDistance } from './colour-lab';
import type { HolePixels } from './hole-pixels';
import { BARRED, HOLE, type Level, SOURCE } from './level';

/** Smooth colours of what may be copied, and of the whole with the network's fill. height x width x 3 each. */
export interface GuideFields {
  readonly source: Float32Array;
  readonly guide: Float32Array;
}

export function guideFields(level: Level, lab: Float32Array, sigma: number): GuideFields {
  const copied = Float32Array.from(level.state, (value) => (value === SOURCE ? 1 : 0));
  const whole = new Float32Array(copied.length).fill(1);
  return { source: blurColours(lab, copied, level, sigma), guide: blurColours(lab, whole, level, sigma) };
}

/** Texture energy: the logarithm of the mean gradient around a pixel. */
export interface TextureFields {
  /** height x width */
  readonly energy: Float32Array;
  /** What the surroundings ask for, of every pixel of the hole. */
  readonly wanted: Float32Array;
  /** Of every pixel of the hole, 0..1: how far the surroundings are areas of one colour each, as in drawings. */
  readonly flatness: Float32Array;
}

const ENERGY_SIGMA = 2.5;
/** Sums of differences across and down, Lab, below which a pixel is of one colour with its neighbours: exactly, since skies are nearly. */
const FLAT = 0.01;
/** Shares of such pixels around the hole at which it begins to be a drawing, and from which on it is one. */
const MOSTLY_FLAT = 0.5;
const ALL_FLAT = 0.9;
/** Sigmas at which the known energy is carried into the hole, each over the one before where it reaches. */
const CARRYING_SIGMAS = [48, 24, 12, 6];

export function textureFields(level: Level, lab: Float32Array, pixels: HolePixels): TextureFields {
  const { width, height } = level;
  const area = width * height;
  const inner = innerKnown(level);
  const energy = new Float32Array(area);
  const weight = new Float32Array(area);
  const flat = new Float32Array(area);
  const scratch = new Float32Array(area);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (inner[at] === 0) continue;
      weight[at] = 1;
      const left = x > 0 ? at - 1 : at;
      const right = x + 1 < width ? at + 1 : at;
      const above = y > 0 ? at - width : at;
      const below = y + 1 < height ? at + width : at;
      energy[at] =
        colourDistance(lab, 3 * left, lab, 3 * right) / Math.max(1, right - left) +
        colourDistance(lab, 3 * above, lab, 3 * below) / Math.max(1, (below - above) / width);
      flat[at] = energy[at] < FLAT ? 1 : 0;
    }
  }
  blur(energy, level, ENERGY_SIGMA, scratch);
  const near = weight.slice();
  blur(near, level, ENERGY_SIGMA, scratch);
  for (let at = 0; at < area; at++) energy[at] = Math.log(0.5 + energy[at] / Math.max(1e-3, near[at]));
  const [wanted, share] = carriedInto(pixels, [energy, flat], weight, level);
  const flatness = share.map((s) => Math.min(1, Math.max(0, (s - MOSTLY_FLAT) / (ALL_FLAT - MOSTLY_FLAT))));
  return { energy, wanted, flatness };
}

/** What fields are around every pixel of the hole where they are known (weight 1), the nearest first. */
function carriedInto(
  { at: hole }: HolePixels,
  fields: readonly Float32Array[],
  weight: Float32Array,
  level: Level,
): Float32Array[] {
  const wanted = fields.map(() => new Float32Array(hole.length));
  const scratch = new Float32Array(weight.length);
  for (const [round, sigma] of CARRYING_SIGMAS.entries()) {
    const reach = weight.slice();
    blur(reach, level, sigma, scratch);
    for (const [k, field] of fields.entries()) {
      const carried = field.map((value, at) => value * weight[at]);
      blur(carried, level, sigma, scratch);
      for (let i = 0; i < hole.length; i++) {
        const here = carried[hole[i]] / Math.max(1e-4, reach[hole[i]]);
        const share = round === 0 ? 1 : Math.min(1, 4 * reach[hole[i]]);
        wanted[k][i] = share * here + (1 - share) * wanted[k][i];
      }
    }
  }
  return wanted;
}

/** 1 where neither a pixel nor any around it is of a hole: beside it, gradients hold the object that is to vanish. */
function innerKnown({ width, height, state }: Level): Uint8Array {
  const inner = new Uint8Array(width * height).fill(1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (state[at] <= BARRED) continue;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) inner[v * width + u] = 0;
      }
    }
  }
  return inner;
}

/** How far the hole's pixels are from what is not the hole, by steps of 1 and their diagonals. */
export function distanceInside({ width, height, state }: Level, pixels: HolePixels): Float32Array {
  const distance = new Float32Array(width * height);
  for (let at = 0; at < distance.length; at++) distance[at] = state[at] === HOLE ? 1e6 : 0;
  const relaxFrom = (at: number, x: number, y: number, sign: 1 | -1): void => {
    if (distance[at] === 0) return;
    const beside = sign === 1 ? x > 0 : x + 1 < width;
    const before = sign === 1 ? y > 0 : y + 1 < height;
    let least = distance[at];
    if (beside) least = Math.min(least, distance[at - sign] + 1);
    if (before) {
      const line = at - sign * width;
      least = Math.min(least, distance[line] + 1);
      if (x > 0) least = Math.min(least, distance[line - 1] + Math.SQRT2);
      if (x + 1 < width) least = Math.min(least, distance[line + 1] + Math.SQRT2);
    }
    distance[at] = least;
  };
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at++) relaxFrom(at, x, y, 1);
  for (let y = height - 1, at = distance.length - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, at--) relaxFrom(at, x, y, -1);
  }
  return Float32Array.from(pixels.at, (at) => distance[at]);
}
