import { describe, expect, it } from 'vitest';
import type { Edit, Marking, Recipe } from '../../../shared/document-model';
import type { ModelSummary } from '../../../shared/protocol/values';
import { editFor, TEST_RECIPE } from '../../testing/edits';
import { planVariations, type VariationChoices } from './variant-plan';

const PATCH = { box: { x: 0, y: 0, width: 8, height: 1 }, bits: Uint8Array.of(255) };
const MARKING: Marking = { markingId: 'e-marking', hole: PATCH, include: null, exclude: null, freshOnly: true };
const model = (modelId: string, imported?: ModelSummary['imported']): ModelSummary => ({
  modelId,
  name: modelId,
  description: '',
  parameters: 1,
  bytes: 1,
  licence: '',
  speciality: 'general',
  changeable: false,
  capabilities: imported ? { sourceRegion: 'detail', coarse: false } : { sourceRegion: 'attention', coarse: true },
  ...(imported ? { imported } : {}),
});
const LAMA = model('lama', { family: 'LaMa', source: '', commercialUse: false, size: 'any' });
const EDIT = editFor('e');

function plan(choices: Partial<VariationChoices> = {}) {
  const models = [model('default'), LAMA];
  return planVariations({ edit: EDIT, marking: MARKING, models, vary: 'any', count: 3, ringWidth: 80, ...choices });
}

/** The edit with a variant more of this recipe. */
function withVariant(edit: Edit, recipe: Recipe): Edit {
  const [first] = edit.variants;
  return { ...edit, variants: [...edit.variants, { ...first, variantId: `v${edit.variants.length}`, recipe }] };
}

describe('planning variations', () => {
  it('changes one thing each, a different one as long as there are some', () => {
    const planned = plan({ count: 6 });
    expect(planned.map(({ changed }) => changed)).toEqual([
      'manner',
      'seed',
      'region',
      'orientation',
      'attention',
      'model',
    ]);
    expect(planned[3]?.recipe).toEqual({
      ...TEST_RECIPE,
      settings: { ...TEST_RECIPE.settings, orientation: 'mirrored' },
    });
    expect(planned[5]?.recipe).toEqual({ ...TEST_RECIPE, modelId: 'lama' });
  });

  it('of a removal differ in content first: its other manner, without the lines that were found, with another guide', () => {
    const [first] = EDIT.variants;
    const recipe = { ...TEST_RECIPE, settings: { ...TEST_RECIPE.settings, manner: 'remove' as const } };
    const found = {
      lineId: 'found-1',
      points: [
        { x: 1, y: 1 },
        { x: 9, y: 1 },
      ],
    };
    const edit = { ...EDIT, variants: [{ ...first, recipe, foundLines: [found] }] };
    const planned = plan({ edit, count: 4 });
    expect(planned.map(({ changed }) => changed)).toEqual(['manner', 'lines', 'guide', 'guide']);
    expect(
      planned.map(({ recipe: { settings } }) => [settings.manner, settings.automaticLines, settings.guide]),
    ).toEqual([
      ['restore', true, 'usual'],
      ['remove', false, 'usual'],
      ['remove', true, 'strong'],
      ['remove', true, 'none'],
    ]);
    const without = { ...edit, variants: [{ ...first, recipe }] };
    expect(plan({ edit: without, vary: 'lines' })).toEqual([]);
  });

  it('never makes what is there already, however often it is asked', () => {
    let edit = EDIT;
    const seen = new Set([JSON.stringify(TEST_RECIPE)]);
    for (let round = 0; round < 10; round++) {
      const planned = plan({ edit, count: 4 });
      expect(planned).toHaveLength(4);
      for (const { recipe } of planned) {
        expect(seen.has(JSON.stringify(recipe))).toBe(false);
        seen.add(JSON.stringify(recipe));
        edit = withVariant(edit, recipe);
      }
    }
  });

  it('takes "everywhere" for new only where something was painted', () => {
    const regions = (marking: Marking) =>
      plan({ marking, vary: 'region', count: 9 }).map(({ recipe }) => recipe.region.kind);
    expect(regions(MARKING)).toEqual(['ring', 'ring']);
    expect(regions({ ...MARKING, include: PATCH })).toEqual(['everywhere', 'ring', 'ring']);
  });

  it('offers what the model can do', () => {
    const [first] = EDIT.variants;
    const recipe = { ...TEST_RECIPE, modelId: 'lama', settings: { ...TEST_RECIPE.settings, detail: 0 } };
    const edit = { ...EDIT, variants: [{ ...first, recipe }] };
    const kinds = new Set(plan({ edit, count: 20 }).map(({ changed }) => changed));
    expect([...kinds]).toEqual(['orientation', 'model']);
    expect(plan({ edit, vary: 'attention' })).toEqual([]);
  });

  it('counts what was made for another mask as not made', () => {
    const edit = withVariant(EDIT, { ...TEST_RECIPE, modelId: 'lama' });
    const [first, second] = edit.variants;
    expect(plan({ edit, vary: 'model' })).toEqual([]);
    const elsewhere = { ...edit, variants: [first, { ...second, markingId: 'another' }] };
    expect(plan({ edit: elsewhere, vary: 'model' })).toHaveLength(1);
  });
});
