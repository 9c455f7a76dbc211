/**
 * The cut at the working scale. Expansion finds a labelling that no single label betters, and which one that is hangs on the
 * order in which labels are offered and on what it begins with: by up to a third of the energy in photographs, and several
 * times over in drawings. So some orders are tried in photographs, and in drawings many where that is cheap, at a quarter of the
 * size. In photographs those end lower too, but in smoother pieces (docs/quality.md).
 */
import type { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { Expansion, type Labelling } from './expansion';
import { HalvedLabelling } from './halved-labelling';
import type { MaxFlow } from './max-flow';
import { shuffled } from './refine';
import type { ComposeTuning, Orders } from './tuning';

export interface CoarseCut {
  readonly labelling: Labelling;
  /** Of the level that the indices of its pixels count in. */
  readonly width: number;
  /** Labels that may be used, first the one to begin with; and those that are offered again even if they are not in use. */
  readonly usable: readonly number[];
  readonly again: readonly number[];
  readonly orders: Orders;
  /** Whether the surroundings are a drawing, areas of one colour each. */
  readonly isDrawing: boolean;
  readonly random: Random;
  readonly flow: MaxFlow;
  readonly tuning: ComposeTuning;
  readonly pause: Pause;
}

/** @returns a label a pixel */
export async function cutCoarse(cut: CoarseCut): Promise<Uint16Array> {
  const { labelling, usable, again, orders, isDrawing, flow, tuning, pause } = cut;
  // From one label for all: with the cheapest of every pixel, which is all seams, expansion takes longer and ends no lower.
  const plain = () => new Uint16Array(labelling.pixels.count).fill(usable[0]);
  const begun = (labels: Uint16Array) => new Expansion(labelling, labels, flow, tuning);
  let best = begun(isDrawing ? await startOfDrawing(cut) : plain());
  await sweep(cut, best, usable);
  for (let order = 1, least = best.energy(); order < orders.full && !isDrawing; order++) {
    const other = begun(plain());
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

/** The lowest of many orders at a quarter of the size and a few at half of it. */
async function startOfDrawing(cut: CoarseCut): Promise<Uint16Array> {
  const { labelling, width, usable, orders, pause } = cut;
  const half = new HalvedLabelling(labelling, usable, width);
  await pause();
  const quarter = new HalvedLabelling(half, usable, Math.ceil(width / 2));
  const found = await lowestFirst(cut, quarter, await quarterStarts(cut, quarter));
  const starts = found.slice(0, orders.half).map((labels) => quarter.enlarged(labels));
  const [start] = await lowestFirst(cut, half, starts);
  return half.enlarged(start);
}

/**
 * What the orders at a quarter of the size begin with. By turns one label for all, and a cut whose seams cost what differs without its square: that is a
 * metric, for which expansion comes near to the lowest energy (Boykov et al. 2001).
 */
async function quarterStarts(cut: CoarseCut, quarter: Labelling): Promise<Uint16Array[]> {
  const { usable, orders, flow, tuning } = cut;
  const starts: Uint16Array[] = [];
  for (let order = 0; order < orders.quarter; order++) {
    const start = new Uint16Array(quarter.pixels.count).fill(usable[0]);
    if (order % 2 === 1) await sweep(cut, new Expansion(quarter, start, flow, { ...tuning, square: Infinity }), usable);
    starts.push(start);
  }
  return starts;
}

/** Cuts from each start, all labels once and those in use once more. @returns what came of them, the lowest energy first */
async function lowestFirst(
  cut: CoarseCut,
  labelling: Labelling,
  starts: readonly Uint16Array[],
): Promise<Uint16Array[]> {
  const { flow, tuning, usable } = cut;
  const ends: { readonly labels: Uint16Array; readonly energy: number }[] = [];
  for (const start of starts) {
    const expansion = new Expansion(labelling, start.slice(), flow, tuning);
    await sweep(cut, expansion, usable);
    await sweep(cut, expansion, [...new Set(expansion.labels)]);
    ends.push({ labels: expansion.labels, energy: expansion.energy() });
  }
  return ends.sort((a, b) => a.energy - b.energy).map(({ labels }) => labels);
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
