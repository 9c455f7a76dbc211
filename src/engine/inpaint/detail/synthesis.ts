/** Filling a hole with patches, coarse to fine: search, vote, search anew with what was voted. */
import type { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { featuresOf } from './features';
import { depths, halveLayer, type Layer, type PlainLayer } from './layer';
import { finerField, improveField, measureField, type PatchField, randomField } from './patch-field';
import { sourcePatches, targetPatches } from './patches';
import type { DetailTuning } from './tuning';
import { settle, trustOf, vote } from './vote';

/** A hole this thick (city-block depth, pixels) is filled from its edge; a thicker one starts at a coarser layer. */
const THICK = 4;
/** A coarser layer is made only while it is at least so wide and high, and has so many source patches. */
const LEAST_SIDE = 32;
const LEAST_PATCHES = 20;
/** Patches searched for at one layer, over all rounds: large holes get fewer rounds there. */
const MOST_SEARCHES = 160_000;

/** From fine to coarse, until the hole is thin or a layer would be too small to work with. */
export async function pyramid(finest: PlainLayer, pause: Pause): Promise<PlainLayer[]> {
  const layers = [finest];
  let thickest = 0;
  for (const depth of depths(finest)) if (depth > thickest) thickest = depth;
  for (let thick = thickest; thick > THICK; thick /= 2) {
    const next = await halveLayer(layers[layers.length - 1], pause);
    if (Math.min(next.width, next.height) < LEAST_SIDE || sourcePatches(next).list.length < LEAST_PATCHES) break;
    layers.push(next);
  }
  return layers;
}

/**
 * Searches and votes from the coarsest layer to the finest.
 * @param layers what `pyramid` made; in their holes stands what the search begins with, and in the end what was voted
 * @param doubted whether what has gone astray from the beginning is not believed, see `settle`
 * @returns the finest layer's field
 */
export async function synthesise(
  layers: readonly PlainLayer[],
  tuning: DetailTuning,
  random: Random,
  pause: Pause,
  doubted = true,
): Promise<PatchField> {
  let field: PatchField | null = null;
  for (let n = layers.length - 1; n >= 0; n--) {
    await pause();
    const features = await featuresOf(layers[n], Math.max(1, tuning.guideSigma / 2 ** n), pause);
    const layer: Layer = { ...layers[n], features };
    await pause();
    const target = targetPatches(layer, tuning.known);
    // What a large hole is filled with was decided at coarser layers, and going on from the guess has its price in memory.
    const guess = doubted && target.step === 1 ? layer.colours.slice() : null;
    const source = sourcePatches(layer);
    const trust = trustOf(layer, tuning.fade);
    if (field === null) {
      field = randomField(target, source, random);
    } else {
      field = finerField(field, target, source, random);
      settle(layer, await vote(field, trust, layer.colours, 0, pause), guess);
    }
    let wanted = 0;
    for (const total of target.total) if (total > 0) wanted++;
    const rounds = Math.min(tuning.rounds, Math.max(1, Math.round(MOST_SEARCHES / wanted)));
    for (let round = 0; round < rounds; round++) {
      await measureField(field, tuning, pause);
      await improveField(field, tuning, random, false, pause);
      await improveField(field, tuning, random, true, pause);
      settle(layer, await vote(field, trust, layer.colours, tuning.sharpness, pause), guess);
    }
    await measureField(field, tuning, pause);
  }
  if (field === null) throw new RangeError('a pyramid has at least one layer');
  return field;
}
