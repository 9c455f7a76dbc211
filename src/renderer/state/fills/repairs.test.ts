import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../shared/protocol/models';
import { suggested } from './repairs';
import { runFills, studioWithPicture, type WorkingStudio } from '../../testing/working-studio';

const MEASURED = { edges: 0.2, coherence: 0.4, grain: 0.05, green: 0, blue: 0, skin: 0 };
const proposal = (modelId: string, fit: number, chosen = 0): Proposal => ({ modelId, fit, chosen });

/** A studio that notes which choices are to be remembered. */
async function repairing(): Promise<WorkingStudio & { readonly remembered: () => readonly string[] }> {
  const working = await studioWithPicture();
  const remembered: string[] = [];
  const { engineLink } = working.studio;
  const request = engineLink.request.bind(engineLink);
  engineLink.request = ((method: string, payload: never) => {
    if (method !== 'modelChosen') return request(method as never, payload);
    remembered.push((payload as { modelId: string }).modelId);
    return Promise.resolve(undefined);
  }) as typeof engineLink.request;
  return { ...working, remembered: () => remembered };
}

describe('a repair', () => {
  it('measures what surrounds the hole, and shows the models for it', async () => {
    const { studio, paint, settle, answer } = await repairing();
    paint();
    const asking = studio.repairs.propose();
    await settle();
    await answer('proposeModels', { measured: MEASURED, proposals: [proposal('wall', 1), proposal('default', 0.4)] });
    await asking;
    expect(studio.store.getState().dialog).toMatchObject({ kind: 'repair', measured: MEASURED });
  });

  it('makes one edit with a variant of each model, the first one shown', async () => {
    const working = await repairing();
    const { studio, paint } = working;
    paint();
    await runFills(working, studio.repairs.run(MEASURED, ['wall', 'lama', 'default', 'fourth']));
    const { edits } = studio.store.getState();
    expect(edits).toHaveLength(1);
    expect(edits[0]?.variants.map(({ recipe, origin }) => [recipe.modelId, origin.kind])).toEqual([
      ['wall', 'fill'],
      ['lama', 'variation'],
      ['default', 'variation'],
    ]);
    expect(edits[0]?.chosenId).toBe(edits[0]?.variants[0]?.variantId);
    studio.editing.select(null);
    expect(studio.store.getState().painted.hole).toBe(false);
    expect(working.remembered(), 'nothing was chosen yet').toEqual([]);
  });

  it('remembers the model that is chosen, also when that is undone', async () => {
    const working = await repairing();
    const { studio, paint } = working;
    paint();
    await runFills(working, studio.repairs.run(MEASURED, ['wall', 'lama']));
    const [edit] = studio.store.getState().edits;
    studio.stack.choose(edit?.editId ?? '', edit?.variants[1]?.variantId ?? '');
    expect(working.remembered()).toEqual(['lama']);
    studio.stack.setVisible(edit?.editId ?? '', false);
    expect(working.remembered()).toEqual(['lama']);
    studio.documents.open?.history.undo();
    studio.documents.open?.history.undo();
    expect(working.remembered()).toEqual(['lama', 'wall']);
  });

  it('with one model only counts as chosen', async () => {
    const working = await repairing();
    working.paint();
    await runFills(working, working.studio.repairs.run(MEASURED, ['lama']));
    expect(working.remembered()).toEqual(['lama']);
  });
});

describe('the models ticked at first', () => {
  it('are up to three that suit the place, and at least one', () => {
    expect(suggested([proposal('a', 1), proposal('b', 0.5), proposal('c', 0, 2), proposal('d', 0.4)])).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(suggested([proposal('a', 0), proposal('b', 0)])).toEqual(['a']);
    expect(suggested([])).toEqual([]);
  });
});
