import type { Point } from '../../../shared/geometry';
import type { StrokeSample } from '../../../shared/stroke';

/** Of a stroke that may be a loop, in diameters of the tip: how far its ends are apart at most, and how long it is at least. */
const ENDS = 1.5;
const LENGTH = 5;
/** Part of the length that the ends of a large loop may be apart. */
const GAP = 0.1;
/** Of the area of the circle with its length that a loop encloses at least: a stroke there and back encloses none. */
const AREA = 0.2;

/** The way of a stroke that comes back to where it began, around an area; null for every other stroke. */
export function loopOf(samples: readonly StrokeSample[]): readonly Point[] | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return null;
  const diameter = 2 * first.radius;
  let length = 0;
  let doubled = 0;
  samples.forEach(({ x, y }, i) => {
    const before = samples[i - 1] ?? last;
    if (i > 0) length += Math.hypot(x - before.x, y - before.y);
    doubled += before.x * y - x * before.y;
  });
  const apart = Math.hypot(last.x - first.x, last.y - first.y);
  if (length < LENGTH * diameter || apart > Math.max(ENDS * diameter, GAP * length)) return null;
  const circle = length ** 2 / (4 * Math.PI);
  return Math.abs(doubled) / 2 < AREA * circle ? null : samples.map(({ x, y }) => ({ x, y }));
}
