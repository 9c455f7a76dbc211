import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { texts } from '../../texts';
import { paintOf } from '../document/paint';
import { ERASED } from '../document/planes';
import { studioWithPicture } from '../../testing/working-studio';

/** A studio with a hole and, in it, a red hint. */
async function hinted() {
  const window = await studioWithPicture();
  const { studio, paint } = window;
  paint();
  const stroke = () => {
    studio.hints.choose({ colour: '#c81e28', hardness: 1 });
    studio.preferences.setBrushSize(6);
    const session = studio.hints.beginStroke();
    session?.add([{ at: { x: 50, y: 50 }, pressure: 1 }]);
    session?.commit();
  };
  return { ...window, stroke, state: () => studio.store.getState() };
}

describe('a fill with a hint', () => {
  it('sends what is painted, and takes it away with the hole in one step', async () => {
    const { studio, stroke, start, request, finishFill, state } = await hinted();
    stroke();
    expect(state().history.undo).toBe(texts.steps.hint);
    studio.preferences.change({ hintStrength: 0.6 });
    await start();
    expect(request()).toMatchObject({ hintStrength: 0.6, hint: { step: 1 } });
    expect(request().stopAfter).toBeUndefined();
    await finishFill();
    expect(state()).toMatchObject({ hinted: false, painted: { hole: false } });
    studio.documents.open?.history.undo();
    expect(state()).toMatchObject({ hinted: true, painted: { hole: true } });
    studio.documents.open?.history.redo();
    expect(state().hinted).toBe(false);
    const [edit] = state().edits;
    const hintId = edit?.variants[0]?.recipe.hintId ?? '';
    expect(studio.documents.open?.keptHints.get(hintId)).toMatchObject({ strength: 0.6 });
  });

  it('stops at the coarse fill, waits, and refines with the hint painted then', async () => {
    const { studio, stroke, start, request, finishFill, layers, state } = await hinted();
    studio.preferences.change({ stopAtCoarse: true });
    await start();
    const first = request();
    expect(first).toMatchObject({ stopAfter: 'coarse' });
    expect(first.hint).toBeUndefined();
    await finishFill();
    expect(state()).toMatchObject({ fill: { kind: 'waiting' }, edits: [], painted: { hole: true } });
    expect(layers()).toEqual([`p-${first.jobId}`]);
    stroke();
    await start();
    expect(request()).toMatchObject({ hint: { step: 1 } });
    expect(request().stopAfter).toBeUndefined();
    expect(request().hole).toEqual(first.hole);
    await finishFill();
    expect(state()).toMatchObject({ fill: { kind: 'done' }, painted: { hole: false } });
    expect(state().edits).toHaveLength(1);
  });

  it('can be given up while it waits, and survives the engine', async () => {
    const { studio, start, finishFill, layers, settle, state } = await hinted();
    studio.preferences.change({ stopAtCoarse: true });
    await start();
    await finishFill();
    studio.fills.engineStopped();
    expect(state().fill.kind).toBe('waiting');
    await studio.fills.cancel();
    await settle();
    expect(state()).toMatchObject({ fill: { kind: 'cancelled' }, edits: [], painted: { hole: true } });
    expect(layers()).toEqual([]);
  });

  it('holds as strongly as before while its mask is open, and not after', async () => {
    const { studio, stroke, start, request, finishFill, state } = await hinted();
    stroke();
    studio.preferences.change({ hintStrength: 0.6 });
    await start();
    await finishFill();
    studio.preferences.change({ hintStrength: 0.9 });
    const editId = state().edits[0]?.editId ?? '';
    studio.maskSession.open(editId);
    expect(state().settings.hintStrength).toBe(0.6);
    studio.documents.open?.history.undo();
    expect(state().settings.hintStrength).toBe(0.9);
    studio.documents.open?.history.redo();
    await start();
    expect(request()).toMatchObject({ hintStrength: 0.6, hint: { step: 1 } });
    await finishFill();
    expect(state()).toMatchObject({ openMask: null, settings: { hintStrength: 0.9 } });
  });

  it('says so when it is made again and its hint was not kept', async () => {
    const { studio, stroke, start, request, finishFill, settle, state } = await hinted();
    stroke();
    await start();
    await finishFill();
    const { editId = '' } = state().edits[0] ?? {};
    studio.documents.open?.keptHints.clear();
    void studio.variants.rerun(editId);
    await settle();
    expect(request().hint).toBeUndefined();
    await finishFill();
    expect(state().notices.at(-1)).toMatchObject({ kind: 'info', title: texts.notices.hintLost });
    expect(state().edits[0]?.variants.map(({ recipe }) => recipe.hintId === null)).toEqual([false, true]);
  });

  it('goes without for a model that has no coarse stage', async () => {
    const { studio, stroke, start, request } = await hinted();
    stroke();
    const capabilities = { sourceRegion: 'detail', coarse: false } as const;
    const model = { modelId: 'default', name: 'L', description: '', parameters: 1, bytes: 1, licence: '' };
    studio.store.setState({ models: [{ ...model, capabilities, speciality: 'general', changeable: true }] });
    studio.preferences.change({ stopAtCoarse: true });
    await start();
    expect([request().hint, request().stopAfter]).toEqual([undefined, undefined]);
  });
});

describe('the eraser', () => {
  it('takes hints away with the other paint in one step, and the brush with Alt only the hole', async () => {
    const { studio, stroke, state } = await hinted();
    const { open } = studio.documents;
    stroke();
    const samples = [strokeSample(50, 50, 15)];
    open?.paint([{ plane: 'hole', on: false }], samples, texts.steps.brush);
    expect(state()).toMatchObject({ hinted: true, painted: { hole: false } });
    open?.history.undo();
    const before = open && paintOf(open);
    open?.paint(ERASED, samples, texts.steps.eraser);
    expect(state()).toMatchObject({ hinted: false, painted: { hole: false }, history: { undo: texts.steps.eraser } });
    open?.history.undo();
    expect(open && paintOf(open)).toEqual(before);
    open?.history.redo();
    expect(state()).toMatchObject({ hinted: false, painted: { hole: false } });
  });
});
