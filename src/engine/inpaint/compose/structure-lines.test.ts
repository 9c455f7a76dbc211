import { describe, expect, it } from 'vitest';
import type { Point } from '../../../shared/geometry';
import { HOLE, Level } from './level';
import { structureLines } from './structure-lines';

const WIDTH = 200;
const HEIGHT = 160;

/** A horizon at y = 80 behind a hole x 70..129, y 50..109. */
function horizon(): Level {
  const state = new Uint8Array(WIDTH * HEIGHT);
  const rgb = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let at = 0; at < state.length; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const inHole = x >= 70 && x < 130 && y >= 50 && y < 110;
    state[at] = inHole ? HOLE : 0;
    rgb.fill(inHole ? 130 : y < 80 ? 200 : 60, 3 * at, 3 * at + 3);
  }
  return new Level({ width: WIDTH, height: HEIGHT }, 1, 1, rgb, 255, state);
}

const line = (...places: readonly (readonly [number, number])[]): Point[] => places.map(([x, y]) => ({ x, y }));
const lookFor = (drawn: readonly Point[][], automatic: boolean, removed: readonly Point[][] = []) =>
  structureLines([horizon()], { drawn, automatic, removed }, () => Promise.resolve());

describe('the lines that a hole is composed along', () => {
  it('are those that are found', async () => {
    const { lines, found } = await lookFor([], true);
    expect([lines.length, found]).toEqual([1, 1]);
    for (const { y } of lines[0].points) expect(Math.abs(y - 79.5)).toBeLessThan(0.3);
    expect(lines[0].weight).toBeGreaterThan(1);
  });

  it('are none when none is drawn and none is to be found', async () => {
    expect(await lookFor([], false)).toEqual({ lines: [], found: 0 });
  });

  it('are found no more where one is drawn, however far it reaches', async () => {
    const drawn = line([60, 80], [100, 78.8], [140, 80]);
    const { lines, found } = await lookFor([drawn], true);
    expect([lines.length, found]).toEqual([1, 0]);
  });

  it('leave out what a person took away, and keep what lies elsewhere', async () => {
    expect((await lookFor([], true, [line([5, 79.5], [195, 80])])).found).toBe(0);
    expect((await lookFor([], true, [line([5, 60], [195, 60])])).found).toBe(1);
  });

  it('are straight where a hand meant so, and only those that cross this hole', async () => {
    const shaky = line([60, 70], [80, 70.6], [100, 69.5], [140, 70]);
    const elsewhere = line([10, 10], [190, 12]);
    const { lines } = await lookFor([shaky, elsewhere], false);
    expect(lines.map(({ points }) => points.length)).toEqual([2]);
    // Drawn ones count, however faint.
    expect(lines[0].weight).toBeGreaterThanOrEqual(1);
  });
});
