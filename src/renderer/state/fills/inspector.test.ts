import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { drawPatch } from '../../../shared/plane-patch';
import { texts } from '../../texts';
import { studioWithPicture } from '../../testing/working-studio';

const AT = { x: 50, y: 50 };

/** A studio with one fill, being inspected; the engine says that every cell of it came from 60 px to the right. */
async function inspecting(known = true) {
  const window = await studioWithPicture();
  const { studio, paint, start, finishFill, settle, answer } = window;
  studio.store.setState(({ settings }) => ({ settings: { ...settings, manner: 'restore' } }));
  paint();
  await start();
  await finishFill();
  studio.store.setState({ tool: 'inspect' });
  await settle();
  const [edit] = studio.store.getState().edits;
  const box = edit?.variants[0]?.patches[0]?.box;
  if (!box) throw new Error('there is a fill');
  const shifts = new Int32Array(2 * Math.ceil(box.width / 4) * Math.ceil(box.height / 4));
  for (let at = 0; at < shifts.length; at += 2) shifts[at] = 60;
  await answer('sourceMap', known ? { box, cell: 4, shifts: new Uint8Array(shifts.buffer) } : null);
  return { ...window, state: () => studio.store.getState() };
}

describe('the inspector', () => {
  it('says where what is under the pointer came from, and keeps saying it outside the fill', async () => {
    const { studio, state } = await inspecting();
    studio.inspector.hover(AT);
    const { inspected } = state();
    if (inspected.kind !== 'known') throw new Error('it is known');
    expect(inspected.number).toBe(1);
    expect(inspected.source).toEqual({ ...inspected.cell, x: inspected.cell.x + 60 });
    studio.inspector.hover({ x: 110, y: 50 });
    expect(state().inspected).toBe(inspected);
  });

  it('says that nothing is known of a fill without detail, and refuses nothing there', async () => {
    const { studio, state, fills } = await inspecting(false);
    studio.inspector.hover(AT);
    expect(state().inspected).toMatchObject({ kind: 'unknown', number: 1 });
    await studio.inspector.refuse(AT);
    expect(fills()).toBe(1);
  });

  it('fills again without the refused source, as a variant and as one named step', async () => {
    for (const place of [AT, { x: 110, y: 50 }]) {
      const { studio, state, settle, request, finishFill } = await inspecting();
      studio.inspector.hover(AT);
      const done = studio.inspector.refuse(place);
      await settle();
      const { source } = request();
      if (!source) throw new Error('it is restricted');
      const allowed = new BitPlane(300, 200);
      drawPatch(allowed, source, true);
      expect([allowed.get(110, 50), allowed.get(98, 60), allowed.get(150, 50)]).toEqual([false, false, true]);
      await finishFill();
      await done;
      const [edit] = state().edits;
      expect(edit?.variants).toHaveLength(2);
      expect(edit?.chosenId).toBe(edit?.variants[1]?.variantId);
      expect(state().history.undo).toBe(texts.steps.notFromThere(1));
      studio.documents.open?.history.undo();
      expect(state().edits[0]?.chosenId).toBe(edit?.variants[0]?.variantId);
    }
  });

  it('ignores clicks that mean no fill and no source', async () => {
    const { studio, fills } = await inspecting();
    studio.inspector.hover(AT);
    await studio.inspector.refuse({ x: 250, y: 150 });
    expect(fills()).toBe(1);
  });
});

/** A studio with one fill in the manner 'remove', its left half from 60 px to the right, the other from 60 px below. */
async function inspectingPieces() {
  const window = await studioWithPicture();
  const { studio, paint, start, finishFill, settle, answer } = window;
  studio.store.setState(({ settings }) => ({ settings: { ...settings, manner: 'remove' } }));
  paint();
  await start();
  await finishFill();
  studio.store.setState({ tool: 'inspect' });
  await settle();
  const box = studio.store.getState().edits[0]?.variants[0]?.patches[0]?.box;
  if (!box) throw new Error('there is a fill');
  const sources = async () => {
    const across = Math.ceil(box.width / 2);
    const shifts = new Int32Array(2 * across * Math.ceil(box.height / 2));
    for (let at = 0; at < shifts.length / 2; at++)
      shifts.set(box.x + 2 * (at % across) < 50 ? [60, 0] : [0, 60], 2 * at);
    await answer('sourceMap', { box, cell: 2, shifts: new Uint8Array(shifts.buffer) });
  };
  await sources();
  return { ...window, state: () => studio.store.getState(), sources };
}

