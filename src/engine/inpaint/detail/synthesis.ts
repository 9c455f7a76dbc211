/** Filling a hole with patches, coarse to fine: search, vote, search anew with what was voted. */
import type { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import { featuresOf } from './features';
import { depths, halveLevel, type PatchLevel, type PlainLevel } from './patch-level';
import { finerField, improveField, measureField, type PatchField, randomField } from './patch-field';
import { sourcePatches, targetPatches } from './patches';
import type { DetailTuning } from './tuning';
import { settle, depthWeights, vote } from './vote';

/** A hole this thick (city-block depth, pixels) is filled from its edge; a thicker one starts at a coarser level. */
const THICK = 4;
/** A coarser level is made only while it is at least so wide and high, and has so many source patches. */
const LEAST_SIDE = 32;
const LEAST_PATCHES = 20;
/** Patches searched for at one level, over all rounds: large holes get fewer rounds there. */
const MOST_SEARCHES = 160_000;

/** From fine to coarse, until the hole is thin or a level would be too small to work with. */
export async function pyramid(finest: PlainLevel, pause: Pause): Promise<PlainLevel[]> {
  const levels = [finest];
  let thickest = 0;
  for (const depth of depths(finest)) if (depth > thickest) thickest = depth;
  for (let thick = thickest; thick > THICK; thick /= 2) {
    const next = await halveLevel(levels[levels.length - 1], pause);
    if (Math.min(next.width, next.height) < LEAST_SIDE || sourcePatches(next).list.length < LEAST_PATCHES) break;
    levels.push(next);
  }
  return levels;
}

/**
 * Searches and votes from the coarsest level to the finest.
 * @param levels what `pyramid` made; in their holes stands what the search begins with, and in the end what was voted
 * @param doubted whether what has gone astray from the beginning is left out, see `settle`
 * @returns the finest level's field
 */
export async function synthesise(
  levels: readonly PlainLevel[],
  tuning: DetailTuning,
  random: Random,
  pause: Pause,
  doubted = true,
): Promise<PatchField> {
  let field: PatchField | null = null;
  for (let n = levels.length - 1; n >= 0; n--) {
    await pause();
    const features = await featuresOf(levels[n], Math.max(1, tuning.guideSigma / 2 ** n), pause);
    const level: PatchLevel = { ...levels[n], features };
    await pause();
    const target = targetPatches(level, tuning.known);
    // What a large hole is filled with was decided at coarser levels, and going on from the guess has its price in memory.
    const guess = doubted && target.step === 1 ? level.colours.slice() : null;
    const source = sourcePatches(level);
    const depthWeight = depthWeights(level, tuning.fade);
    if (field === null) {
      field = randomField(target, source, random);
    } else {
      field = finerField(field, target, source, random);
      settle(level, await vote(field, depthWeight, level.colours, 0, pause), guess);
    }
    let wanted = 0;
    for (const total of target.total) if (total > 0) wanted++;
    const most = n === 0 ? (tuning.finestRounds ?? tuning.rounds) : tuning.rounds;
    const rounds = Math.min(most, Math.max(1, Math.round(MOST_SEARCHES / wanted)));
    for (let round = 0; round < rounds; round++) {
      await measureField(field, tuning, pause);
      await improveField(field, tuning, random, false, pause);
      await improveField(field, tuning, random, true, pause);
      settle(level, await vote(field, depthWeight, level.colours, tuning.sharpness, pause), guess);
    }
    await measureField(field, tuning, pause);
  }
  if (field === null) throw new RangeError('a pyramid has at least one level');
  return field;
}
