import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { type Candidate, findCandidates } from './candidates';
import { BARRED, HOLE, Level, SOURCE } from './level';

const SIDE = 80;
const pause = () => Promise.resolve();

/** A wall of bricks of 16 x 8 native pixels at half its size, every one of another red, with a hole of 24 x 24. */
function wall(barred: (x: number, y: number) => boolean = () => false): Level {
  const random = new Random(5);
  const reds = Array.from({ length: 400 }, () => random.integer(120, 200));
  const rgb = new Uint8Array(3 * SIDE * SIDE);
  const state = new Uint8Array(SIDE * SIDE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const row = Math.floor(y / 4);
    const column = Math.floor((x + (row % 2) * 4) / 8);
    const joint = y % 4 === 0 || (x + (row % 2) * 4) % 8 === 0;
    rgb.set(joint ? [210, 210, 205] : [reds[(row * 11 + column) % reds.length], 80, 60], 3 * at);
    const inside = x >= 28 && x < 52 && y >= 28 && y < 52;
    state[at] = inside ? HOLE : barred(x, y) ? BARRED : SOURCE;
    if (inside) rgb.set([170, 110, 95], 3 * at);
  }
  return new Level({ width: SIDE, height: SIDE }, 2, 2, rgb, 255, state);
}

async function candidatesOf(level: Level, seed = 1, guided = true): Promise<readonly Candidate[]> {
  return (await findCandidates(level, level.allLab(), { seed, guided, pause })).found;
}

describe('the candidates of a hole', () => {
  it('lie whole bricks away where a wall is to go on', async () => {
    const found = await candidatesOf(wall());
    const strongest = found.filter(({ kind }) => kind === 'stats').slice(0, 10);
    expect(strongest).toHaveLength(10);
    for (const { map } of strongest) {
      const rows = map.dy / 8;
      expect(Number.isInteger(rows)).toBe(true);
      expect(Math.abs(map.dx) % 16).toBe(Math.abs(rows) % 2 === 1 ? 8 : 0);
    }
  });

  it('come from the statistics, from both fills and from beside the hole, each shift once and none of nothing', async () => {
    const found = await candidatesOf(wall());
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['stats', 'free', 'beside', 'guided']));
    const shifts = found.map(({ map }) => `${map.dx} ${map.dy}`);
    expect(new Set(shifts).size).toBe(shifts.length);
    expect(shifts).not.toContain('0 0');
    expect(found.length).toBeLessThanOrEqual(148);
  });

  it('leave the network out where it is not asked', async () => {
    const kinds = new Set((await candidatesOf(wall(), 1, false)).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['stats', 'free', 'beside']));
  });

  it('hold what lies beside the hole on a slow gradient, where likenesses are too near to be copied', async () => {
    const rgb = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => 40 + Math.floor(i / 3 / SIDE));
    const state = new Uint8Array(SIDE * SIDE);
    for (let y = 30; y < 40; y++) state.fill(HOLE, y * SIDE + 40, (y + 1) * SIDE);
    const found = await candidatesOf(new Level({ width: SIDE, height: SIDE }, 1, 1, rgb, 255, state));
    const beside = found.filter(({ map }) => map.dy === 0 && map.dx <= -40);
    expect(beside.map(({ kind }) => kind)).toContain('beside');
    // To the right of it nothing is left.
    expect(found.filter(({ kind, map }) => kind === 'beside' && map.dx > 0)).toEqual([]);
  });

  it('each lead a hundredth of the hole or more to pixels that may be copied', async () => {
    const level = wall((x) => x < 56);
    const found = await candidatesOf(level);
    expect(found.length).toBeGreaterThan(20);
    for (const { map } of found) {
      const onLevel = level.mapOf(map);
      let led = 0;
      for (let y = 28; y < 52; y++) for (let x = 28; x < 52; x++) if (level.mayCopy(onLevel, x, y)) led++;
      expect(led).toBeGreaterThanOrEqual((24 * 24) / 100);
    }
  });

  it('are the same for the same seed, and others for another', async () => {
    const first = await candidatesOf(wall());
    expect(await candidatesOf(wall())).toEqual(first);
    expect(await candidatesOf(wall(), 2)).not.toEqual(first);
  });

  it('are none where nothing may be copied', async () => {
    expect(await candidatesOf(wall(() => true))).toEqual([]);
  });

  it('stop where the pause throws', async () => {
    const stopped = () => Promise.reject(new Error('stopped'));
    const level = wall();
    const search = findCandidates(level, level.allLab(), { seed: 1, guided: true, pause: stopped });
    await expect(search).rejects.toThrow('stopped');
  });
});
