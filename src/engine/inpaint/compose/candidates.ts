/** The candidate pieces of a hole: shifts to places in the photograph that it may be filled from. */
import { boundsWhere, type Rect } from '../../../shared/geometry';
import { Random } from '../../train/random';
import { sourcePatches } from '../detail/patches';
import type { Pause } from '../pacing';
import { type Affine, shiftBy } from './affine';
import { blur } from './blur';
import { completionOffsets, FREE, GUIDED } from './completion';
import { BARRED, HOLE, type Level } from './level';
import { type Offset, offsetPeaks } from './offset-peaks';
import { patchLayer } from './patch-layer';
import { type PatchStatistics, patchStatistics } from './patch-statistics';

/** Where a candidate was found: among the picture's own repetitions, or in a fill by patches without or with the network. */
export type CandidateKind = 'stats' | 'free' | 'guided';

export interface Candidate {
  readonly map: Affine;
  readonly kind: CandidateKind;
}

/** How many of each kind, and which offsets count as one, pixels of the level. */
const STATS = { count: 60, sigma: 1.4, separation: 3 };
const COMPLETED = { count: 40, sigma: 0.6, separation: 1 };

export interface CandidateRequest {
  readonly seed: number;
  /** Whether the network's fill says where to look, too. */
  readonly guided: boolean;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: Pause;
}

export interface Candidates {
  readonly found: readonly Candidate[];
  /** What the picture repeats around this hole. */
  readonly statistics: PatchStatistics;
}

/**
 * @param level the hole and its window at the working scale
 * @param lab height x width x 3; the network's fill in the hole
 * @returns the statistics' first, each kind's most frequent first; no shift twice; the same for the same seed
 */
export async function findCandidates(
  level: Level,
  lab: Float32Array,
  { seed, guided, pause }: CandidateRequest,
): Promise<Candidates> {
  const layer = patchLayer(level, lab);
  const hole = boundsWhere(level, (at) => level.state[at] === HOLE);
  const random = (stream: number) => new Random(seed, stream);
  const none = { found: [], statistics: await patchStatistics(layer, hole ?? EMPTY_BOX, random(1), pause) };
  if (!hole || sourcePatches(layer).list.length === 0) return none;
  const { statistics } = none;
  const pool = new Pool(level);
  pool.add('stats', offsetPeaks(statistics, STATS));
  await pause();
  const surroundings = patchLayer(level, withSurroundings(level, lab, hole));
  const free = await completionOffsets(surroundings, FREE, random(2), pause);
  pool.add('free', offsetPeaks(free, COMPLETED));
  await pause();
  if (guided) pool.add('guided', offsetPeaks(await completionOffsets(layer, GUIDED, random(3), pause), COMPLETED));
  return { found: pool.candidates, statistics };
}

const EMPTY_BOX: Rect = { x: 0, y: 0, width: 0, height: 0 };

class Pool {
  readonly candidates: Candidate[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly level: Level) {}

  add(kind: CandidateKind, offsets: readonly Offset[]): void {
    const { scaleX, scaleY } = this.level;
    for (const { dx, dy } of offsets) {
      const key = `${dx} ${dy}`;
      if (this.seen.has(key) || (dx === 0 && dy === 0)) continue;
      this.seen.add(key);
      this.candidates.push({ map: shiftBy(dx * scaleX, dy * scaleY), kind });
    }
  }
}

/** Colours with the hole filled from what is known around it, as smooth as the hole is large. */
function withSurroundings(level: Level, lab: Float32Array, hole: Rect): Float32Array {
  const { width, height, state } = level;
  const area = width * height;
  const sigma = Math.max(4, Math.max(hole.width, hole.height) / 4);
  const scratch = new Float32Array(area);
  const weight = Float32Array.from(state, (value) => (value <= BARRED ? 1 : 0));
  const plane = new Float32Array(area);
  const filled = lab.slice();
  const known = weight.slice();
  blur(weight, level, sigma, scratch);
  for (let c = 0; c < 3; c++) {
    for (let at = 0; at < area; at++) plane[at] = known[at] * lab[3 * at + c];
    blur(plane, level, sigma, scratch);
    for (let at = 0; at < area; at++) {
      if (state[at] === HOLE) filled[3 * at + c] = plane[at] / Math.max(1e-4, weight[at]);
    }
  }
  return filled;
}
