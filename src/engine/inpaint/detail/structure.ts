/** What stands in the hole, the fine grain left aside: made of three guesses, or of two before there are patches. */
import { inBands, type Pause } from '../pacing';
import { median } from './bands';
import { believed } from './belief';
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
  const agreed = new Float64Array(3);
  const off = new Float64Array(3);
  await inBands({ width, height }, pause, (from, to) => {
    for (let at = from * width; at < to * width; at++) {
      if (state[at] !== HOLE) continue;
      const share = held ? 1 - held[at] : 1;
      const inward = voted * Math.min(1, (depth[at] - 1) / RIM);
      for (let c = 0; c < 3; c++) {
        const from = 3 * at + c;
        agreed[c] = median(network[from], continued[from], patches[from]);
        off[c] = patches[from] - agreed[c];
      }
      const part = inward * believed(off[0], off[1], off[2]);
      for (let c = 0; c < 3; c++) {
        structure[3 * at + c] += share * (agreed[c] + part * off[c] - network[3 * at + c]);
      }
    }
  });
  return structure;
}
