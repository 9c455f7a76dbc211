/** Which other fills of an edit are worth a look. */
import type { Edit, Marking, Recipe, Variant } from '../../../shared/document-model';
import type { ModelSummary } from '../../../shared/protocol/values';
import { FILL_MANNERS, GUIDE_STRENGTHS } from '../../../shared/protocol/values';
import { chosenVariant } from '../document/edits';

/** What a variation may change. */
export const VARIED = ['manner', 'lines', 'guide', 'seed', 'region', 'orientation', 'attention', 'model'] as const;
export type Varied = (typeof VARIED)[number];

/** One after another. The first five share nearly all that a fill by pieces works out; the others are made from nothing. */
const IN_TURN: readonly Varied[] = [
  'manner',
  'lines',
  'guide',
  'guide',
  'seed',
  ...VARIED.slice(VARIED.indexOf('region')),
];

/** A fill to be made: a recipe that no variant of the edit has. */
export interface Variation {
  readonly changed: Varied;
  readonly recipe: Recipe;
}

export interface VariationChoices {
  readonly edit: Edit;
  /** That of the edit's chosen variant. */
  readonly marking: Marking;
  readonly models: readonly ModelSummary[];
  /** What may change; `any`: one after another. */
  readonly vary: Varied | 'any';
  readonly count: number;
  /** Of the ring around the hole, pixels. */
  readonly ringWidth: number;
}

/** The published factor is 10; half and twice that are as far as the mixing of patches visibly changes. */
const ATTENTION_SCALES = [20, 5, 40, 2.5];
const ORIENTATIONS = ['upright', 'mirrored', 'quarter-left', 'quarter-right'] as const;
/** Seeds never run out; so many are looked through for one that is new. */
const SEEDS = 1000;

/** At most `count` variations of the chosen variant, each changing one thing, none of which is there already. */
export function planVariations(choices: VariationChoices): readonly Variation[] {
  const { edit, marking, vary, count } = choices;
  const base = chosenVariant(edit);
  const known = new Set(
    edit.variants.filter(({ markingId }) => markingId === base.markingId).map(({ recipe }) => keyOf(recipe, marking)),
  );
  const queues = VARIED.map((changed) => ({ changed, queue: candidates(changed, base, choices)[Symbol.iterator]() }));
  const planned: Variation[] = [];
  const kinds = vary === 'any' ? IN_TURN : [vary];
  for (let open = kinds.flatMap((kind) => queues.filter(({ changed }) => changed === kind)); open.length > 0;) {
    const next: typeof open = [];
    for (const entry of open) {
      if (planned.length >= count) return planned;
      const recipe = firstNew(entry.queue, known, marking);
      if (!recipe) continue;
      planned.push({ changed: entry.changed, recipe });
      next.push(entry);
    }
    open = next;
  }
  return planned;
}

function firstNew(queue: Iterator<Recipe>, known: Set<string>, marking: Marking): Recipe | null {
  for (let step = queue.next(); step.done !== true; step = queue.next()) {
    const key = keyOf(step.value, marking);
    if (known.has(key)) continue;
    known.add(key);
    return step.value;
  }
  return null;
}

function* candidates(changed: Varied, { recipe, foundLines }: Variant, choices: VariationChoices): Iterable<Recipe> {
  const { models, marking, ringWidth } = choices;
  const { settings } = recipe;
  const capabilities = models.find(({ modelId }) => modelId === recipe.modelId)?.capabilities;
  const byDetail = capabilities?.sourceRegion === 'detail';
  // Without detail both manners are the network's fill.
  const composed = settings.manner === 'remove' && settings.detail > 0;
  switch (changed) {
    case 'manner':
      if (settings.detail === 0) return;
      for (const manner of FILL_MANNERS) yield { ...recipe, settings: { ...settings, manner } };
      return;
    case 'lines':
      if (!composed || foundLines.length === 0) return;
      yield { ...recipe, settings: { ...settings, automaticLines: false } };
      return;
    case 'guide':
      if (!composed) return;
      for (const guide of GUIDE_STRENGTHS) yield { ...recipe, settings: { ...settings, guide } };
      return;
    case 'orientation':
      for (const orientation of ORIENTATIONS) yield { ...recipe, settings: { ...settings, orientation } };
      return;
    case 'region':
      if (byDetail && settings.detail === 0) return;
      if (marking.include || marking.exclude) yield { ...recipe, region: { kind: 'everywhere' } };
      yield { ...recipe, region: { kind: 'ring', width: ringWidth } };
      yield { ...recipe, region: { kind: 'painted' } };
      yield { ...recipe, region: { kind: 'ring', width: 2 * ringWidth } };
      return;
    case 'attention':
      if (byDetail) return;
      for (const attentionScale of ATTENTION_SCALES) yield { ...recipe, settings: { ...settings, attentionScale } };
      return;
    case 'model':
      for (const { modelId } of models) yield { ...recipe, modelId, hintId: null };
      return;
    case 'seed':
      // Chance has its place in the detail step alone.
      if (settings.detail === 0) return;
      for (let seed = 1; seed <= SEEDS; seed++) yield { ...recipe, settings: { ...settings, seed } };
  }
}

/** Equal for recipes that give the same fill. */
function keyOf({ modelId, settings, region, hintId, pieces }: Recipe, { include, exclude }: Marking): string {
  const plain = !include && !exclude && region.kind === 'everywhere' ? { kind: 'painted' as const } : region;
  const where = plain.kind === 'ring' ? plain.width : plain.kind;
  return JSON.stringify([modelId, Object.entries(settings).sort(), where, hintId, pieces]);
}
