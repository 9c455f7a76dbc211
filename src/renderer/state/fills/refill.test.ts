import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { drawPatch } from '../../../shared/plane-patch';
import { strokeSample } from '../../../shared/stroke';
import { runAction } from '../../actions';
import { fill } from '../../actions/fill';
import { texts } from '../../texts';
import { INFO, studioWithPicture, type WorkingStudio } from '../../testing/working-studio';
import { chosenVariant } from '../document/edits';
import type { PlaneName } from '../document/planes';
import { elsewhereTask } from './fill-task';

/** A window in which the hole around (50, 50) was filled from everywhere. */
async function filled() {
  const window = await studioWithPicture();
  const { studio, paint, start, finishFill, settle, request } = window;
  studio.preferences.change({ remakeOnLift: false });
  paint();
  await start();
  await finishFill();
  const source = (plane: PlaneName, x: number, y: number) =>
    studio.documents.open?.paint([{ plane, on: true }], [strokeSample(x, y, 20)], 'source');
  return {
    ...window,
    source,
    /** Presses Fill. */
    press: async () => {
      runAction(studio, fill);
      await settle();
    },
    /** Whether the last fill may copy from these places. */
    allowed: (...places: readonly (readonly [number, number])[]) => {
      const plane = new BitPlane(INFO.width, INFO.height);
      const { source: sent } = request();
      if (sent) drawPatch(plane, sent, true);
      else plane.fill(true);
      return places.map(([x, y]) => plane.get(x, y));
    },
    edit: () => editOf(window),
  };
}

function editOf({ studio }: Pick<WorkingStudio, 'studio'>) {
  const edit = studio.store.getState().edits[0];
  if (!edit) throw new Error('there is no edit');
  return edit;
}

describe('a fill that came out badly', () => {
  it('is made again by Fill from the source that was painted since, as a variant', async () => {
    const { source, press, allowed, finishFill, edit, fills, studio } = await filled();
    source('include', 200, 100);
    await press();
    expect(fills(), 'it was sent').toBe(2);
    expect(allowed([200, 100], [120, 50], [50, 50])).toEqual([true, false, false]);
    await finishFill();
    expect(edit().variants).toHaveLength(2);
    expect(edit().chosenId).toBe(edit().variants[1]?.variantId);
    expect(studio.store.getState().edits).toHaveLength(1);
  });

  it('is not made again by Fill from the very source that it came from', async () => {
    const { source, press, finishFill, fills, studio } = await filled();
    source('exclude', 200, 100);
    await press();
    await finishFill();
    await press();
    expect(fills()).toBe(2);
    expect(studio.store.getState().notices.at(-1)?.title).toBe(texts.notices.fillUnchanged('Fill 1'));
  });

  it('says before that Fill makes it again, and only then: also for other settings', async () => {
    const { source, press, finishFill, studio } = await filled();
    const says = () => expect.poll(() => studio.store.getState().refills);
    await says().toBe(false);
    source('include', 200, 100);
    await says().toBe(true);
    studio.documents.open?.history.undo();
    await says().toBe(false);
    studio.preferences.change({ manner: 'restore' });
    await says().toBe(true);
    await press();
    await finishFill();
    await says().toBe(false);
    expect(chosenVariant(editOf({ studio })).recipe.settings.manner).toBe('restore');
  });

  it('takes what the panel says of the source with Fill again: green, amber, or everywhere', async () => {
    const { source, allowed, settle, finishFill, edit, studio } = await filled();
    const again = async () => {
      void studio.variants.rerun(edit().editId);
      await settle();
      await finishFill();
    };
    const places = [
      [200, 100],
      [120, 50],
    ] as const;
    source('include', 200, 100);
    await again();
    expect(allowed(...places)).toEqual([true, false]);
    source('exclude', 120, 50);
    studio.documents.open?.clear(['include'], 'x');
    await again();
    expect(allowed(...places)).toEqual([true, false]);
    studio.documents.open?.clear(['include', 'exclude'], 'x');
    await again();
    expect(allowed(...places)).toEqual([true, true]);
  });

  it('shows what was refused of it as painted, and does without it until that is wiped away', async () => {
    const { allowed, settle, finishFill, edit, studio } = await filled();
    const { open } = studio.documents;
    const marking = open?.markings.get(chosenVariant(edit()).markingId);
    if (!marking) throw new Error('the fill has no marking');
    const avoid = { x: 190, y: 90, width: 20, height: 20 };
    void studio.fills.run(elsewhereTask(edit(), marking, INFO, avoid));
    await settle();
    await finishFill();
    expect(open?.masks.plane('exclude').bounds()).toEqual(avoid);
    const again = async () => {
      void studio.variants.rerun(edit().editId);
      await settle();
      await finishFill();
    };
    await again();
    expect(allowed([200, 100], [150, 150])).toEqual([false, true]);
    open?.clear(['exclude'], 'x');
    await again();
    expect(allowed([200, 100])).toEqual([true]);
  });

  it('has what it copies from earlier fills said by the panel, too', async () => {
    const { start, allowed, finishFill, settle, studio } = await filled();
    studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(200, 100, 10)], 'second');
    await start();
    await finishFill();
    expect(allowed([50, 50])).toEqual([false]);
    studio.store.setState({ freshOnly: false });
    const second = studio.store.getState().edits[1]?.editId ?? '';
    void studio.variants.rerun(second);
    await settle();
    expect(allowed([50, 50])).toEqual([true]);
    await finishFill();
  });
});
