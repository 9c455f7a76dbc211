import { setImmediate } from 'node:timers/promises';
import type { BitPlane } from '../../shared/bit-plane';
import { StudioError } from '../../shared/errors';
import { intersect, type Rect, rectOf } from '../../shared/geometry';
import type { SourceMap } from '../../shared/source-map';
import type { LaidPatch, Patch, Picture } from '../image/picture';
import type { Generator, GeneratorInput } from '../library/generator';
import { blendFill } from './blend';
import { type CropPlan, workingSides } from './crop-plan';
import { addDetail } from './detail/detail';
import { sourceMapOf } from './detail/source-map';
import { featherPatch } from './feather';
import { type Hint, hintUnder, layHint, presenceAt, type WorkingHint, withHintKnown } from './hint';
import { groupHoles, type HoleGroup } from './hole-groups';
import { PictureView } from './picture-view';
import { shrinkRows } from './resample';
import { CropPlanner, type PlannedCrop } from './source-region';
import { marchedFill } from './telea';
import { anyUnder } from './working-masks';

export type FillStage = 'preparing' | 'coarse' | 'refining' | 'blending' | 'detail';

export interface FillHoleRequest {
  /** Only read. */
  readonly picture: Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'samples'>;
  /** Patches of earlier edits that the fill sees as part of the picture, lowest first. */
  readonly below?: readonly LaidPatch[];
  /** Picture-sized; what is to be filled. */
  readonly hole: BitPlane;
  /** Picture-sized; where patches may come from. null: anywhere outside the hole. Hole pixels in it never count. */
  readonly source: BitPlane | null;
  readonly generator: Generator;
  /** Longest side of what the network sees, in working pixels; rounded down to the generator's multiple. */
  readonly workingSize: number;
  /** How much of the source's fine structure the fill takes on: 0 none, the network's fill as it is; 1 (default) all. */
  readonly detail?: number;
  /** Width of the soft edge inside the hole, pixels; 0 (default): the fill ends where the hole does. */
  readonly feather?: number;
  /** Another seed finds other patches for the detail. The same one gives the same fill. */
  readonly seed?: number;
  /** Colours that were painted into the hole. Only for generators with a coarse stage. */
  readonly hint?: Hint;
  /** How strongly the hint holds, 0..1 (default). */
  readonly hintStrength?: number;
  /** Ends with the coarse fill, blended: a person wants to look at it, and to paint a hint, before it is refined. */
  readonly stopAfter?: 'coarse';
  readonly signal?: AbortSignal;
  /** Called for every patch that took its detail from the picture; `index`: its place in the result. */
  readonly onSourceMap?: (index: number, map: SourceMap) => void;
  /** Called once, before the first stage: the parts of the picture that the fill will look at. */
  readonly onCrops?: (boxes: readonly Rect[]) => void;
  /**
   * What the fill looks like so far: every patch to show, coarse ones where no better is there yet. Replaces what an
   * earlier call said. Called at least once when the generator has a coarse stage.
   */
  readonly onCoarse?: (patches: readonly Patch[]) => void;
  /** `fraction` runs from 0 to 1 over the whole fill and never falls. */
  readonly onProgress?: (stage: FillStage, fraction: number) => void;
}

/** Share of a group's time at each stage: measured for the full-width generator. */
const SHARES = { preparing: 0.02, coarse: 0.22, refining: 0.38, blending: 0.02, detail: 0.36 } as const;
/** Coarse fills wait for their refine stage in memory; groups are worked off in batches that need at most this. */
const BATCH_BYTES = 96 * 1024 * 1024;

interface GroupJob extends PlannedCrop {
  readonly group: HoleGroup;
  /** Picture-sized: known pixels of the source region. */
  readonly allowed: BitPlane;
}

/** A group whose coarse stage is over. */
interface Begun extends GroupJob {
  /** 3 x plan.working, [-1, 1], the hint blended in. */
  readonly coarse: Float32Array;
  readonly hint: WorkingHint | null;
  /** The coarse fill, blended; null for a generator without a coarse stage. */
  readonly preview: Patch | null;
}

/**
 * Fills a hole: groups of holes near each other, each in its own crop at the scale that suits the model, coarse first,
 * then refined, then blended and given detail at the picture's own resolution (DESIGN.md, "A hole is filled like this"). Groups come one
 * after another, so that a later one sees what the earlier ones were filled with; filled pixels are context, but never
 * copied from.
 *
 * @returns patches of the picture's depth that cover every hole pixel exactly once, and no other
 * @throws StudioError
 *  `hole-empty`, `hole-everything` (not even one patch of known pixels), `source-too-small` (no usable patch in the
 *  source region), `mask-size-mismatch`, `bad-request` (source region with a generator that cannot honour one,
 *  and no detail; a hint, or a stop at the coarse fill, with one that has no coarse stage), `cancelled`, and what the
 *  generator throws.
 */
