import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { loopOf } from './stroke-loop';

const along = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => strokeSample(x, y, 5));
/** A part of a circle's line, from 0 on. */
const arc = (share: number) =>
  along(
    Array.from({ length: 41 }, (_, i) => {
      const angle = (i / 40) * share * 2 * Math.PI;
      return [100 + 40 * Math.cos(angle), 100 + 40 * Math.sin(angle)] as const;
    }),
  );

describe('a stroke around an area', () => {
  it('comes back to where it began, nearly or over it', () => {
    expect(loopOf(arc(1))).toHaveLength(41);
    expect(loopOf(arc(0.95))).toHaveLength(41);
    expect(loopOf(arc(0.6))).toBeNull();
  });

  it('is no dot, no line, and none that goes there and back', () => {
    expect(loopOf([])).toBeNull();
    expect(loopOf(along([[50, 50]]))).toBeNull();
    expect(
      loopOf(
        along([
          [0, 0],
          [300, 4],
        ]),
      ),
    ).toBeNull();
    expect(
      loopOf(
        along([
          [0, 0],
          [100, 2],
          [200, 0],
          [100, 4],
          [1, 3],
        ]),
      ),
    ).toBeNull();
  });
});
