import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { texts } from '../../texts';
import { runFills, studioWithPicture } from '../../testing/working-studio';
import { paintOf } from './paint';

/** A window with a fill around (50, 50) that is edited, and that is made again only when Fill is pressed. */
async function filled() {
  const window = await studioWithPicture();
  const { studio, paint } = window;
  studio.preferences.change({ remakeOnLift: false });
  paint();
  await runFills(window, studio.fills.start());
  const { open } = studio.documents;
  if (!open) throw new Error('a document is open');
  const [{ editId }] = studio.store.getState().edits;
  return {
    ...window,
    open,
    editId,
    state: () => studio.store.getState(),
    stroke: (x: number, y: number, radius = 10) =>
      open.paint([{ plane: 'hole', on: true }], [strokeSample(x, y, radius)], 'stroke'),
    fillIt: () => runFills(window, studio.fills.start()),
    at: (x: number, y: number) => open.masks.plane('hole').get(x, y),
  };
}

describe('the fill that is edited', () => {
  it('is the new one when it is done: its hole is what is painted, and changing it makes a variant of it', async () => {
    const { state, stroke, fillIt, request, at, editId, open, studio } = await filled();
    expect(state()).toMatchObject({ selectedEdit: editId, painted: { hole: true }, changedPaint: false });
    stroke(64, 50);
    await expect.poll(() => state().changedPaint).toBe(true);
    await fillIt();
    expect(request().layers, 'it does not see itself').toEqual([]);
    const [edit, ...others] = state().edits;
    expect(others).toEqual([]);
    expect(edit.variants).toHaveLength(2);
    expect(edit.variants[0].markingId).not.toBe(edit.variants[1].markingId);
    expect([at(50, 50), at(70, 50)]).toEqual([true, true]);
    // The stroke and its fill are one step.
    expect(state().history.undo).toBe(texts.steps.refill(1));
    open.history.undo();
    expect([at(50, 50), at(70, 50)]).toEqual([true, false]);
    expect(state().edits[0].chosenId).toBe(edit.variants[0].variantId);
    expect(open.workspace.isChanged()).toBe(false);
    open.history.redo();
    expect(at(70, 50)).toBe(true);
    expect(studio.store.getState().edits[0].chosenId).toBe(edit.variants[1].variantId);
  });

  it('is left for a new one by a stroke that does not touch its hole, and by one that would change nothing of it', async () => {
    const { state, stroke, at, editId, studio } = await filled();
    stroke(200, 150);
    expect(state().selectedEdit).toBeNull();
    expect([at(50, 50), at(200, 150)]).toEqual([false, true]);
    studio.editing.select(editId);
    expect([at(50, 50), at(200, 150)]).toEqual([true, false]);
    stroke(50, 50, 4);
    expect(state().selectedEdit).toBeNull();
    expect([at(50, 50), at(200, 150), at(58, 50)]).toEqual([true, true, false]);
  });

  it('keeps what is changed of it and not filled while another is edited, and says so', async () => {
    const { state, stroke, at, editId, studio, open } = await filled();
    stroke(64, 50);
    stroke(200, 150);
    await expect.poll(() => state().changedEdits).toEqual([editId]);
    expect(at(70, 50)).toBe(false);
    studio.editing.select(editId);
    expect([at(70, 50), at(200, 150)]).toEqual([true, false]);
    await expect.poll(() => state().changedEdits).toEqual([]);
    expect(state().changedPaint).toBe(true);
    // Undo goes to where each step was made.
    open.history.undo();
    expect(state().selectedEdit).toBeNull();
    expect(at(200, 150)).toBe(false);
    open.history.undo();
    expect(state().selectedEdit).toBe(editId);
    expect(open.workspace.isChanged()).toBe(false);
  });

  it('goes back to what it was made from, as a step', async () => {
    const { stroke, at, studio, open, state } = await filled();
    expect(studio.editing.revert()).toBe(false);
    stroke(64, 50);
    expect(studio.editing.revert()).toBe(true);
    expect(at(70, 50)).toBe(false);
    expect(state().history.undo).toBe(texts.steps.revert(1));
    open.history.undo();
    expect(at(70, 50)).toBe(true);
  });

  it('brings its hint along, and what is painted for the new one keeps its own', async () => {
    const window = await studioWithPicture();
    const { studio, paint, request } = window;
    const { open } = studio.documents;
    const stroke = (colour: string, x: number, y: number) => {
      studio.hints.choose({ colour, hardness: 1 });
      const session = studio.hints.beginStroke();
      session?.add([{ at: { x, y }, pressure: 1 }]);
      session?.commit();
    };
    const painted = () => open && paintOf(open).hint;
    studio.preferences.setBrushSize(8);
    paint();
    stroke('#c81e28', 50, 50);
    await runFills(window, studio.fills.start());
    const { hint, hole } = request();
    const [{ editId }] = studio.store.getState().edits;
    open?.paint([{ plane: 'hole', on: true }], [strokeSample(200, 150, 10)], 'something else');
    expect(painted()).toEqual([]);
    stroke('#1e28c8', 200, 150);
    const draft = painted();
    studio.editing.select(editId);
    expect(painted()).not.toEqual(draft);
    await runFills(window, studio.variants.rerun(editId));
    expect(request()).toMatchObject({ hint, hole });
    studio.editing.select(null);
    expect(painted()).toEqual(draft);
  });

  it('shows what it was made with, and a person has the own settings back for the new one', async () => {
    const { studio, state, editId } = await filled();
    studio.editing.select(null);
    studio.preferences.change({ manner: 'restore', detail: 0.4 });
    studio.editing.select(editId);
    expect(state().settings).toMatchObject({ manner: 'remove', detail: 1 });
    // What is changed now holds for both.
    studio.preferences.change({ feather: 7 });
    studio.editing.select(null);
    expect(state().settings).toMatchObject({ manner: 'restore', detail: 0.4, feather: 7 });
  });

  it('has the paint of the variant that is shown', async () => {
    const { stroke, fillIt, at, state, studio, open, editId } = await filled();
    stroke(64, 50);
    await fillIt();
    const [first] = state().edits[0].variants;
    studio.stack.choose(editId, first.variantId);
    expect(at(70, 50)).toBe(false);
    open.history.undo();
    expect(at(70, 50)).toBe(true);
    studio.editing.select(null);
    open.history.redo();
    studio.editing.select(editId);
    expect(at(70, 50)).toBe(false);
  });

  it('is left when it is deleted, and comes back with undo', async () => {
    const { stroke, at, studio, open, editId, state } = await filled();
    stroke(64, 50);
    studio.stack.remove(editId);
    expect(state()).toMatchObject({ selectedEdit: null, painted: { hole: false } });
    open.history.undo();
    studio.editing.select(editId);
    expect(at(70, 50)).toBe(true);
  });
});
