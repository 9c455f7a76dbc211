import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { studioWithPicture } from '../../testing/working-studio';

async function lifting() {
  const window = await studioWithPicture();
  const { studio, settle } = window;
  return {
    ...window,
    stroke: async (x: number) => {
      studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(x, 100, 5)], 'stroke');
      studio.liftedStrokes.lifted();
      await settle();
    },
  };
}

describe('strokes that are filled when the brush is lifted', () => {
  it('are filled at once, and those painted meanwhile together after it', async () => {
    const { stroke, fills, request, finishFill, settle, studio } = await lifting();
    await stroke(50);
    expect(fills()).toBe(1);
    await stroke(150);
    await stroke(200);
    expect(fills()).toBe(1);
    await finishFill();
    await settle();
    expect(fills()).toBe(2);
    expect(request().hole.box.x + request().hole.box.width).toBeGreaterThan(200);
    await finishFill();
    await settle();
    expect(fills()).toBe(2);
    studio.editing.select(null);
    expect(studio.store.getState()).toMatchObject({ painted: { hole: false } });
    expect(studio.store.getState().edits).toHaveLength(2);
  });

  it('wait for nothing more when the fill was cancelled', async () => {
    const { stroke, fills, answer, settle, studio } = await lifting();
    await stroke(50);
    await stroke(150);
    const cancelled = studio.fills.cancel();
    await answer('cancel', undefined);
    await cancelled;
    await settle();
    expect(fills()).toBe(1);
    expect(studio.store.getState().painted.hole).toBe(true);
  });
});
