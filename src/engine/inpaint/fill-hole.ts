import type { BitPlane } from '../../shared/bit-plane';
import { intersect, rectOf } from '../../shared/geometry';
import type { SourceMap } from '../../shared/source-map';
import type { StructureLine } from '../../shared/structure-line';
import type { Patch } from '../image/picture';
import { workingSides } from './crop-plan';
import { canBeCutAgain, type ComposedGroup } from './cut-again';
import { effortsFor, isOutOfMemory, memoryAtHand, memoryNeeded, outOfMemory } from './fill-effort';
import { areaOf, Progress } from './fill-progress';
import { checkRequest, type FillHoleRequest } from './fill-request';
import { close, coarseStage, type GroupJob, keptOf, type RefinedGroup, refineStage } from './fill-stages';
import { finishPatches } from './finish-patches';
import { groupHoles } from './hole-groups';
import { overScales } from './over-scales';
import { PictureView } from '../image/picture-view';
import { copyablePixels, isOpaque, visibleColours } from '../image/visible-colours';
import type { Pause } from '../raster/pacing';
import { CropPlanner } from './source-region';

/** Coarse fills wait for their refine stage in memory; groups are worked off in batches that need at most this. */
const BATCH_BYTES = 96 * 1024 * 1024;

/**
 * Fills a hole: groups of holes near each other, each in its own crop at the scale that suits the model, coarse first,
 * then refined, then blended and given detail at the picture's own resolution (DESIGN.md, "A hole is filled like this"). Groups come one
 * after another, so that a later one sees what the earlier ones were filled with; filled pixels are context, but never
 * copied from. Where memory does not suffice, the fill is done with less effort, and `onReduced` is told.
 *
 * @returns patches of the picture's depth that cover every hole pixel exactly once, and no other
 * @throws StudioError
 *  `hole-empty`, `hole-everything` (not even one patch of known pixels), `source-too-small` (no usable patch in the
 *  source region), `mask-size-mismatch`, `bad-request` (source region with a generator that cannot honour one,
 *  and no detail; a hint, or a stop at the coarse fill, with one that has no coarse stage), `cancelled`, `out-of-memory`
 *  (not even the smallest fill), and what the generator throws.
 */
export async function fillHole(given: FillHoleRequest): Promise<Patch[]> {
  const progress = new Progress(given);
  await progress.enter('preparing', 0);
  checkRequest(given);
  const seen = await visiblePart(given, () => progress.check());
  const whole = overScales(given.generator);
  const request = { ...given, ...seen, generator: given.memory?.remembering(whole) ?? whole };
  const atHand = memoryAtHand(request.memoryLimit);
  const efforts = effortsFor(request);
  let planned: Planned | null = null;
  for (const [index, effort] of efforts.entries()) {
    const { workingSize } = effort;
    planned = plannedFor(request, workingSize, planned);
    const { jobs } = planned;
    const last = index === efforts.length - 1;
    if (!last && memoryNeeded(jobs, request, effort) > atHand) continue;
    if (index > 0) request.onReduced?.(effort);
    try {
      return await fillGroups(request, jobs, effort.detailStep, progress);
    } catch (thrown) {
      if (!isOutOfMemory(thrown)) throw thrown;
      request.memory?.forget();
      if (last) throw outOfMemory(thrown);
    }
  }
  throw outOfMemory(null);
}

async function fillGroups(
  request: SeenRequest,
  jobs: readonly GroupJob[],
  detailStep: number,
  progress: Progress,
): Promise<Patch[]> {
  const { picture, hole } = request;
  progress.expect(jobs.map(({ plan }) => plan));
  request.onCrops?.(jobs.map(({ plan }) => intersect(plan.box, rectOf(picture))));
  const view = new PictureView(picture, request.below);
  const open = hole.clone();
  const finished: Patch[] = [];
  const maps: (SourceMap | null)[] = [];
  const found: StructureLine[] = [];
  const composed: ComposedGroup[] = [];
  let room = keptOf(request);
  for (const batch of batchesOf(jobs)) {
    const begun = await coarseStage(batch, request, view, open, finished, progress);
    for (const job of begun) {
      const stop = request.stopAfter === 'coarse' ? job.preview : null;
      const refined: RefinedGroup = stop
        ? { patch: stop, map: null, lines: [] }
        : await refineStage(job, request, view, open, progress, { detailStep, kept: Math.max(0, room) });
      const { patch, map, lines } = refined;
      view.lay(patch);
      close(open, patch);
      finished.push(patch);
      maps.push(map);
      found.push(...lines);
      if (!refined.composed) continue;
      room -= refined.composed.bytes;
      if (room >= 0) composed.push({ fill: refined.composed, crop: job.plan.box });
      // All or none: a fill is cut again as a whole.
      else composed.length = 0;
    }
  }
  progress.finish();
  for (const [index, map] of maps.entries()) if (map) request.onSourceMap?.(index, map);
  request.onLines?.(found);
  if (composed.length === jobs.length && canBeCutAgain(composed, picture)) {
    request.onComposed?.(composed.map(({ fill }) => fill));
  }
  return finishPatches(finished, request, progress);
}

/** A request whose picture has no hidden colours. */
type SeenRequest = FillHoleRequest & {
  /** Picture-sized: pixels whose colours can be seen; null: all. */
  readonly copyable: BitPlane | null;
};

async function visiblePart(
  { picture, hole, below }: FillHoleRequest,
  pause: Pause,
): Promise<Pick<SeenRequest, 'picture' | 'copyable'>> {
  if (isOpaque(picture)) return { picture, copyable: null };
  return { picture: await visibleColours(picture, hole, pause), copyable: copyablePixels(picture, hole, below) };
}

interface Planned {
  readonly workingSize: number;
  readonly jobs: readonly GroupJob[];
}

function plannedFor(request: SeenRequest, workingSize: number, known: Planned | null): Planned {
  return known?.workingSize === workingSize ? known : { workingSize, jobs: planAll(request, workingSize) };
}

function planAll({ hole, source, copyable, generator }: SeenRequest, workingSize: number): GroupJob[] {
  const sides = workingSides(workingSize, generator.sizeMultiple, generator.fixedSide);
  const planner = new CropPlanner(hole, source, copyable, sides);
  return groupHoles(hole, (box) => planner.costOf(box)).map((group) => ({
    group,
    allowed: planner.allowed,
    ...planner.cropOf(group),
  }));
}

function* batchesOf(jobs: readonly GroupJob[]): Iterable<readonly GroupJob[]> {
  let batch: GroupJob[] = [];
  let bytes = 0;
  for (const job of jobs) {
    const needs = 3 * 4 * areaOf(job.plan);
    if (batch.length > 0 && bytes + needs > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(job);
    bytes += needs;
  }
  if (batch.length > 0) yield batch;
}
