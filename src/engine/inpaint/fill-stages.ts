/** The stages that a group of holes goes through, each on what the ones before it left. */
import type { BitPlane } from '../../shared/bit-plane';
import type { SourceMap } from '../../shared/source-map';
import type { StructureLine } from '../../shared/structure-line';
import type { Patch } from '../image/picture';
import type { Generator, GeneratorInput } from './generator';
import { blendFill } from './blend';
import { ComposedFill } from './compose/compose-fill';
import type { FillWishes } from './compose/piece-wishes';
import type { LineWishes } from './compose/structure-lines';
import { addDetail } from './detail/detail';
import { sourceMapOf } from './detail/source-map';
import { type Progress, SHARES } from './fill-progress';
import type { FillHoleRequest } from './fill-request';
import { hintUnder, layHint, presenceAt, type WorkingHint, withHintKnown } from './hint';
import type { HoleGroup } from './hole-groups';
import type { PictureView } from '../image/picture-view';
import { shrinkRows } from '../raster/resample';
import type { PlannedCrop } from './source-region';
import { anyUnder } from './working-masks';

export interface GroupJob extends PlannedCrop {
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

/** A group that is filled; the map says where its detail came from, where it has any and that was asked for. */
export interface RefinedGroup {
  readonly patch: Patch;
  readonly map: SourceMap | null;
  /** Edges that were found and continued. */
  readonly lines: readonly StructureLine[];
  /** Of one that is made of pieces. */
  readonly composed?: ComposedFill;
}

/**
 * What was prepared for a fill by pieces is kept up to this, bytes: of a hole 256 wide it is 16 MB (measured), of one of
 * 1000 x 800 in a large photo some 100, by the sizes of its arrays.
 */
const MOST_KEPT = 128 * 2 ** 20;
/** Of what a fill may take, where that is limited. */
const KEPT_SHARE = 0.2;

/** Runs the coarse stage of a batch and shows it. Later groups of the batch see the coarse fills of earlier ones. */
export async function coarseStage(
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

export interface RefineLimits {
  /** See `FillEffort`. */
  readonly detailStep: number;
  /** Memory that what was prepared may take when the group is done, bytes. */
  readonly kept: number;
}

/** How much of what a fill by pieces prepares is kept for another cut, bytes. */
export function keptOf({ onComposed, memoryLimit = Infinity }: FillHoleRequest): number {
  return onComposed ? Math.min(MOST_KEPT, KEPT_SHARE * memoryLimit) : 0;
}

export async function refineStage(
  job: Begun,
  request: FillHoleRequest,
  view: PictureView,
  open: BitPlane,
  progress: Progress,
  { detailStep, kept }: RefineLimits,
): Promise<RefinedGroup> {
  const { generator, signal } = request;
  await progress.enter('refining', SHARES.refining, job.plan);
  const input = inputOf(job, view, open);
  const { image } = await generator.refine(input, job.coarse, signal);
  await progress.enter('blending', SHARES.blending, job.plan);
  const pause = () => progress.check();
  const patch = await blendFill({ view, ...job, open, image, pause });
  const { detail = 1, seed = 0 } = request;
  if (detail === 0) return { patch, map: null, lines: [] };
  await progress.enter('detail', SHARES.detail, job.plan);
  const { plan, allowed } = job;
  const hold = job.hint && presenceAt(job.hint, plan, request.hintStrength ?? 1);
  if (request.manner === 'remove') {
    const asked = { view, patch, open, allowed, seed, lines: linesOf(request), kept };
    const { memory } = request;
    const composed = new ComposedFill({
      ...asked,
      ...(hold ? { hold } : {}),
      ...(memory ? { memory: memory.holes } : {}),
    });
    return { ...(await composed.cut(wishesOf(request), pause)), composed };
  }
  const { box: window, scale, working } = plan;
  const side = Math.max(working.width, working.height);
  const asked = { view, patch, scale, side, window, open, allowed, strength: detail, seed, pause, step: detailStep };
  const detailed = await addDetail({ ...asked, ...(hold ? { hold } : {}) });
  const mapped = detailed.field !== null && request.onSourceMap !== undefined;
  return {
    patch: detailed.patch,
    map: mapped ? await sourceMapOf(detailed.field, detailed.patch, detailed.window, pause) : null,
    lines: [],
  };
}

/** The guide's weights of the composition's variants. */
const GUIDE_WEIGHTS = { strong: 0.15, none: 0 } as const;

/** What is decided when prepared pieces are cut. */
export function wishesOf({ guide = 'usual', automaticLines = true, pieces }: FillHoleRequest): FillWishes {
  return { automaticLines, ...pieces, ...(guide === 'usual' ? {} : { guideWeight: GUIDE_WEIGHTS[guide] }) };
}

/** Edges are found even where none is to be kept to, since fills that do share what is prepared. */
function linesOf({ lines = [], removedLines = [] }: FillHoleRequest): LineWishes {
  return {
    drawn: lines.map(({ points }) => points),
    automatic: true,
    removed: removedLines.map(({ points }) => points),
  };
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

/** Takes the pixels of a patch out of those that have no colour yet. */
export function close(open: BitPlane, { box, hole }: Patch): void {
  // The box's left edge lies on a byte (HoleGroup), so bits are cleared eight at a time.
  for (let y = 0; y < box.height; y++) {
    const to = (box.y + y) * open.stride + box.x / 8;
    for (let b = 0; b < hole.stride; b++) open.bits[to + b] &= ~hole.bits[y * hole.stride + b];
  }
}
