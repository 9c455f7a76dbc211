import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import type { DocumentChange } from '../../../shared/protocol/document-change';
import { replacePatch } from '../../../shared/plane-patch';
import { strokeSample } from '../../../shared/stroke';
import { editFor } from '../../testing/edits';
import { BOX, INFO, studioWithPicture } from '../../testing/working-studio';

/** A window whose engine answers as the test wants, with what was sent to be kept. */
async function keeping() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { studio } = await studioWithPicture();
  const sent: DocumentChange[] = [];
  let answer: () => Promise<void> = () => Promise.resolve();
  vi.spyOn(studio.engineLink, 'request').mockImplementation(async (method: string, payload: unknown) => {
    // Pictures are not looked at here.
    if (method === 'tile') return new Promise(() => undefined);
    if (method !== 'remember') return undefined;
    sent.push((payload as { change: DocumentChange }).change);
    await answer();
    return undefined;
  });
  const paint = (x: number) =>
    studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(x, 50, 10)], 'stroke');
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { studio, sent, paint, wait, failing: (next: () => Promise<void>) => (answer = next) };
}

describe('autosave', () => {
  it('sends what has changed within a second, strokes that follow each other together', async () => {
    const { studio, sent, paint, wait } = await keeping();
    paint(50);
    await wait(300);
    paint(90);
    await wait(700);
    expect(sent).toHaveLength(1);
    expect(studio.store.getState().autosave).toMatchObject({ kind: 'kept', revision: 2 });
    const hole = sent[0]?.planes.hole;
    expect(hole?.box).toMatchObject({ x: 0, width: 128 });
    await wait(5000);
    expect(sent).toHaveLength(1);
  });

  it('gives the engine, change by change, the very planes of the window', async () => {
    const { studio, sent, paint, wait } = await keeping();
    const plane = new BitPlane(INFO.width, INFO.height);
    for (const x of [30, 120, 60]) {
      paint(x);
      await wait(1000);
    }
    studio.documents.open?.history.undo();
    await wait(1000);
    for (const { planes } of sent) if (planes.hole) replacePatch(plane, planes.hole);
    expect(sent).toHaveLength(4);
    expect(studio.documents.open && plane.equals(studio.documents.open.masks.plane('hole'))).toBe(true);
  });

  it('says once that nothing is kept, tries again, and then sends everything that is missing', async () => {
    const { studio, sent, paint, wait, failing } = await keeping();
    failing(() => Promise.reject(new Error('the disk is full')));
    paint(50);
    await wait(1000);
    paint(150);
    await wait(5000);
    expect(studio.store.getState().autosave).toMatchObject({ kind: 'failing' });
    expect(studio.store.getState().notices).toHaveLength(1);
    failing(() => Promise.resolve());
    await wait(3000);
    expect(sent.at(-1)?.planes.hole?.box).toMatchObject({ x: 0, width: 192 });
    expect(studio.store.getState().autosave).toMatchObject({ kind: 'kept', revision: 2 });
  });

  it('keeps edits, and says nothing of a document that was left', async () => {
    const { studio, sent, paint, wait } = await keeping();
    studio.store.setState({ edits: [editFor('a')] });
    await wait(1000);
    expect(sent[0]?.edits).toEqual([editFor('a')]);
    paint(50);
    await studio.documents.adopt({ ...INFO, documentId: 'other' });
    await wait(5000);
    expect(sent).toHaveLength(1);
    expect(studio.store.getState().revision).toBe(0);
  });

  it('keeps painted hints by their tiles, and those of fills once', async () => {
    const { studio, sent, wait, failing } = await keeping();
    const { open } = studio.documents;
    const stroke = (x: number) => {
      const session = studio.hints.beginStroke();
      session?.add([{ at: { x, y: 20 }, pressure: 1 }]);
      session?.commit();
    };
    const keys = () => sent.at(-1)?.hint.map(({ key, pixels }) => [key, pixels !== null]);
    studio.preferences.setBrushSize(10);
    failing(() => Promise.reject(new Error('the disk is full')));
    stroke(20);
    await wait(1000);
    expect(keys()).toEqual([[0, true]]);
    stroke(100);
    failing(() => Promise.resolve());
    await wait(3000);
    expect(keys()).toEqual([
      [0, true],
      [1, true],
    ]);
    studio.hints.clear();
    open?.keptHints.set('h', { hintId: 'h', hint: { box: BOX, step: 20, pixels: new Uint8Array(4) }, strength: 1 });
    await wait(1000);
    expect(keys()).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(sent.at(-1)?.hints.map(({ hintId }) => hintId)).toEqual(['h']);
    stroke(20);
    await wait(1000);
    expect(sent.at(-1)?.hints).toEqual([]);
  });

  it('keeps which fill is edited, with what is painted for the new one, from the next change on', async () => {
    const { studio, sent, paint, wait } = await keeping();
    paint(50);
    const hole = studio.documents.open?.masks.painted().hole;
    if (!hole) throw new Error('something is painted');
    const edit = editFor('a');
    const markingId = 'a-marking';
    studio.documents.open?.markings.set(markingId, { markingId, hole, include: null, exclude: null, freshOnly: true });
    studio.store.setState({ edits: [edit] });
    paint(200);
    await wait(1000);
    expect(sent.at(-1)).not.toHaveProperty('setAside');
    const before = studio.documents.open?.masks.painted();
    const kept = sent.length;
    const { revision } = studio.store.getState();
    studio.editing.select('a');
    await wait(1000);
    // To look at a fill is no change.
    expect([sent.length, studio.store.getState().revision]).toEqual([kept, revision]);
    paint(54);
    await wait(1000);
    expect(sent.at(-1)?.setAside).toEqual({ editId: 'a', paint: { ...before, hint: [], lines: [] } });
    paint(58);
    await wait(1000);
    expect(sent.at(-1)).not.toHaveProperty('setAside');
    studio.editing.select(null);
    paint(130);
    await wait(1000);
    expect(sent.at(-1)?.setAside).toBeNull();
  });
});
