import { HOLE, type Level } from './level';

/** The pixels of a level that are cut: numbered, with their neighbours' numbers. */
export interface HolePixels {
  readonly count: number;
  /** Index in the level, of every one. */
  readonly at: Int32Array;
  /** Number of the pixel beside it, above or below; -1 where that is none of them. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/** @param chosen a part of the hole, as indices of the level; all of it when left out */
export function holePixels(level: Level, chosen?: Int32Array): HolePixels {
  const at = chosen ?? holeOf(level);
  const { box } = level;
  // Numbers of the pixels of the box, which the hole has a margin in wherever the level goes on.
  const numbers = new Int32Array(box.width * box.height).fill(-1);
  for (let i = 0; i < at.length; i++) numbers[level.placeOf(at[i])] = i;
  const side = () => new Int32Array(at.length).fill(-1);
  const [left, right, above, below] = [side(), side(), side(), side()];
  for (let i = 0; i < at.length; i++) {
    const k = level.placeOf(at[i]);
    const x = k % box.width;
    if (x > 0) left[i] = numbers[k - 1];
    if (x + 1 < box.width) right[i] = numbers[k + 1];
    if (k >= box.width) above[i] = numbers[k - box.width];
    if (k + box.width < numbers.length) below[i] = numbers[k + box.width];
  }
  return { count: at.length, at, left, right, above, below };
}

/** Indices of the hole's pixels, rising. */
export function holeOf({ state, box, width }: Level): Int32Array {
  let count = 0;
  const each = (use: (at: number) => void): void => {
    for (let y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) if (state[y * width + x] === HOLE) use(y * width + x);
    }
  };
  each(() => count++);
  const at = new Int32Array(count);
  count = 0;
  each((index) => (at[count++] = index));
  return at;
}
