import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import type { Marking } from '../../../shared/document-model';
import type { Rect } from '../../../shared/geometry';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { ModelSummary, PlanePatch } from '../../../shared/protocol/values';
import { earlierHoles, sourceFor } from './fill-source';
import { editFor } from '../../testing/edits';

const SIZE = { width: 150, height: 110 };

function area(x: number, y: number, width = 16, height = 16): PlanePatch {
  const plane = new BitPlane(SIZE.width, SIZE.height);
  plane.fillRect({ x, y, width, height }, true);
  const patch = planePatchOf(plane);
  if (!patch) throw new Error('the area lies outside the picture');
  return patch;
}

const HOLE = area(40, 40);
const marking = (parts: Partial<Marking> = {}) => ({ hole: HOLE, include: null, exclude: null, ...parts });
const PAINTED = { kind: 'painted' } as const;
const EVERYWHERE = { kind: 'everywhere' } as const;

/** Whether each place may be copied from. */
function allowed(choice: ReturnType<typeof sourceFor>): (x: number, y: number) => boolean {
  if (choice.kind !== 'part') throw new Error(`a part was expected, not ${choice.kind}`);
  const plane = new BitPlane(SIZE.width, SIZE.height);
  drawPatch(plane, choice.patch, true);
  return (x, y) => plane.get(x, y);
}

describe('the source of a fill', () => {
  it('is everywhere when nothing is painted', () => {
    expect(sourceFor(SIZE, marking(), PAINTED, [])).toEqual({ kind: 'everywhere' });
    expect(sourceFor(SIZE, marking({ include: area(0, 0), exclude: area(9, 9) }), EVERYWHERE, [])).toEqual({
      kind: 'everywhere',
    });
  });

  it('is only what is included, less the excluded, the hole and what is left out', () => {
    const painted = marking({ include: area(30, 30, 60, 60), exclude: area(80, 30, 20, 60) });
    const at = allowed(sourceFor(SIZE, painted, PAINTED, [area(30, 80, 8, 8)]));
    for (let y = 0; y < SIZE.height; y++) {
      for (let x = 0; x < SIZE.width; x++) {
        const inside = (box: Rect) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
        const expected =
          inside({ x: 30, y: 30, width: 60, height: 60 }) &&
          !inside({ x: 80, y: 30, width: 20, height: 60 }) &&
          !inside({ x: 40, y: 40, width: 16, height: 16 }) &&
          !inside({ x: 30, y: 80, width: 8, height: 8 });
        expect(at(x, y)).toBe(expected);
      }
    }
  });

  it('is everywhere but the excluded when nothing is included', () => {
    const at = allowed(sourceFor(SIZE, marking({ exclude: area(0, 0) }), PAINTED, []));
    expect([at(5, 5), at(20, 5), at(45, 45), at(149, 109)]).toEqual([false, true, false, true]);
  });

  it('is near the hole for a ring, whatever is included, but not where it is excluded', () => {
    const painted = marking({ include: area(120, 80), exclude: area(56, 40, 8, 16) });
    const at = allowed(sourceFor(SIZE, painted, { kind: 'ring', width: 10 }, []));
    expect([at(35, 48), at(28, 48), at(58, 48), at(45, 45), at(125, 85)]).toEqual([true, false, false, false, false]);
  });

  it('is nowhere when the hole covers all that is included', () => {
    expect(sourceFor(SIZE, marking({ include: HOLE }), PAINTED, [])).toEqual({ kind: 'nowhere' });
  });
});

describe('earlier holes', () => {
  const markings = new Map<string, Marking>(
    ['a', 'b', 'c'].map((name, i) => {
      const markingId = `${name}-marking`;
      return [markingId, { ...marking({ hole: area(40 * i, 0) }), markingId, freshOnly: true }];
    }),
  );
  const below = [editFor('a'), editFor('b', { visible: false }), editFor('c', { opacity: 0 })];
  const words = { name: '', description: '', parameters: 0, bytes: 0, licence: '' };
  const model = { ...words, speciality: 'general', changeable: true } as const;
  const models: readonly ModelSummary[] = [
    { ...model, modelId: 'default', capabilities: { sourceRegion: 'attention', coarse: true } },
    { ...model, modelId: 'lama', capabilities: { sourceRegion: 'detail', coarse: false } },
  ];

  it('are those of the edits that are seen, unless they may be copied from or the model knows no source', () => {
    const holes = (freshOnly: boolean, modelId: string) =>
      earlierHoles({ below, markings, freshOnly, models, modelId }).map(({ box }) => box.x);
    expect(holes(true, 'default')).toEqual([0]);
    expect(holes(false, 'default')).toEqual([]);
    expect(holes(true, 'lama')).toEqual([]);
  });
});
