/** How much memory a fill may take, what it would need, and with how much less effort it can be done. */
import { freemem, totalmem } from 'node:os';
import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { intersect, type Rect, rectOf, type Size } from '../../shared/geometry';
import type { FillEffort } from '../../shared/protocol/fills';
import { surroundings } from './compose/pyramid';
import { COMPOSE_TUNING } from './compose/tuning';
import type { FillHoleRequest } from './fill-request';
import type { GroupJob } from './fill-stages';
import { BLENDED_AT_ONCE } from './blend';

/** Working sizes that are tried below the one that was asked for, and the steps of the detail. */
const SMALLER_SIZES = [384, 256, 128];
const DETAIL_STEPS = [1, 2, 4, 8];

/** Measured peaks, rounded up: a session's own memory, and that of a working pixel in the network's process, bytes. */
const NETWORK_BYTES = 150 * 2 ** 20;
const NETWORK_BYTES_PER_PIXEL = 1900;
/** Of a pixel of the window that detail is made in; and of the piece that is blended at a time. */
const DETAIL_BYTES_PER_PIXEL = 120;
const BLEND_BYTES_PER_PIXEL = 100;
/** Of composing: candidates at the working scale; a pixel of the window, and one of the hole's box. */
const COMPOSE_BYTES = 100 * 2 ** 20;
const COMPOSE_BYTES_PER_PIXEL = 8;
const COMPOSE_BYTES_PER_HOLE_PIXEL = 36;
/** The rest of the free memory is left to other programs. */
const SHARE_OF_FREE = 0.8;

/** From what was asked for downwards: in turn coarser detail and a smaller network. Never empty. */
export function effortsFor({
  workingSize,
  detail = 1,
  manner = 'restore',
  generator,
}: Pick<FillHoleRequest, 'workingSize' | 'detail' | 'manner' | 'generator'>): FillEffort[] {
  const smaller = SMALLER_SIZES.filter((size) => size < workingSize && size >= generator.sizeMultiple);
  const sizes = generator.fixedSide === undefined ? [workingSize, ...smaller] : [workingSize];
  // Pieces are cut at native size or not at all.
  const steps = detail === 0 || manner === 'remove' ? [1] : DETAIL_STEPS;
  const efforts: FillEffort[] = [];
  for (let size = 0, step = 0; size < sizes.length && step < steps.length;) {
    efforts.push({ workingSize: sizes[size], detailStep: steps[step] });
    const [moreSizes, moreSteps] = [size + 1 < sizes.length, step + 1 < steps.length];
    if (moreSteps && (step === size || !moreSizes)) step++;
    else size++;
  }
  return efforts;
}

/** Bytes that a fill may take. @param limit what a person allows, bytes */
export function memoryAtHand(limit = Infinity): number {
  // macOS counts as free what holds nothing at all, and fills that with caches it gives up at once.
  const free = process.platform === 'darwin' ? Math.max(freemem(), totalmem() / 4) : freemem();
  return Math.min(limit, SHARE_OF_FREE * free);
}

/** Estimated bytes at the peak of a fill: groups come one after another, so the largest counts. */
export function memoryNeeded(
  jobs: readonly Pick<GroupJob, 'plan' | 'group'>[],
  { picture, detail = 1, manner = 'restore' }: Pick<FillHoleRequest, 'picture' | 'detail' | 'manner'>,
  { detailStep }: FillEffort,
): number {
  const needs = jobs.map(({ plan, group }) => {
    const { width, height } = intersect(plan.box, rectOf(picture));
    const network = NETWORK_BYTES + NETWORK_BYTES_PER_PIXEL * plan.working.width * plan.working.height;
    const blend = BLEND_BYTES_PER_PIXEL * Math.min(BLENDED_AT_ONCE, group.box.width * group.box.height);
    const own =
      detail === 0
        ? 0
        : manner === 'remove'
          ? composeBytes(group.box, picture)
          : (DETAIL_BYTES_PER_PIXEL * width * height) / detailStep ** 2;
    // Sessions stay in memory while the engine goes on.
    return network + Math.max(blend, own);
  });
  return Math.max(0, ...needs);
}

function composeBytes(hole: Rect, picture: Size): number {
  const { width, height } = surroundings(hole, picture, COMPOSE_TUNING);
  return (
    COMPOSE_BYTES + COMPOSE_BYTES_PER_PIXEL * width * height + COMPOSE_BYTES_PER_HOLE_PIXEL * hole.width * hole.height
  );
}

/** Whether something failed for want of memory: the engine's own arrays, or the network's process. */
export function isOutOfMemory(thrown: unknown): boolean {
  if (thrown instanceof StudioError) return thrown.code === 'out-of-memory';
  return (
    thrown instanceof RangeError && /allocation failed|invalid typed array length|out of memory/i.test(thrown.message)
  );
}

export function outOfMemory(cause: unknown): StudioError {
  return errorFor('no-memory-for-fill', {}, { cause });
}
