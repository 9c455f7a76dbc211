import { describe, expect, it } from 'vitest';
import { studioWithPicture } from '../../testing/working-studio';

const ACROSS = [
  { x: 20, y: 50 },
  { x: 50, y: 51 },
  { x: 90, y: 50 },
];

/** A studio with one finished fill around 50, 50, which is selected. */
async function filled() {
  const window = await studioWithPicture();
  window.paint();
  await window.start();
  await window.finishFill();
  return { ...window, state: () => window.studio.store.getState() };
}

describe('lines that fills continue', () => {
  it('are drawn for the next fill, straight where they are as good as straight, and are a step of the history', async () => {
    const { studio, paint, start, request } = await studioWithPicture();
    paint();
    studio.lineEditor.add(ACROSS, 3);
    const lines = () => studio.documents.open?.lines.all() ?? [];
    expect(lines().map(({ points }) => points)).toEqual([[ACROSS[0], ACROSS[2]]]);
    studio.documents.open?.history.undo();
    expect(lines()).toEqual([]);
    studio.documents.open?.history.redo();
    await start();
    expect(request().lines).toHaveLength(1);
  });

  it('that are hardly longer than a click are none', async () => {
    const { studio } = await studioWithPicture();
    studio.lineEditor.add([ACROSS[0] ?? { x: 0, y: 0 }, { x: 22, y: 50 }], 3);
    expect(studio.documents.open?.lines.all()).toEqual([]);
  });

  it('through the selected fill make it again, as a removal and as a variant', async () => {
    const { studio, state, settle, request, finishFill, fills } = await filled();
    studio.preferences.change({ manner: 'restore' });
    studio.lineEditor.add(ACROSS, 3);
    await expect.poll(fills).toBe(2);
    expect(request().lines?.map(({ points }) => points)).toEqual([[ACROSS[0], ACROSS[2]]]);
    expect(request().settings.manner).toBe('remove');
    await finishFill();
    expect(state().edits[0]?.variants).toHaveLength(2);
    expect(studio.documents.open?.lines.all(), 'it is the fill’s').toHaveLength(1);
    await settle();
    expect(fills()).toBe(2);
  });

  it('are taken away where they are pointed at, and moved by their ends', async () => {
    const { studio, paint } = await studioWithPicture();
    paint();
    studio.lineEditor.add(ACROSS, 3);
    expect(studio.lineEditor.at({ x: 60, y: 120 }, 5)).toBeNull();
    const held = studio.lineEditor.at({ x: 21, y: 51 }, 5);
    expect(held?.end).toBe(0);
    studio.lineEditor.replace(held?.line.lineId ?? '', [{ x: 10, y: 60 }, ACROSS[2] ?? { x: 0, y: 0 }]);
    const lines = () => studio.documents.open?.lines.all().map(({ points }) => points[0]);
    expect(lines()).toEqual([{ x: 10, y: 60 }]);
    studio.documents.open?.history.undo();
    expect(lines()).toEqual([ACROSS[0]]);
    expect(studio.lineEditor.removeAt({ x: 50, y: 50 }, 5)).toBe(true);
    expect(lines()).toEqual([]);
    expect(studio.lineEditor.removeAt({ x: 50, y: 50 }, 5)).toBe(false);
  });
});
