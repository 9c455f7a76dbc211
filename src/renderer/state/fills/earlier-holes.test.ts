import { beforeEach, describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { planePatchOf } from '../../../shared/plane-delta';
import type { PlanePyramid } from '../document/plane-pyramid';
import { EarlierHoles } from './earlier-holes';
import { editFor } from '../../testing/edits';
import { INFO, studioWithPicture, type WorkingStudio } from '../../testing/working-studio';

const HOLE = { x: 40, y: 40, width: 16, height: 16 };

/** A window with a fill at HOLE, and what its canvas shows of earlier holes. */
async function withFill(): Promise<{ studio: WorkingStudio['studio']; shown: () => PlanePyramid | null }> {
  const { studio } = await studioWithPicture();
  let shown: PlanePyramid | null = null;
  new EarlierHoles({ ...studio, canvas: { setEarlier: (holes) => (shown = holes) } });
  const plane = new BitPlane(INFO.width, INFO.height);
  plane.fillRect(HOLE, true);
  const hole = planePatchOf(plane);
  if (!hole) throw new Error('the hole lies outside the picture');
  const edit = editFor('one');
  const markingId = edit.variants[0]?.markingId ?? '';
  studio.documents.open?.markings.set(markingId, { markingId, hole, include: null, exclude: null, freshOnly: true });
  studio.store.setState({ edits: [edit] });
  return { studio, shown: () => shown };
}

describe('earlier holes on the canvas', () => {
  let window: Awaited<ReturnType<typeof withFill>>;

  beforeEach(async () => {
    window = await withFill();
  });

  it('are shown while the source is chosen, where no patch may come from', () => {
    expect(window.shown()).toBeNull();
    window.studio.store.setState({ tool: 'source-include' });
    expect(window.shown()?.at(0).bounds()).toEqual(HOLE);
    window.studio.store.setState({ tool: 'brush' });
    expect(window.shown()).toBeNull();
    window.studio.store.setState({ painted: { hole: true, include: true, exclude: false } });
    expect(window.shown()?.at(0).count()).toBe(256);
  });

  it('are not shown where fills may copy from them, nor of hidden fills', () => {
    window.studio.store.setState({ tool: 'source-exclude', freshOnly: false });
    expect(window.shown()).toBeNull();
    window.studio.store.setState({ freshOnly: true });
    expect(window.shown()).not.toBeNull();
    window.studio.store.setState(({ edits }) => ({ edits: edits.map((edit) => ({ ...edit, visible: false })) }));
    expect(window.shown()).toBeNull();
  });
});
