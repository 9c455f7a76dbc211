/**
 * The cut at the working scale. Expansion finds a labelling that no single label betters, and which one that is hangs on the
 * order in which labels are offered: by up to a third of the energy. So several orders are tried, and the best goes on.
 */
import type { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { Expansion, type Labelling } from './expansion';
import type { MaxFlow } from './max-flow';
import { shuffled } from './refine';
import type { ComposeTuning } from './tuning';

export interface CoarseCut {
  readonly labelling: Labelling;
  /** Labels that may be used, first the one to begin with; and those that are offered again even if they are not in use. */
  readonly usable: readonly number[];
  readonly again: readonly number[];
  /** How many orders are tried. */
  readonly orders: number;
  readonly random: Random;
  readonly flow: MaxFlow;
  readonly tuning: ComposeTuning;
  readonly pause: Pause;
}

/** @returns a label a pixel */
export async function cutCoarse(cut: CoarseCut): Promise<Uint16Array> {
  const { labelling, usable, again, orders, flow, tuning, pause } = cut;
  // From one label for all: with the cheapest of every pixel, which is all seams, expansion takes longer and ends no lower.
  const begun = () => new Expansion(labelling, new Uint16Array(labelling.pixels.count).fill(usable[0]), flow, tuning);
  let best = begun();
  await sweep(cut, best, usable);
  for (let order = 1, least = best.energy(); order < orders; order++) {
    const other = begun();
    await sweep(cut, other, usable);
    const energy = other.energy();
    await pause();
    if (energy < least) [best, least] = [other, energy];
  }
  for (let sweeps = 1; sweeps < tuning.sweeps; sweeps++) {
    const tried = new Set([...best.labels, ...again]);
    const taken = await sweep(
      cut,
      best,
      usable.filter((label) => tried.has(label)),
    );
    if (taken === 0) break;
  }
  return best.labels;
}

/** Offers every label once. @returns how many pixels took one */
async function sweep({ random, pause }: CoarseCut, expansion: Expansion, labels: readonly number[]): Promise<number> {
  let taken = 0;
  for (const k of shuffled(labels.length, random)) {
    taken += expansion.expand(labels[k]);
    await pause();
  }
  return taken;
}
