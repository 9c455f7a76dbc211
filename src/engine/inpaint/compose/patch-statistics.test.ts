import { describe, expect, it } from 'vitest';
import type { PlainLevel } from '../detail/patch-level';
import { Random } from '../../numeric/random';
import { offsetPeaks } from './offset-peaks';
import { patchStatistics } from './patch-statistics';

const pause = () => Promise.resolve();

/** A level painted by a function, with a hole of 20 x 20 in its middle. */
function levelOf(size: number, value: (x: number, y: number) => number): PlainLevel {
  const colours = new Uint16Array(3 * size * size);
  const state = new Uint8Array(size * size);
  const allowed = new Uint8Array(size * size).fill(1);
  const first = size / 2 - 10;
  for (let at = 0; at < state.length; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    colours.fill(value(x, y), 3 * at, 3 * at + 3);
    if (x < first || y < first || x >= first + 20 || y >= first + 20) continue;
    state[at] = 1;
    allowed[at] = 0;
  }
  return { width: size, height: size, colours, state, allowed };
}

/** Noise that repeats every `across` columns and `down` rows. */
function wallpaper(across: number, down: number): (x: number, y: number) => number {
  const random = new Random(3);
  const tile = Array.from({ length: across * down }, () => random.integer(0, 1000));
  return (x, y) => tile[(y % down) * across + (x % across)];
}

describe('the statistics of patches', () => {
  it('find the periods of what repeats', async () => {
    const level = levelOf(96, wallpaper(17, 13));
    const statistics = await patchStatistics(level, new Random(1), pause);
    const peaks = offsetPeaks(statistics, { count: 8, sigma: 1.4, separation: 3 });
    expect(peaks.length).toBeGreaterThan(3);
    for (const { dx, dy } of peaks) expect([Math.abs(dx % 17), Math.abs(dy % 13)]).toEqual([0, 0]);
  });

  it('compare no patch with one that is nearer than a fifteenth of the window, or not to be copied', async () => {
    const level = levelOf(90, (x, y) => 5 * x + 3 * y);
    level.allowed.fill(0, 0, 90 * 20);
    const { x, y, dx, dy } = await patchStatistics(level, new Random(1), pause);
    expect(x.length).toBeGreaterThan(1000);
    for (let n = 0; n < x.length; n++) {
      expect(Math.hypot(dx[n], dy[n])).toBeGreaterThanOrEqual(90 / 15);
      const [u, v] = [x[n] + dx[n], y[n] + dy[n]];
      for (const [i, j] of [
        [u - 3, v - 3],
        [u + 3, v - 3],
        [u - 3, v + 3],
        [u + 3, v + 3],
      ]) {
        expect(level.allowed[j * 90 + i]).toBe(1);
      }
    }
  });

  it('are none where nothing may be copied', async () => {
    const level = levelOf(64, () => 100);
    level.allowed.fill(0);
    expect((await patchStatistics(level, new Random(1), pause)).x).toHaveLength(0);
  });
});
