import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { StudioError } from './errors';
import {
  checkLine,
  foundLineId,
  simplifiedLine,
  type StructureLine,
  structureLineSchema,
  withLines,
} from './structure-line';

const hole = new BitPlane(40, 30);
hole.fillRect({ x: 10, y: 10, width: 20, height: 10 }, true);

const line = (...places: readonly (readonly [number, number])[]) => ({ points: places.map(([x, y]) => ({ x, y })) });

function refusal(points: ReturnType<typeof line>): StudioError | null {
  try {
    checkLine(points, 3, hole);
    return null;
  } catch (thrown) {
    return thrown instanceof StudioError ? thrown : null;
  }
}

describe('a structure line', () => {
  it('goes from known pixels through the hole to known pixels', () => {
    expect(refusal(line([5, 15], [35, 15]))).toBeNull();
    expect(refusal(line([5, 5], [20, 15], [5, 25]))).toBeNull();
  });

  it('is refused when an end lies in the hole or outside the picture, by its number', () => {
    const inside = refusal(line([5, 15], [20, 15]));
    expect(inside?.code).toBe('line-in-hole');
    expect(inside?.message).toContain('Line 3 ends at 20, 15');
    expect(inside?.remedy).not.toBe('');
    expect(refusal(line([10.5, 10.5], [35, 15]))?.message).toContain('inside the hole');
    expect(refusal(line([5, 15], [41, 15]))?.message).toContain('outside the picture');
  });

  it('may end at the border of the picture, where the hole reaches it', () => {
    const low = new BitPlane(40, 30);
    low.fillRect({ x: 10, y: 10, width: 20, height: 20 }, true);
    const check = (points: ReturnType<typeof line>) => () => checkLine(points, 1, low);
    expect(check(line([20, 5], [20, 29]))).not.toThrow();
    expect(check(line([20, 5], [20, 25]))).toThrow();
    expect(check(line([15, 29], [25, 29]))).toThrow();
  });

  it('has two points at least, and none beside any picture', () => {
    expect(structureLineSchema.safeParse({ lineId: 'a', ...line([1, 1]) }).success).toBe(false);
    expect(structureLineSchema.safeParse({ lineId: 'a', ...line([1, -1], [2, 2]) }).success).toBe(false);
    expect(structureLineSchema.safeParse({ lineId: 'a', ...line([1, Infinity], [2, 2]) }).success).toBe(false);
    expect(structureLineSchema.safeParse({ lineId: 'a', ...line([1, 1], [2, 2]) }).success).toBe(true);
  });

  it('that was found is called by its ends', () => {
    const id = foundLineId(line([5.2, 15], [20, 12], [35.4, 15]).points);
    expect(id).toBe(foundLineId(line([5, 15], [35, 15]).points));
    expect(structureLineSchema.shape.lineId.safeParse(id).success).toBe(true);
  });
});

describe('a line as a hand drew it', () => {
  it('has two points where it is as good as straight, and keeps its corners', () => {
    const wobbly = Array.from({ length: 50 }, (_, i) => ({ x: i, y: Math.sin(i) }));
    expect(simplifiedLine(wobbly, 2)).toEqual([wobbly[0], wobbly[49]]);
    const bent = [...wobbly, ...wobbly.map(({ x, y }) => ({ x: 49 + y, y: x }))];
    const kept = simplifiedLine(bent, 2);
    expect(kept.length).toBeLessThan(6);
    expect(kept.some(({ x, y }) => Math.hypot(x - 49, y) < 3)).toBe(true);
  });
});

describe('a change of lines', () => {
  const lines = fc.uniqueArray(
    fc.nat(20).map((number): StructureLine => ({ lineId: `line-${number}`, ...line([number, 1], [number, 9]) })),
    { selector: ({ lineId }) => lineId },
  );
  const sorted = (list: readonly StructureLine[]) => list.map(({ lineId }) => lineId).sort();

  it('takes itself back', () => {
    fc.assert(
      fc.property(lines, lines, (before, change) => {
        expect(sorted(withLines(withLines(before, change), change))).toEqual(sorted(before));
      }),
    );
  });

  it('may be made in any order', () => {
    fc.assert(
      fc.property(lines, lines, lines, (before, one, other) => {
        expect(sorted(withLines(withLines(before, one), other))).toEqual(
          sorted(withLines(withLines(before, other), one)),
        );
      }),
    );
  });
});
