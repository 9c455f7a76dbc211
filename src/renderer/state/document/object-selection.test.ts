import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../shared/geometry';
import type { PlanePatch } from '../../../shared/protocol/values';
import { strokeSample } from '../../../shared/stroke';
import { runFills, studioWithPicture } from '../../testing/working-studio';

const patchOf = (box: Rect): PlanePatch => ({
  box,
  bits: new Uint8Array(((box.width + 7) >> 3) * box.height).fill(255),
});
const [SMALL, LARGE] = [
  patchOf({ x: 40, y: 40, width: 8, height: 8 }),
  patchOf({ x: 40, y: 40, width: 16, height: 16 }),
];
const dot = (x: number, y: number) => [strokeSample(x, y, 3)];

it('marks what a stroke finds, and marks it anew with the next stroke instead of adding to it', async () => {
  const { studio, answer } = await studioWithPicture();
  const hole = () => studio.documents.open?.masks.plane('hole').count();
  const first = studio.objectSelection.stroke(dot(44, 44), true, 'object selection');
  await answer('selectObject', { found: LARGE });
  await first;
  expect(hole()).toBe(256);
  const second = studio.objectSelection.stroke(dot(54, 54), false, 'object selection');
  await answer('selectObject', { found: SMALL });
  await second;
  expect(hole()).toBe(64);
  studio.documents.open?.history.undo();
  expect(hole()).toBe(256);
});

it('leaves what was painted while a stroke was looked at', async () => {
  const { studio, answer } = await studioWithPicture();
  const { open } = studio.documents;
  const stroke = studio.objectSelection.stroke(dot(44, 44), true, 'object selection');
  open?.paint([{ plane: 'hole', on: true }], dot(100, 100), 'brush stroke');
  await answer('selectObject', { found: LARGE });
  await stroke;
  expect([open?.masks.plane('hole').get(100, 100), open?.masks.plane('hole').get(44, 44)]).toEqual([true, false]);
  expect(studio.store.getState().history.undo).toBe('brush stroke');
});

it.each(['hole', 'exclude'] as const)('marks the %s of no fill that was entered meanwhile', async (target) => {
  const window = await studioWithPicture();
  const { studio, paint, answer } = window;
  paint();
  await runFills(window, studio.fills.start());
  const [{ editId }] = studio.store.getState().edits;
  studio.editing.select(null);
  studio.store.setState({ target });
  const stroke = studio.objectSelection.stroke(dot(100, 100), true, 'object selection');
  studio.editing.select(editId);
  const plane = studio.documents.open?.masks.plane(target);
  const before = plane?.count();
  await answer('selectObject', { found: patchOf({ x: 96, y: 96, width: 8, height: 8 }) });
  await stroke;
  expect(plane?.count()).toBe(before);
});

describe('while a fill is edited', () => {
  /** The only fill, around (50, 50), is edited; what it was made from is its hole. */
  async function editing() {
    const window = await studioWithPicture();
    const { studio, paint } = window;
    paint();
    await runFills(window, studio.fills.start());
    const hole = studio.documents.open?.masks.plane('hole');
    const edited = hole?.count() ?? 0;
    expect([studio.store.getState().selectedEdit === null, edited > 0]).toEqual([false, true]);
    return { ...window, hole: () => hole?.count(), edited };
  }
  const APART = patchOf({ x: 200, y: 120, width: 16, height: 16 });
  const LESS = patchOf({ x: 200, y: 120, width: 8, height: 8 });

  it('begins a new fill with strokes apart from it, and marks that one anew with more of them', async () => {
    const { studio, answer, hole } = await editing();
    for (const [found, count] of [
      [APART, 256],
      [LESS, 64],
    ] as const) {
      const stroke = studio.objectSelection.stroke(dot(204, 124), true, 'object selection');
      await answer('selectObject', { found });
      await stroke;
      expect(studio.store.getState().selectedEdit).toBeNull();
      expect(hole()).toBe(count);
    }
  });

  it('widens it by strokes at its hole, and stays there however the object is marked then', async () => {
    const { studio, answer, hole, edited } = await editing();
    const stroke = studio.objectSelection.stroke(dot(60, 60), true, 'object selection');
    await answer('selectObject', { found: patchOf({ x: 48, y: 48, width: 32, height: 32 }) });
    await stroke;
    expect(hole()).toBeGreaterThan(edited);
    const second = studio.objectSelection.stroke(dot(70, 70), false, 'object selection');
    await answer('selectObject', { found: patchOf({ x: 48, y: 48, width: 8, height: 8 }) });
    await second;
    expect(studio.store.getState().selectedEdit).not.toBeNull();
    expect(hole()).toBe(edited);
  });

  it('begins a new fill with wires apart from it', async () => {
    const { studio, answer, hole } = await editing();
    const found = studio.objectSelection.findWires();
    await answer('findWires', { wires: [patchOf({ x: 0, y: 120, width: 200, height: 2 })] });
    await found;
    expect(studio.store.getState().selectedEdit).toBeNull();
    expect(hole()).toBe(400);
  });
});

it('drops the answer to a question that is not the last', async () => {
  const { studio, answer } = await studioWithPicture();
  const box = { x: 30, y: 30, width: 40, height: 40 };
  void studio.objectSelection.inBox(box, true, 'first');
  const last = studio.objectSelection.inBox(box, true, 'last');
  await answer('selectObject', { found: SMALL });
  await last;
  expect(studio.store.getState().history.undo).toBe('last');
});

it('takes a wire away by a click, and back, and knows nothing of wires once something else has changed the hole', async () => {
  const { studio, answer } = await studioWithPicture();
  const hole = () => studio.documents.open?.masks.plane('hole').count();
  const found = studio.objectSelection.findWires();
  const [one, other] = [
    patchOf({ x: 0, y: 20, width: 200, height: 2 }),
    patchOf({ x: 0, y: 80, width: 200, height: 2 }),
  ];
  await answer('findWires', { wires: [one, other] });
  await found;
  expect(hole()).toBe(800);
  studio.objectSelection.toggleWire({ x: 100, y: 23 }, 1);
  expect(hole()).toBe(400);
  studio.objectSelection.toggleWire({ x: 100, y: 21 }, 1);
  expect(hole()).toBe(800);
  studio.documents.open?.clear(['hole'], 'clear');
  studio.objectSelection.toggleWire({ x: 100, y: 21 }, 1);
  expect(hole()).toBe(0);
});
