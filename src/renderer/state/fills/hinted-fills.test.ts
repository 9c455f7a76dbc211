import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { planePatchOf } from '../../../shared/plane-delta';
import { strokeSample } from '../../../shared/stroke';
import { brush } from '../../tools/brush';
import { eraser } from '../../tools/eraser';
import { texts } from '../../texts';
import { paintOf } from '../document/paint';
import { ERASED } from '../document/planes';
import { editFor } from '../../testing/edits';
import { INFO, studioWithPicture } from '../../testing/working-studio';

const MODEL = {
  modelId: 'default',
  name: 'L',
  description: '',
  parameters: 1,
  bytes: 1,
  licence: '',
  speciality: 'general',
  changeable: true,
} as const;

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
    studio.editing.select(null);
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
    expect(state().fill.kind).toBe('done');
    expect(state().edits).toHaveLength(1);
    studio.editing.select(null);
    expect(state().painted.hole).toBe(false);
  });

  it('is refined by starting it while it waits, and what else is painted stays to be filled', async () => {
    const { studio, start, finishFill, fills, state } = await hinted();
    studio.preferences.change({ stopAtCoarse: true });
    await start();
    await finishFill();
    studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(200, 150, 10)], brush.words.en.step);
    await start();
    expect(fills()).toBe(2);
    await finishFill();
    expect(fills()).toBe(2);
    expect(state()).toMatchObject({ fill: { kind: 'done' }, painted: { hole: true } });
  });

  it('is over when the refined one cannot be sent, and whoever waits for it hears so', async () => {
    const { studio, settle, finishFill, fills, layers, state } = await hinted();
    const edit = editFor('earlier', { box: { x: 200, y: 100, width: 40, height: 40 } });
    const earlier = new BitPlane(INFO.width, INFO.height);
    earlier.fillRect({ x: 200, y: 100, width: 40, height: 40 }, true);
    const hole = planePatchOf(earlier);
    if (!hole) throw new Error('the hole lies outside the picture');
    const markingId = edit.variants[0]?.markingId ?? '';
    studio.documents.open?.markings.set(markingId, { markingId, hole, include: null, exclude: null, freshOnly: true });
    studio.store.setState({
      edits: [edit],
      models: [{ ...MODEL, capabilities: { sourceRegion: 'detail', coarse: true } }],
    });
    // Only what an earlier fill made is allowed, which this model may copy and the next may not.
    studio.documents.open?.paint([{ plane: 'include', on: true }], [strokeSample(220, 120, 5)], brush.words.en.step);
    studio.preferences.change({ stopAtCoarse: true });
    const ended = studio.fills.start();
    await settle();
    await finishFill();
    expect(state().fill.kind).toBe('waiting');
    studio.store.setState({ models: [{ ...MODEL, capabilities: { sourceRegion: 'attention', coarse: true } }] });
    // What is painted now could be filled: that is another fill, which nobody has asked for.
    studio.documents.open?.clear(['include'], 'x');
    await studio.fills.start();
    await ended;
    await settle();
    expect(fills()).toBe(1);
    expect(state()).toMatchObject({
      fill: { kind: 'failed', error: { code: 'source-too-small' } },
      painted: { hole: true },
    });
    expect(layers()).toEqual(['earlier-patch']);
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

  it('holds as strongly as before while its fill is edited, and not after', async () => {
    const { studio, stroke, start, request, finishFill, settle, state } = await hinted();
    stroke();
    studio.preferences.change({ hintStrength: 0.6 });
    await start();
    await finishFill();
    studio.preferences.change({ hintStrength: 0.9 });
    const editId = state().edits[0]?.editId ?? '';
    studio.editing.select(null);
    expect(state().settings.hintStrength).toBe(0.9);
    studio.editing.select(editId);
    expect(state().settings.hintStrength).toBe(0.6);
    void studio.variants.rerun(editId);
    await settle();
    expect(request()).toMatchObject({ hintStrength: 0.6, hint: { step: 1 } });
    await finishFill();
    studio.editing.select(null);
    expect(state().settings.hintStrength).toBe(0.9);
  });

  it('says so when it is made again and its hint was not kept', async () => {
    const { studio, stroke, start, request, finishFill, settle, state } = await hinted();
    stroke();
    await start();
    await finishFill();
    const { editId = '' } = state().edits[0] ?? {};
    studio.editing.select(null);
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
    studio.store.setState({ models: [{ ...MODEL, capabilities }] });
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
    open?.paint([{ plane: 'hole', on: false }], samples, brush.words.en.step);
    expect(state()).toMatchObject({ hinted: true, painted: { hole: false } });
    open?.history.undo();
    const before = open && paintOf(open);
    open?.paint(ERASED, samples, eraser.words.en.step);
    expect(state()).toMatchObject({ hinted: false, painted: { hole: false }, history: { undo: eraser.words.en.step } });
    open?.history.undo();
    expect(open && paintOf(open)).toEqual(before);
    open?.history.redo();
    expect(state()).toMatchObject({ hinted: false, painted: { hole: false } });
  });
});