export async function fillHole(request: FillHoleRequest): Promise<Patch[]> {
  const progress = new Progress(request);
  await progress.enter('preparing', 0);
  checkRequest(request);
  const { picture, hole, source, generator } = request;
  const sides = workingSides(request.workingSize, generator.sizeMultiple, generator.fixedSide);
  const jobs = planAll(hole, source, sides);
  progress.expect(jobs.map(({ plan }) => plan));
  request.onCrops?.(jobs.map(({ plan }) => intersect(plan.box, rectOf(picture))));

  const view = new PictureView(picture, request.below);
  const open = hole.clone();
  const finished: Patch[] = [];
  for (const batch of batchesOf(jobs)) {
    const begun = await coarseStage(batch, request, view, open, finished, progress);
    for (const job of begun) {
      const stop = request.stopAfter === 'coarse' ? job.preview : null;
      const patch = stop ?? (await refineStage(job, request, view, open, progress, finished.length));
      view.lay(patch);
      close(open, patch);
      finished.push(patch);
    }
  }
  progress.finish();
  // Only now: what is filled later must not see through the edge of what was filled before.
  const below = new PictureView(picture, request.below);
  return finished.map((patch) => featherPatch(patch, hole, below, request.feather ?? 0));
}

function planAll(hole: BitPlane, source: BitPlane | null, sides: readonly number[]): GroupJob[] {
  const planner = new CropPlanner(hole, source, sides);
  return groupHoles(hole, (box) => planner.costOf(box)).map((group) => ({
    group,
    allowed: planner.allowed,
    ...planner.cropOf(group),
  }));
}

/** Runs the coarse stage of a batch and shows it. Later groups of the batch see the coarse fills of earlier ones. */
async function coarseStage(
  jobs: readonly GroupJob[],
  request: FillHoleRequest,
  view: PictureView,
  open: BitPlane,
  finished: readonly Patch[],
  progress: Progress,
): Promise<Begun[]> {
  const { generator } = request;
  const preview = view.copy();
  const previewOpen = open.clone();
  const shown = [...finished];
  const begun: Begun[] = [];
  for (const job of jobs) {
    await progress.enter('preparing', SHARES.preparing, job.plan);
    const input = inputOf(job, preview, previewOpen);
    await progress.enter('coarse', SHARES.coarse, job.plan);
    if (!generator.capabilities.coarse) {
      begun.push({ ...job, coarse: input.image, hint: null, preview: null });
      continue;
    }
    const hint = request.hint ? hintUnder(request.hint, job.plan, request.picture) : null;
    const coarse = await coarseFill(generator, input, hint, request);
    const pause = () => progress.check();
    const patch = await blendFill({ view: preview, ...job, open: previewOpen, image: coarse, pause });
    preview.lay(patch);
    close(previewOpen, patch);
    shown.push(patch);
    begun.push({ ...job, coarse, hint, preview: patch });
  }
  await progress.check();
  if (generator.capabilities.coarse) request.onCoarse?.(shown);
  return begun;
}

async function refineStage(
  job: Begun,
  request: FillHoleRequest,
  view: PictureView,
  open: BitPlane,
  progress: Progress,
  index: number,
): Promise<Patch> {
  const { generator, signal } = request;
  await progress.enter('refining', SHARES.refining, job.plan);
  const input = inputOf(job, view, open);
  const { image } = await generator.refine(input, job.coarse, signal);
  await progress.enter('blending', SHARES.blending, job.plan);
  const pause = () => progress.check();
  const patch = await blendFill({ view, ...job, open, image, pause });
  const { detail = 1, seed = 0 } = request;
  if (detail === 0) return patch;
  await progress.enter('detail', SHARES.detail, job.plan);
  const { plan, allowed } = job;
  const continued = await blendFill({ view, ...job, open, image: marchedFill(input), pause });
  const hold = job.hint && presenceAt(job.hint, plan, request.hintStrength ?? 1);
  const { box: window } = plan;
  const scale = structureScale(plan);
  const asked = { view, patch, continued, scale, window, open, allowed, strength: detail, seed, pause };
  const detailed = await addDetail({ ...asked, ...(hold ? { hold } : {}) });
  const { onSourceMap } = request;
  if (detailed.field && onSourceMap) {
    onSourceMap(index, await sourceMapOf(detailed.field, detailed.patch, detailed.window, pause));
  }
  return detailed.patch;
}

