import { describe, expect, it } from 'vitest';
import { errorFor } from '../../../shared/error-texts';
import { BitPlane } from '../../../shared/bit-plane';
import { drawPatch } from '../../../shared/plane-patch';
import { strokeSample } from '../../../shared/stroke';
import { texts } from '../../texts';
import { BOX, INFO, studioWithPicture } from '../../testing/working-studio';

describe('a fill in the window', () => {
  it('shows the preview on top, then keeps the result as an edit, whose hole is what is edited from then on', async () => {
    const { studio, event, request, layers, paint, start } = await studioWithPicture();
    paint();
    await start();
    const { jobId, source } = request();
    expect(source).toBeNull();
    await event('fill:coarse', { jobId, patches: [{ patchId: 'coarse', box: BOX }] });
    expect(layers()).toEqual(['coarse']);
    expect(studio.store.getState().fill).toMatchObject({ kind: 'running', previewed: true });
    await event('fill:done', {
      jobId,
      patches: [{ patchId: 'fine', box: BOX }],
      seen: [BOX],
      seconds: 2,
      provider: 'cpu',
    });
    expect(layers()).toEqual(['fine']);
    const [edit] = studio.store.getState().edits;
    expect(studio.store.getState()).toMatchObject({ fill: { kind: 'done' }, selectedEdit: edit?.editId });
    studio.editing.select(null);
    expect(studio.store.getState().painted.hole).toBe(false);
    expect(studio.store.getState().history.undo).toBe(texts.steps.fill(1));
  });

  it('can be undone and made again: hole and layers follow', async () => {
    const { studio, event, settle, request, layers, paint, start } = await studioWithPicture();
    paint();
    const before = studio.documents.open?.masks.plane('hole').clone();
    await start();
    await event('fill:done', {
      jobId: request().jobId,
      patches: [{ patchId: 'fine', box: BOX }],
      seen: [BOX],
      seconds: 2,
      provider: 'cpu',
    });
    const { history, masks } = studio.documents.open ?? {};
    history?.undo();
    await settle();
    expect(layers()).toEqual([]);
    expect(before && masks?.plane('hole').equals(before)).toBe(true);
    history?.redo();
    await settle();
    expect(layers()).toEqual(['fine']);
    expect(masks?.isEmpty('hole')).toBe(true);
  });

  it('says that it was made with less when memory did not suffice, and sends how much it may take', async () => {
    const { studio, event, request, paint, start } = await studioWithPicture();
    studio.preferences.change({ memoryLimit: 2048 });
    paint();
    await start();
    expect(request().memoryLimit).toBe(2048);
    const reduced = { workingSize: 256, detailStep: 4 };
    await event('fill:done', {
      jobId: request().jobId,
      patches: [],
      seen: [BOX],
      seconds: 1,
      provider: 'cpu',
      reduced,
    });
    expect(studio.store.getState().fill).toEqual({ kind: 'done', seconds: 1, reduced: true });
  });

  it('keeps what was painted while it ran', async () => {
    const { studio, event, request, paint, start } = await studioWithPicture();
    paint();
    await start();
    studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(150, 100, 5)], 'later');
    await event('fill:done', { jobId: request().jobId, patches: [], seen: [BOX], seconds: 1, provider: 'cpu' });
    const hole = studio.documents.open?.masks.plane('hole');
    expect(hole?.get(50, 50)).toBe(false);
    expect(hole?.get(150, 100)).toBe(true);
  });

  it('leaves nothing behind when it is cancelled, whatever comes late', async () => {
    const { studio, answer, event, settle, request, layers, paint, start } = await studioWithPicture();
    paint();
    await start();
    const { jobId } = request();
    await event('fill:coarse', { jobId, patches: [{ patchId: 'coarse', box: BOX }] });
    const cancelled = studio.fills.cancel();
    await settle();
    expect(layers()).toEqual([]);
    await event('fill:done', {
      jobId,
      patches: [{ patchId: 'late', box: BOX }],
      seen: [BOX],
      seconds: 2,
      provider: 'cpu',
    });
    await answer('cancel', undefined);
    await cancelled;
    expect(studio.store.getState()).toMatchObject({ fill: { kind: 'cancelled' }, edits: [], painted: { hole: true } });
  });

  it('ends with the reason when the engine stops, and the paint is still there', async () => {
    const { studio, paint, start } = await studioWithPicture();
    paint();
    await start();
    studio.engineLink.detach(errorFor('engine-exited', { code: 139 }));
    studio.fills.engineStopped();
    const { fill, painted } = studio.store.getState();
    expect(fill).toMatchObject({ kind: 'failed', error: { code: 'engine-stopped' } });
    expect(painted.hole).toBe(true);
  });

  it('is not even sent without a hole, or with a source that is nowhere', async () => {
    const { studio, request, paint, start } = await studioWithPicture();
    await start();
    expect(studio.store.getState().fill).toMatchObject({ kind: 'failed', error: { code: 'hole-empty' } });
    paint();
    studio.documents.open?.paint([{ plane: 'include', on: true }], [strokeSample(50, 50, 5)], 'source');
    await start();
    expect(studio.store.getState().fill).toMatchObject({ kind: 'failed', error: { code: 'source-too-small' } });
    expect(request()).toBeUndefined();
  });

  it('does not copy from earlier fills, unless they are hidden or that is wanted', async () => {
    const { studio, event, request, paint, start } = await studioWithPicture();
    const again = async () => {
      studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(150, 100, 5)], 'second');
      await start();
      const { source, jobId } = request();
      await event('fill:failed', { jobId, error: { code: 'model-broken', message: 'x', remedy: '' } });
      return source;
    };
    paint();
    await start();
    const { jobId } = request();
    await event('fill:done', {
      jobId,
      patches: [{ patchId: 'fine', box: BOX }],
      seen: [BOX],
      seconds: 2,
      provider: 'cpu',
    });

    const source = await again();
    const allowed = new BitPlane(INFO.width, INFO.height);
    if (source) drawPatch(allowed, source, true);
    expect([allowed.get(50, 50), allowed.get(150, 100), allowed.get(70, 50)]).toEqual([false, false, true]);
    studio.store.setState({ freshOnly: false });
    expect(await again()).toBeNull();
    studio.store.setState({ freshOnly: true });
    studio.stack.setVisible(jobId, false);
    expect(await again()).toBeNull();
  });

  it('is preceded by a warning when the source is very small', async () => {
    const { studio, paint } = await studioWithPicture();
    const small = () => studio.store.getState().sourceSmall;
    paint();
    studio.documents.open?.paint([{ plane: 'include', on: true }], [strokeSample(150, 100, 6)], 'source');
    await expect.poll(small).toBe(true);
    studio.documents.open?.paint([{ plane: 'include', on: true }], [strokeSample(150, 100, 40)], 'source');
    await expect.poll(small).toBe(false);
  });
});