describe('the inspector of pieces', () => {
  const LEFT = { x: 46.5, y: 50.5 };

  it('tells the pieces of a fill apart, and where the place under the pointer came from', async () => {
    const { studio, state } = await inspectingPieces();
    studio.inspector.hover(LEFT);
    expect(state().inspected).toMatchObject({
      kind: 'piece',
      at: { x: 46, y: 50 },
      shift: { x: 60, y: 0 },
      held: false,
    });
    studio.inspector.hover({ x: 54, y: 50 });
    expect(state().inspected).toMatchObject({ kind: 'piece', shift: { x: 0, y: 60 } });
  });

  it('holds a piece that is clicked, wherever the pointer goes, until a click beside it', async () => {
    const { studio, state, fills } = await inspectingPieces();
    studio.inspector.press(LEFT)?.cancel();
    expect(state()).toMatchObject({ inspected: { held: true }, selectedEdit: state().edits[0]?.editId });
    studio.inspector.hover({ x: 54, y: 50 });
    expect(state().inspected).toMatchObject({ shift: { x: 60, y: 0 }, held: true });
    expect(studio.inspector.press({ x: 250, y: 20 })).toBeNull();
    expect(state().inspected).toEqual({ kind: 'none' });
    expect(fills(), 'a click alone fills nothing').toBe(1);
  });

  it('cuts again without a refused piece, as a variant and one step, and goes on holding what is there then', async () => {
    const { studio, state, settle, request, finishFill, sources } = await inspectingPieces();
    studio.inspector.press(LEFT)?.cancel();
    const done = studio.inspector.refuseShown();
    await settle();
    expect(request().pieces).toEqual({ refused: [{ at: { x: 46, y: 50 }, from: { x: 106, y: 50 } }], chosen: [] });
    expect(request().source, 'no part of the picture is left out').toBeNull();
    expect(state().fill).toMatchObject({ kind: 'running', ofPieces: true });
    await finishFill();
    await done;
    await sources();
    const [edit] = state().edits;
    expect(edit?.variants).toHaveLength(2);
    expect(edit?.variants[1]?.origin).toMatchObject({ kind: 'variation', changed: 'pieces' });
    expect(state().history.undo).toBe(texts.steps.notFromThere(1));
    expect(state().inspected).toMatchObject({ kind: 'piece', held: true });
    studio.documents.open?.history.undo();
    expect(state().edits[0]?.chosenId).toBe(edit?.variants[0]?.variantId);
  });

  it('takes a dragged piece from elsewhere, and keeps that when the fill is made again', async () => {
    const { studio, state, settle, request, finishFill, sources } = await inspectingPieces();
    const drag = studio.inspector.press(LEFT);
    drag?.move({ x: 146.5, y: 100.5 });
    expect(state().inspected).toMatchObject({ shift: { x: 100, y: 50 } });
    drag?.end();
    await settle();
    const { chosen } = request().pieces ?? {};
    expect(chosen).toHaveLength(1);
    expect(chosen?.[0]?.shift).toEqual({ x: 100, y: 50 });
    expect(chosen?.[0]?.area.every(({ x, width }) => x + width <= 50)).toBe(true);
    await finishFill();
    await sources();
    expect(state().history.undo).toBe(texts.steps.otherSource(1));

    // Its source can be dragged as well: what was chosen before for the same piece is then forgotten.
    const further = studio.inspector.press({ x: LEFT.x + 60, y: LEFT.y });
    further?.move({ x: LEFT.x + 90, y: LEFT.y - 20 });
    further?.end();
    await settle();
    expect(request().pieces?.chosen.map(({ shift }) => shift)).toEqual([{ x: 90, y: -20 }]);
    await finishFill();

    void studio.variants.rerun(state().edits[0]?.editId ?? '');
    await settle();
    expect(request().pieces?.chosen).toHaveLength(1);
  });

  it('takes nothing from the hole, from beyond the picture, or from where it must not', async () => {
    const { studio, state, settle, fills } = await inspectingPieces();
    for (const to of [
      { x: LEFT.x + 4, y: LEFT.y },
      { x: LEFT.x, y: LEFT.y - 80 },
    ]) {
      const drag = studio.inspector.press(LEFT);
      drag?.move(to);
      drag?.end();
      await settle();
      expect(fills()).toBe(1);
      expect(state().notices.at(-1)?.title).toBe(texts.notices.pieceNowhere);
      expect(state().inspected, 'it is shown where it still comes from').toMatchObject({ shift: { x: 60, y: 0 } });
    }
  });
});