/** The coarse fill that is refined: between the one without the hint and the one that knows it, as strongly as it holds. */
async function coarseFill(
  generator: Generator,
  input: GeneratorInput,
  hint: WorkingHint | null,
  { hintStrength = 1, signal }: FillHoleRequest,
): Promise<Float32Array> {
  if (!hint || hintStrength === 0) return generator.coarse(input, signal);
  const hinted = await generator.coarse(withHintKnown(input, hint), signal);
  layHint(hinted, hint, input.hole);
  if (hintStrength === 1) return hinted;
  const plain = await generator.coarse(input, signal);
  return plain.map((value, at) => value + hintStrength * (hinted[at] - value));
}

/** The crop at working size. What is still open, of this group or another, is hole and blank. */
function inputOf({ plan, source }: GroupJob, view: PictureView, open: BitPlane): GeneratorInput {
  const { box, working } = plan;
  const hole = anyUnder(open, box, working, 'mirrored');
  const image = shrinkRows((y, row) => view.readRow(box.y + y, box.x, box.width, row), box, working);
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === 0) continue;
    image[at] = 0;
    image[hole.length + at] = 0;
    image[2 * hole.length + at] = 0;
  }
  return { width: working.width, height: working.height, image, hole, source: source() };
}

function checkRequest({ picture, hole, source, generator, detail = 1, hint, stopAfter }: FillHoleRequest): void {
  for (const plane of [hole, source]) {
    if (plane && (plane.width !== picture.width || plane.height !== picture.height)) {
      throw new StudioError({
        code: 'mask-size-mismatch',
        message: `The mask is ${plane.width} x ${plane.height} pixels, the picture ${picture.width} x ${picture.height}.`,
        remedy: 'Use a mask of exactly the picture’s size.',
      });
    }
  }
  const pixels = hole.count();
  if (pixels === 0) {
    throw new StudioError({
      code: 'hole-empty',
      message: 'There is no hole to fill.',
      remedy: 'Paint over what should vanish.',
    });
  }
  if (pixels === picture.width * picture.height) {
    throw new StudioError({
      code: 'hole-everything',
      message: 'The hole is the whole picture; nothing is left to continue it from.',
      remedy: 'Leave a part of the picture unpainted.',
    });
  }
  if ((hint || stopAfter) && !generator.capabilities.coarse) refuseWithoutCoarse(generator);
  // A generator without attention leaves the source region to the detail step.
  if (source && !generator.capabilities.sourceRegion && detail === 0) {
    throw new StudioError({
      code: 'bad-request',
      message: `The model "${generator.id}" cannot be told where to take patches from, and detail is off.`,
      remedy: 'Turn detail on, clear the source region, or choose another model.',
    });
  }
}

function refuseWithoutCoarse(generator: Generator): never {
  throw new StudioError({
    code: 'bad-request',
    message: `The model "${generator.id}" has no coarse stage, so it can neither stop there nor take a colour hint.`,
    remedy: 'Choose another model, or leave the hint out.',
  });
}

function close(open: BitPlane, { box, hole }: Patch): void {
  // The box's left edge lies on a byte (HoleGroup), so bits are cleared eight at a time.
  for (let y = 0; y < box.height; y++) {
    const to = (box.y + y) * open.stride + box.x / 8;
    for (let b = 0; b < hole.stride; b++) open.bits[to + b] &= ~hole.bits[y * hole.stride + b];
  }
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

/** Side of the crops that generators are trained with, working pixels: in larger ones their structure gets coarser. */
const TRAINED_SIDE = 256;

/** Picture pixels under the finest detail of a generator's structure. */
function structureScale({ scale, working }: CropPlan): number {
  return scale * Math.sqrt(Math.max(1, Math.max(working.width, working.height) / TRAINED_SIDE));
}

function areaOf({ working }: CropPlan): number {
  return working.width * working.height;
}

/** Tells how far the fill is, weighted by the crops' working pixels, and stops it when asked. */
class Progress {
  private total = 1;
  private done = 0;
  private current = 0;

  constructor(private readonly request: FillHoleRequest) {}

  expect(plans: readonly CropPlan[]): void {
    const whole = this.request.stopAfter === 'coarse' ? SHARES.preparing + SHARES.coarse : 1;
    this.total = whole * plans.reduce((sum, plan) => sum + areaOf(plan), 0);
  }

  /** Ends the stage before and begins one that takes `share` of a crop's time. */
  async enter(stage: FillStage, share: number, plan?: CropPlan): Promise<void> {
    this.done += this.current;
    this.current = plan ? (share * areaOf(plan)) / this.total : 0;
    this.request.onProgress?.(stage, Math.min(1, this.done));
    await this.check();
  }

  /** Lets messages in, so that a cancel is heard, and throws when it came. */
  async check(): Promise<void> {
    await setImmediate();
    if (this.request.signal?.aborted) {
      throw new StudioError({ code: 'cancelled', message: 'The fill was cancelled.', remedy: '' });
    }
  }

  finish(): void {
    this.request.onProgress?.(this.request.stopAfter ?? 'detail', 1);
  }
}
