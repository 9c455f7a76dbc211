/**
 * Fills a hole with patches as Wexler et al. 2007 and Barnes et al. 2009 do. The fill itself is not wanted, only the
 * offsets that it is made of: those that occur often are candidates for large pieces.
 */
import type { Random } from '../../numeric/random';
import { HOLE, type PlainLevel } from '../detail/patch-level';
import { PATCH } from '../detail/patches';
import { pyramid, synthesise } from '../detail/synthesis';
import { DETAIL_TUNING, type DetailTuning } from '../detail/tuning';
import type { Pause } from '../../raster/pacing';
import type { OffsetSample } from './offset-peaks';

/** What stands where is decided at coarse levels, where a round is cheap; the finest is only to find exact offsets. */
const ROUNDS = { rounds: 6, finestRounds: 2 };
/** Started from the surroundings' colours, and nothing but known pixels decides. */
export const FREE: DetailTuning = { ...DETAIL_TUNING, ...ROUNDS, guidance: 0, known: 3 };
/** Started from the network's fill, which pulls the patches by its smooth colours. */
export const GUIDED: DetailTuning = { ...DETAIL_TUNING, ...ROUNDS, guidance: 0.25, guideSigma: 5, known: 3 };

/** Patches around the hole count half as much as those whose middle lies in it. */
const OUTSIDE_WEIGHT = 0.5;

/**
 * @param level in its hole stands what the search begins with; not changed
 * @returns an offset for every patch that touches the hole; none where no patch may be copied
 */
export async function completionOffsets(
  level: PlainLevel,
  tuning: DetailTuning,
  random: Random,
  pause: Pause,
): Promise<OffsetSample> {
  const levels = await pyramid({ ...level, colours: level.colours.slice() }, pause);
  const { target, from } = await synthesise(levels, tuning, random, pause, false);
  const { columns, total } = target;
  const { width, state } = target.level;
  const middle = (PATCH >> 1) * (width + 1);
  const [dx, dy, weight]: [number[], number[], number[]] = [[], [], []];
  for (let at = 0; at < total.length; at++) {
    if (total[at] === 0) continue;
    const x = at % columns;
    const y = Math.floor(at / columns);
    dx.push((from[at] % width) - x);
    dy.push(Math.floor(from[at] / width) - y);
    weight.push(state[y * width + x + middle] === HOLE ? 1 : OUTSIDE_WEIGHT);
  }
  return { dx, dy, weight };
}
