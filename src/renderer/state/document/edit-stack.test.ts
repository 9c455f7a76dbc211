import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paint } from '../../../shared/document-model';
import { strokeSample } from '../../../shared/stroke';
import { brush } from '../../tools/brush';
import { texts } from '../../texts';
import { modelOf } from './document-model';
import { paintOf } from './paint';
import { runFills, studioWithPicture, type WorkingStudio } from '../../testing/working-studio';

/** Things a person does, in any order; what does not apply (nothing painted, no such edit) does nothing. */
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('paint' as const), x: fc.nat(300), y: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('source' as const), x: fc.nat(300), y: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hint' as const), x: fc.nat(300), y: fc.nat(200) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fill' as const) }) },
  fc.record({
    kind: fc.constantFrom(
      'toggle' as const,
      'opacity' as const,
      'rename' as const,
      'move' as const,
      'duplicate' as const,
      'delete' as const,
      'choose' as const,
      'delete-variant' as const,
      'rerun' as const,
      'more' as const,
      'refresh' as const,
      'edit' as const,
      'new' as const,
      'back' as const,
    ),
    which: fc.nat(5),
    to: fc.nat(5),
  }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function act(window: WorkingStudio, what: Action): Promise<void> {
  const { studio, settle } = window;
  const { stack, variants, editing, documents, store } = studio;
  if (what.kind === 'paint' || what.kind === 'source') {
    const plane = what.kind === 'paint' ? 'hole' : 'include';
    documents.open?.paint([{ plane, on: true }], [strokeSample(what.x, what.y, 12)], brush.words.en.step);
    return;
  }
  if (what.kind === 'hint') {
    const stroke = studio.hints.beginStroke();
    stroke?.add([{ at: { x: what.x, y: what.y }, pressure: 1 }]);
    stroke?.commit();
    return;
  }
  if (what.kind === 'fill') return runFills(window, studio.fills.start());
  if (what.kind === 'refresh') return runFills(window, variants.refreshAll());
  if (what.kind === 'new') return editing.select(null);
  if (what.kind === 'back') return void editing.revert();
  const { edits } = store.getState();
  const edit = edits[what.which % Math.max(1, edits.length)];
  if (!edit) return;
  const variant = edit.variants[what.to % edit.variants.length];
  const { editId } = edit;
  switch (what.kind) {
    case 'toggle':
      return stack.setVisible(editId, !edit.visible);
    case 'opacity':
      stack.slideOpacity(editId, 0.5);
      return stack.setOpacity(editId, what.to / 5);
    case 'rename':
      return stack.rename(editId, `name ${what.to}`);
    case 'move':
      return stack.move(editId, what.to);
    case 'duplicate':
      return stack.duplicate(editId);
    case 'delete':
      return stack.remove(editId);
    case 'choose':
      return stack.choose(editId, variant?.variantId ?? '');
    case 'delete-variant':
      return stack.removeVariant(editId, variant?.variantId ?? '');
    case 'rerun':
      return runFills(window, variants.rerun(editId));
    case 'more':
      return runFills(window, variants.more(editId, 2, 'any'));
    case 'edit':
      editing.select(editId);
      await settle();
  }
}

/** All of the document that can be seen or kept, less what only counts upwards. */
function stateOf({ studio }: WorkingStudio) {
  const { open } = studio.documents;
  const { edits } = studio.store.getState();
  if (!open) throw new Error('a document is open');
  // What is edited is no step: it may be anything.
  open.workspace.enter(null);
  const model = modelOf(open, edits);
  // Tiles that were taken away and came back stand in another order.
  const painted = (paint: Paint) => ({ ...paint, hint: paint.hint.toSorted((a, b) => a.key - b.key) });
  const changed = open.workspace.changedElsewhere().map((editId) => {
    open.workspace.enter(editId);
    const paint = painted(paintOf(open));
    open.workspace.enter(null);
    return { editId, paint };
  });
  return { ...model, paint: painted(model.paint), changed, nextNumber: 0 };
}

describe('the stack of edits', () => {
  it('is as it was when everything is undone, and as it had become when all is made again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        const window = await studioWithPicture();
        const { studio, settle, layers } = window;
        studio.preferences.change({ remakeOnLift: false });
        const before = stateOf(window);
        for (const each of actions) await act(window, each);
        await settle();
        const after = stateOf(window);
        const shown = layers();
        while (studio.documents.open?.history.undo());
        await settle();
        expect(stateOf(window)).toEqual(before);
        expect(layers() ?? []).toEqual([]);
        while (studio.documents.open?.history.redo());
        await settle();
        expect(stateOf(window)).toEqual(after);
        expect(layers()).toEqual(shown);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('never loses a variant by going back', async () => {
    const window = await studioWithPicture();
    const { studio, paint } = window;
    const edit = () => studio.store.getState().edits[0];
    const history = () => studio.documents.open?.history;
    paint();
    await runFills(window, studio.fills.start());
    const editId = edit().editId;
    await runFills(window, studio.variants.more(editId, 3, 'any'));
    await runFills(window, studio.variants.rerun(editId));
    expect(edit().variants).toHaveLength(5);
    expect(edit().chosenId).toBe(edit().variants[4].variantId);
    history()?.undo();
    expect(edit().variants).toHaveLength(5);
    expect(edit().chosenId).toBe(edit().variants[0].variantId);
    history()?.undo();
    expect(edit()).toBeUndefined();
    history()?.redo();
    expect(edit().variants).toHaveLength(5);
  });

  it('takes a variant that arrives while its edit is undone', async () => {
    const window = await studioWithPicture();
    const { studio, paint } = window;
    paint();
    await runFills(window, studio.fills.start());
    const [edit] = studio.store.getState().edits;
    const more = studio.variants.more(edit.editId, 1, 'seed');
    await window.settle();
    studio.documents.open?.history.undo();
    await runFills(window, more);
    expect(studio.store.getState().edits).toEqual([]);
    studio.documents.open?.history.redo();
    expect(studio.store.getState().edits[0].variants).toHaveLength(2);
  });

  it('makes one step of an opacity slider, however far it went', async () => {
    const window = await studioWithPicture();
    const { studio, paint } = window;
    paint();
    await runFills(window, studio.fills.start());
    const [{ editId }] = studio.store.getState().edits;
    for (const opacity of [0.9, 0.7, 0.4]) studio.stack.slideOpacity(editId, opacity);
    expect(studio.store.getState().edits[0].opacity).toBe(0.4);
    studio.stack.setOpacity(editId, 0.3);
    expect(studio.store.getState().history.undo).toBe(texts.steps.editOpacity(1));
    studio.documents.open?.history.undo();
    expect(studio.store.getState().edits[0].opacity).toBe(1);
    expect(studio.store.getState().history.undo).toBe(texts.steps.fill(1));
    studio.stack.slideOpacity(editId, 0.5);
    studio.stack.setOpacity(editId, 1);
    expect(studio.store.getState().edits[0].opacity, 'slid away and back').toBe(1);
    expect(studio.store.getState().history.undo).toBe(texts.steps.fill(1));
  });

  it('runs all that is out of date from the lowest up, as one step', async () => {
    const window = await studioWithPicture();
    const { studio, paint, request } = window;
    for (let i = 0; i < 3; i++) {
      paint();
      await runFills(window, studio.fills.start());
    }
    const edits = () => studio.store.getState().edits;
    studio.stack.setOpacity(edits()[0].editId, 0.5);
    const jobs = window.fills();
    await runFills(window, studio.variants.refreshAll());
    expect(window.fills() - jobs).toBe(2);
    expect(request().layers).toHaveLength(2);
    expect(edits().map(({ variants }) => variants.length)).toEqual([1, 2, 2]);
    expect(studio.store.getState().history.undo).toBe(texts.steps.refreshAll(2));
    studio.documents.open?.history.undo();
    expect(edits().map(({ variants, chosenId }) => variants[0].variantId === chosenId)).toEqual([true, true, true]);
  });

  it('stops a batch when it is cancelled, and keeps what has arrived', async () => {
    const window = await studioWithPicture();
    const { studio, paint, settle, finishFill, answer } = window;
    paint();
    await runFills(window, studio.fills.start());
    const more = studio.variants.more(studio.store.getState().edits[0].editId, 3, 'any');
    await settle();
    expect(studio.store.getState().batch).toMatchObject({ index: 0, total: 3 });
    await finishFill();
    expect(studio.store.getState().batch).toMatchObject({ index: 1 });
    const cancelled = studio.fills.cancel();
    await settle();
    await answer('cancel', undefined);
    await Promise.all([cancelled, more]);
    expect(studio.store.getState()).toMatchObject({ batch: null, fill: { kind: 'cancelled' } });
    expect(studio.store.getState().edits[0].variants).toHaveLength(2);
  });
});
