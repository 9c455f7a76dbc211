/** Which models suit a place: by what they are good at and what the place is like, and by what was chosen before. */
import type { MeasuredSurroundings, Proposal } from '../../shared/protocol/models';
import type { ModelSummary } from '../../shared/protocol/values';
import type { Speciality } from '../../shared/speciality';
import type { RepairChoice } from './repair-memory';

/** Suits the less, the nearer a statistic is to `from`; wholly from `to` on. `from` above `to`: high values do not suit. */
interface Wish {
  readonly statistic: keyof MeasuredSurroundings;
  readonly from: number;
  readonly to: number;
}

const wish = (statistic: Wish['statistic'], from: number, to: number): Wish => ({ statistic, from, to });

/** What a place is like that a speciality was made for. Limits between photographs of such places and of others. */
const PROFILES: Readonly<Record<Exclude<Speciality, 'general'>, readonly Wish[]>> = {
  structure: [wish('edges', 0.01, 0.08), wish('coherence', 0.45, 0.75)],
  texture: [wish('grain', 0.006, 0.025), wish('coherence', 0.85, 0.6), wish('green', 0.9, 0.4)],
  vegetation: [wish('green', 0.2, 0.6), wish('grain', 0.004, 0.015)],
  water: [wish('blue', 0.15, 0.5), wish('grain', 0.002, 0.006), wish('grain', 0.08, 0.04)],
  sky: [wish('blue', 0.2, 0.7), wish('grain', 0.012, 0.004)],
  faces: [wish('skin', 0.25, 0.6), wish('grain', 0.04, 0.015)],
};
/** A model for everything suits every place a little: less than one that was made for it. */
const GENERAL_FIT = 0.4;

/** How far places may differ to count as alike, in the measure of `distance`. */
const ALIKE = 0.35;
/** What one earlier choice counts against a whole fit; several together not more than MOST_LEARNT. */
const LEARNT = 0.35;
const MOST_LEARNT = 1;

/** Every model, the most suitable first; equals in the order given. */
export function proposeModels(
  models: readonly ModelSummary[],
  measured: MeasuredSurroundings,
  choices: readonly Pick<RepairChoice, 'measured' | 'modelId'>[],
): readonly Proposal[] {
  const alike = choices.filter((choice) => distance(choice.measured, measured) < ALIKE);
  return models
    .map(({ modelId, speciality }) => {
      const fit = fitOf(speciality, measured);
      const chosen = alike.filter((choice) => choice.modelId === modelId).length;
      return { modelId, fit, chosen, score: fit + Math.min(MOST_LEARNT, LEARNT * chosen) };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ modelId, fit, chosen }) => ({ modelId, fit, chosen }));
}

/** How well a speciality suits a place, 0..1: as well as its least fulfilled wish. */
export function fitOf(speciality: Speciality, measured: MeasuredSurroundings): number {
  if (speciality === 'general') return GENERAL_FIT;
  return Math.min(
    ...PROFILES[speciality].map(({ statistic, from, to }) =>
      Math.min(1, Math.max(0, (measured[statistic] - from) / (to - from))),
    ),
  );
}

/** What makes statistics of photographs about equally wide. */
const SCALES: Readonly<Record<keyof MeasuredSurroundings, number>> = {
  edges: 0.2,
  coherence: 0.5,
  grain: 0.05,
  green: 0.6,
  blue: 0.6,
  skin: 0.6,
};

/** Root mean square difference of two places. */
function distance(a: MeasuredSurroundings, b: MeasuredSurroundings): number {
  const keys = Object.keys(SCALES) as (keyof MeasuredSurroundings)[];
  return Math.sqrt(keys.reduce((sum, key) => sum + ((a[key] - b[key]) / SCALES[key]) ** 2, 0) / keys.length);
}
