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
