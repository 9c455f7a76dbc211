import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { runAction } from '../../actions';
import { cancel } from '../../actions/fill';
import { undo } from '../../actions/history';
import { runFills, studioWithPicture } from '../../testing/working-studio';

/** A window with a fill around (50, 50) that is edited. */
async function filled() {
  const window = await studioWithPicture();
  const { studio, paint, fills, request, answer, settle } = window;
  paint();
  await runFills(window, studio.fills.start());
  const state = () => studio.store.getState();
  return {
    ...window,
    state,
    stroke: (x: number) =>
      studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(x, 50, 10)], 'stroke'),
    /** So many fills were asked for since the first one. */
    asked: (count: number) => expect.poll(fills).toBe(1 + count),
    right: () => request().hole.box.x + request().hole.box.width,
    variants: () => state().edits[0].variants.length,
    stopped: async () => {
      await settle();
      await answer('cancel', undefined);
      await settle();
    },
  };
}

describe('a fill that is edited', () => {
  it('is made again when the tool is lifted; later tries take the place of the first among the variants', async () => {
    const { stroke, asked, finishFill, right, variants, state, studio } = await filled();
    stroke(60);
    stroke(65);
    await asked(1);
    expect(right(), 'strokes close to each other are filled together').toBe(75);
    await finishFill();
    expect(variants()).toBe(2);
    stroke(72);
    await asked(2);
    await finishFill();
    expect(variants()).toBe(2);
    expect(state().edits[0].chosenId).toBe(state().edits[0].variants[1].variantId);
    studio.documents.open?.history.undo();
    expect(variants(), 'the earlier try is back, the later one is not lost').toBe(3);
    expect(studio.documents.open?.masks.plane('hole').get(80, 50)).toBe(false);
  });

  it('gives way to a later stroke, and ends when the stroke is undone', async () => {
    const { stroke, asked, right, stopped, finishFill, variants, state, studio } = await filled();
    stroke(60);
    await asked(1);
    stroke(70);
    await expect.poll(() => state().fill.kind).toBe('cancelling');
    await stopped();
    await asked(2);
    expect(right()).toBe(80);
    runAction(studio, undo);
    await stopped();
    await asked(3);
    expect(right()).toBe(70);
    runAction(studio, undo);
    await stopped();
    expect(state()).toMatchObject({ fill: { kind: 'cancelled' }, changedPaint: false });
    await finishFill();
    expect(variants()).toBe(1);
  });

  it('goes back to what it was with Escape, which then leaves it', async () => {
    const { stroke, asked, stopped, state, studio } = await filled();
    stroke(60);
    await asked(1);
    runAction(studio, cancel);
    await stopped();
    expect(studio.documents.open?.workspace.isChanged()).toBe(false);
    expect(state().selectedEdit).not.toBeNull();
    runAction(studio, cancel);
    expect(state().selectedEdit).toBeNull();
    expect(cancel.enabled(state())).toBe(false);
  });

  it('is made again from the source that is painted since, and waits for Fill where that is wanted', async () => {
    const { asked, request, settle, fills, state, studio } = await filled();
    studio.preferences.change({ remakeOnLift: false });
    const source = () =>
      studio.documents.open?.paint([{ plane: 'include', on: true }], [strokeSample(200, 100, 20)], 'source');
    source();
    await expect.poll(() => state().refills).toBe(true);
    expect(fills()).toBe(1);
    studio.preferences.change({ remakeOnLift: true });
    studio.remakes.collect(() =>
      studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(60, 50, 10)], 'x'),
    );
    await settle();
    source();
    studio.documents.open?.paint([{ plane: 'exclude', on: true }], [strokeSample(210, 100, 5)], 'source');
    await asked(1);
    expect(request().source).not.toBeNull();
  });

  it('is filled to its end while another one is edited', async () => {
    const { stroke, asked, finishFill, state, variants, studio } = await filled();
    stroke(60);
    await asked(1);
    studio.editing.select(null);
    await finishFill();
    expect(state().selectedEdit).toBeNull();
    expect(variants()).toBe(2);
    expect(state().changedEdits).toEqual([]);
    expect(studio.documents.open?.masks.isEmpty('hole')).toBe(true);
  });
});
