/** What stands in the hole, the fine grain left aside: made of three guesses, or of two before there are patches. */
import { inBands, type Pause } from '../pacing';
import { median } from './bands';
import { depths, HOLE, type PlainLayer } from './layer';
import type { Window } from './window';

/** Three guesses of what stands in the hole, height x width x 3. */
export interface Guesses {
  readonly network: Float32Array;
  readonly continued: Float32Array;
  readonly patches: Float64Array;
}

/** Over so many pixels from the hole's edge inwards patches gain their share: they do not know the neighbours there. */
const RIM = 3;
/** Patches that differ by this much from what the guesses agree on, of [-1, 1], have gone astray and do not count at all. */
const ASTRAY = 0.6;

/** The part of a difference that is taken over (Tukey's biweight, to the first power). */
function believed(difference: number): number {
  return difference * Math.max(0, 1 - (difference / ASTRAY) ** 2);
}

/** How much the network's colours must stay, a pixel of the window; null where nothing asks for it. */
export function heldPixels(
  hold: ((x: number, y: number) => number) | undefined,
  { box, step, width, height }: Window,
): Float32Array | null {
  if (!hold) return null;
  const held = new Float32Array(width * height);
  const middle = step >> 1;
  for (let at = 0; at < held.length; at++) {
    held[at] = hold(box.x + step * (at % width) + middle, box.y + step * Math.floor(at / width) + middle);
  }
  return held;
}

/** What the search starts from, before there are patches: between the two other guesses. */
export function guessOf(network: Float32Array, continued: Float32Array, held: Float32Array | null): Float32Array {
  const guess = new Float32Array(network.length);
  for (let at = 0; at < guess.length; at += 3) {
    const share = held ? (1 - held[at / 3]) / 2 : 0.5;
    for (let c = at; c < at + 3; c++) guess[c] = network[c] + share * (continued[c] - network[c]);
  }
  return guess;
}

/**
 * What the guesses agree on, and some of the patches' own; where a painted hint holds, the network's, which knows it.
 * @param voted share of the patches' guess deep in the hole and near the median of the three; the rest is the median
 * @returns height x width x 3
 */
export async function structureOf(
  layer: PlainLayer,
  { network, continued, patches }: Guesses,
  held: Float32Array | null,
  voted: number,
  pause: Pause,
): Promise<Float32Array> {
  const { width, height, state } = layer;
  const structure = network.slice();
  const depth = depths(layer);
  await inBands({ width, height }, pause, (from, to) => {
    for (let at = from * width; at < to * width; at++) {
      if (state[at] !== HOLE) continue;
      const share = held ? 1 - held[at] : 1;
      const inward = voted * Math.min(1, (depth[at] - 1) / RIM);
      for (let c = 3 * at; c < 3 * at + 3; c++) {
        const agreed = median(network[c], continued[c], patches[c]);
        structure[c] += share * (agreed + inward * believed(patches[c] - agreed) - network[c]);
      }
    }
  });
  return structure;
}
