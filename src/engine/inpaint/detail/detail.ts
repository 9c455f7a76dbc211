/**
 * Detail at the picture's own resolution. The network decides what stands where, at its own size; the source's real
 * pixels supply the grain. Patches of the source that agree with the fill are searched coarse to fine and vote for
 * every pixel of the hole (Wexler et al. 2007, Space-time completion; Barnes et al. 2009; Newson et al. 2014); the result
 * is the network's fill with the energy that it lacks, band by band (bands.ts).
 */
import type { BitPlane } from '../../../shared/bit-plane';
import { intersect, type Rect, rectOf, union } from '../../../shared/geometry';
import type { Patch } from '../../image/picture';
import { Random } from '../../numeric/random';
import type { Pause } from '../../raster/pacing';
import type { PictureView } from '../../image/picture-view';
import { gainsAt, joinBands } from './bands';
import type { PatchField } from './patch-field';
import { PATCH, sourcePatches } from './patches';
import { pyramid, synthesise } from './synthesis';
import { DETAIL_TUNING, type DetailTuning, gainsFor } from './tuning';
import { depthWeights, vote } from './vote';
import { finestLevel, readWindow, type Window, windowOf, withAddition } from './window';

export interface DetailRequest {
  /** The picture with the fills of earlier groups, without this one. */
  readonly view: PictureView;
  /** The network's fill, blended. */
  readonly patch: Patch;
  /** Picture pixels a working pixel of the network, at least 1, and the larger side of the crop that it saw, working pixels. */
  readonly scale: number;
  readonly side: number;
  /** The part of the picture to work in: the hole, its context and its source. What lies outside the picture is ignored. */
  readonly window: Rect;
  /** Picture-sized: every pixel that has no colour yet, this patch's included. */
  readonly open: BitPlane;
  /** Picture-sized: pixels that may be copied. None of them is in a hole. */
  readonly allowed: BitPlane;
  /** 0: the network's fill as it is, 1: all the detail. */
  readonly strength: number;
  readonly seed: number;
  /** Called every few milliseconds; throws to stop. */
  readonly pause: Pause;
  /** Picture pixels a side of one that detail is made of: above 1 it is coarser, and takes less memory. 1 when left out. */
  readonly step?: number;
  readonly tuning?: DetailTuning;
  /** How much the network's colours must stay at a picture pixel, 0..1, beyond what the tuning says: a painted hint. */
  readonly hold?: (x: number, y: number) => number;
}

/** Where every pixel of the result came from, and the window it counts in. For tests and the inspector. */
export interface Detailed {
  readonly patch: Patch;
  /** null: too little to copy from, so the patch is the network's own. */
  readonly field: PatchField | null;
  readonly window: Window;
}

/**
 * @returns the patch with detail; the same box, hole and depth. Unchanged where the window holds no whole patch of
 *  allowed pixels.
 */
export async function addDetail(request: DetailRequest): Promise<Detailed> {
  const { view, patch, strength, seed, pause, step = 1, tuning = DETAIL_TUNING } = request;
  const window = windowOf(intersect(union(request.window, patch.box), rectOf(view.picture)), step);
  const unchanged = { patch, field: null, window };
  if (strength === 0 || window.width < PATCH || window.height < PATCH) return unchanged;
  const network = await readWindow(view, patch, window, pause);
  const held = heldPixels(request.hold, window);
  await pause();
  const levels = await pyramid(await finestLevel(request, window, network, pause), pause);
  if (sourcePatches(levels[0]).list.length === 0) return unchanged;
  const random = new Random(seed, patch.box.x, patch.box.y);
  const field = await synthesise(levels, tuning, random, pause);
  const { level } = field.target;
  const detail = await vote(field, depthWeights(level, tuning.fade), network, tuning.finalSharpness, pause);
  await pause();
  await joinBands(level, detail, network, held, gainsAt(request.scale / step, gainsFor(request.side, tuning)), pause);
  return { patch: await withAddition(patch, window, network, detail, strength, pause), field, window };
}

/** How much the network's colours must stay, a pixel of the window; null where nothing asks for it. */
function heldPixels(
  hold: ((x: number, y: number) => number) | undefined,
  { box, step, width, height }: Window,
): Float32Array | null {
  if (!hold) return null;
  const held = new Float32Array(width * height);
  const middle = step >> 1;
  for (let at = 0; at < held.length; at++) {
    held[at] = hold(box.x + step * (at % width) + middle, box.y + step * Math.floor(at / width) + middle);
  }
  return held;
}
