/** The candidate pieces of a hole: shifts to places in the photograph that it may be filled from. */
import { boundsWhere, type Rect } from '../../../shared/geometry';
import { Random } from '../../numeric/random';
import { sourcePatches } from '../detail/patches';
import type { Pause } from '../../raster/pacing';
import { type Affine, shiftBy } from './affine';
import { blurColours } from './blur';
import { completionOffsets, FREE, GUIDED } from './completion';
import { holeOf } from './hole-pixels';
import { BARRED, HOLE, type Level, SOURCE } from './level';
import { type Offset, type OffsetSample, offsetPeaks, type PeakChoice } from './offset-peaks';
import { patchLevel } from './patch-level';
import { type PatchStatistics, patchStatistics } from './patch-statistics';

/**
 * Where a candidate was found: among the picture's own repetitions, in a fill by patches without or with the network, or
 * beside the hole.
 */
export type CandidateKind = 'stats' | 'free' | 'beside' | 'guided';

export interface Candidate {
  readonly map: Affine;
  readonly kind: CandidateKind;
}

/** How many of each kind at most, and which offsets count as one, pixels of the level. */
const STATS = { count: 60, sigma: 1.4, separation: 3 };
const COMPLETED = { count: 40, sigma: 0.6, separation: 1 };
/** Between the hole and its piece beside it, pixels of the level. */
const GAPS = [2, 16];
/** A candidate fills at least this share of the hole; others only cost time. */
const LEAST_SHARE = 0.01;

export interface CandidateRequest {
  readonly seed: number;
  /** Whether the network's fill says where to look, too. */
  readonly guided: boolean;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: Pause;
}

export interface Candidates {
  readonly found: readonly Candidate[];
  /** What the window repeats. */
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
  const searched = patchLevel(level, lab);
  const hole = boundsWhere(level, (at) => level.state[at] === HOLE);
  const random = (stream: number) => new Random(seed, stream);
  const statistics = await patchStatistics(searched, random(1), pause);
  if (!hole || sourcePatches(searched).list.length === 0) return { found: [], statistics };
  const pool = new Pool(level);
  pool.add('stats', statistics, STATS);
  await pause();
  const surroundings = patchLevel(level, withSurroundings(level, lab, hole));
  pool.add('free', await completionOffsets(surroundings, FREE, random(2), pause), COMPLETED);
  await pause();
  for (const offset of besideOffsets(hole)) pool.addOffset('beside', offset);
  if (guided) pool.add('guided', await completionOffsets(searched, GUIDED, random(3), pause), COMPLETED);
  return { found: pool.candidates, statistics };
}

/**
 * What lies beside the hole, above it and below. In slow gradients a patch's nearest likeness is so near that its source lies
 * in the hole, and no other search finds the pieces that would go on as wide as the hole.
 */
function besideOffsets({ width, height }: Rect): Offset[] {
  return GAPS.flatMap((gap) => [
    { dx: -width - gap, dy: 0 },
    { dx: width + gap, dy: 0 },
    { dx: 0, dy: -height - gap },
    { dx: 0, dy: height + gap },
  ]);
}

class Pool {
  readonly candidates: Candidate[] = [];
  private readonly seen = new Set<string>();
  private readonly hole: Int32Array;

  constructor(private readonly level: Level) {
    this.hole = holeOf(level);
  }

  /** Adds the most frequent offsets that are of use and not there yet. */
  add(kind: CandidateKind, sample: OffsetSample, choice: PeakChoice): void {
    const { scaleX, scaleY } = this.level;
    let left = choice.count;
    for (const { dx, dy } of offsetPeaks(sample, { ...choice, count: Infinity })) {
      if (!this.isUseful(dx, dy)) continue;
      const key = `${dx} ${dy}`;
      if (!this.seen.has(key)) this.candidates.push({ map: shiftBy(dx * scaleX, dy * scaleY), kind });
      this.seen.add(key);
      if (--left === 0) return;
    }
  }

  /** Adds one offset, if it is of use and not there yet. */
  addOffset(kind: CandidateKind, { dx, dy }: Offset): void {
    const key = `${dx} ${dy}`;
    if (this.seen.has(key) || !this.isUseful(dx, dy)) return;
    this.seen.add(key);
    this.candidates.push({ map: shiftBy(dx * this.level.scaleX, dy * this.level.scaleY), kind });
  }

  private isUseful(dx: number, dy: number): boolean {
    const { width, height, state } = this.level;
    let left = LEAST_SHARE * this.hole.length;
    for (const at of this.hole) {
      const x = (at % width) + dx;
      const y = Math.floor(at / width) + dy;
      if (x < 0 || y < 0 || x >= width || y >= height || state[y * width + x] !== SOURCE) continue;
      if (--left <= 0) return true;
    }
    return false;
  }
}

/** Colours with the hole filled from what is known around it, as smooth as the hole is large. */
function withSurroundings(level: Level, lab: Float32Array, hole: Rect): Float32Array {
  const { state } = level;
  const sigma = Math.max(4, Math.max(hole.width, hole.height) / 4);
  const known = Float32Array.from(state, (value) => (value <= BARRED ? 1 : 0));
  const around = blurColours(lab, known, level, sigma);
  return lab.map((value, i) => (state[Math.floor(i / 3)] === HOLE ? around[i] : value));
}
