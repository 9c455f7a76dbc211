import { describe, expect, it } from 'vitest';
import type { Variant } from '../../../shared/document-model';
import { strokeSample } from '../../../shared/stroke';
import { INFO, runFills, studioWithPicture } from '../../testing/working-studio';
import { chosenVariant } from './edits';

describe('what steps of the stack hold', () => {
  /** A stack of one fill with a hint. */
  async function filled() {
    const window = await studioWithPicture();
    const { studio, paint } = window;
    const { open } = studio.documents;
    if (!open) throw new Error('a document is open');
    paint();
    studio.preferences.setBrushSize(8);
    const session = studio.hints.beginStroke();
    session?.add([{ at: { x: 50, y: 50 }, pressure: 1 }]);
    session?.commit();
    await runFills(window, studio.fills.start());
    const [{ editId, variants }] = studio.store.getState().edits;
    const [marking] = open.markings.values();
    const [kept] = open.keptHints.values();
    const held = (marking?.hole.bits.length ?? 0) + (kept?.hint.pixels.length ?? 0);
    const counts = () => [open.markings.size, open.keptHints.size];
    return { window, studio, open, editId, variants, held, counts };
  }

  it('is counted when an edit was taken away, and gone with the step that could bring it back', async () => {
    const { studio, open, editId, held, counts } = await filled();
    const before = open.history.bytes();
    studio.stack.remove(editId);
    const removal = open.history.bytes() - before;
    expect(held).toBeGreaterThan(100);
    expect(removal).toBeGreaterThan(held);
    expect(removal).toBeLessThan(held + 4096);
    expect(counts()).toEqual([1, 1]);
    open.history.undo();
    expect(studio.store.getState().edits).toHaveLength(1);
    open.history.redo();
    // Enough for nothing older to be kept.
    open.history.push({ name: 'huge', bytes: 1e9, undo: () => undefined, redo: () => undefined });
    expect(counts()).toEqual([0, 0]);
  });

  it('goes with an undone fill when something else is done, but not while a copy needs it', async () => {
    const { studio, open, editId, counts } = await filled();
    studio.stack.duplicate(editId);
    studio.stack.remove(editId);
    open.history.push({ name: 'huge', bytes: 1e9, undo: () => undefined, redo: () => undefined });
    expect(counts()).toEqual([1, 1]);

    const other = await filled();
    other.open.history.undo();
    expect(other.counts()).toEqual([1, 1]);
    other.open.clear(['hole'], 'clearing');
    expect(other.counts()).toEqual([0, 0]);
  });

  it('counts a variant that was taken away', async () => {
    const { window, studio, open, editId, counts } = await filled();
    await runFills(window, studio.variants.more(editId, 1, 'seed'));
    const [, second] = studio.store.getState().edits[0]?.variants ?? [];
    const before = open.history.bytes();
    studio.stack.removeVariant(editId, second?.variantId ?? '');
    expect(open.history.bytes() - before).toBeGreaterThan(100);
    expect(counts()).toEqual([1, 1]);
  });

  it('counts an earlier try whose place a later one takes', async () => {
    const { window, studio, open, counts } = await filled();
    studio.preferences.change({ remakeOnLift: false });
    const again = async (x: number, instead: Variant | null) => {
      open.paint([{ plane: 'hole', on: true }], [strokeSample(x, 50, 10)], 'stroke');
      const before = open.history.bytes();
      await runFills(
        window,
        studio.fills.refill({ live: true, instead }).then(() => undefined),
      );
      return open.history.bytes() - before;
    };
    const first = await again(60, null);
    const [edit] = studio.store.getState().edits;
    const tried = chosenVariant(edit);
    const marked = open.markings.get(tried.markingId)?.hole.bits.length ?? 0;
    const hinted = open.keptHints.get(tried.recipe.hintId ?? '')?.hint.pixels.length ?? 0;
    expect(Math.min(marked, hinted)).toBeGreaterThan(10);
    expect((await again(70, tried)) - first).toBeGreaterThan(marked + hinted);
    expect(counts()).toEqual([3, 1]);
    open.history.push({ name: 'huge', bytes: 1e9, undo: () => undefined, redo: () => undefined });
    expect(counts(), 'that of the earlier try goes with the step').toEqual([2, 1]);
  });

  it('is let go in the document of the step, which keeps what its edits need while another canvas has its place', async () => {
    const { studio, open, editId, counts } = await filled();
    studio.stack.duplicate(editId);
    open.history.undo();
    expect(open.shelf.size).toBe(1);
    await studio.documents.adopt({ ...INFO, documentId: 'other canvas' }, 'keep');
    open.history.push({ name: 'canvas', bytes: 0, undo: () => undefined, redo: () => undefined });
    expect(open.shelf.size, 'the copy cannot come back').toBe(0);
    expect(counts(), 'what it was made from is that of the first fill').toEqual([1, 1]);
  });
});
