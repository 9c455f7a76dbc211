import { intersect, isEmpty, type Rect, rectOf, type Size } from '../../shared/geometry';
import type { SourceMap } from '../../shared/source-map';
import type { StructureLine } from '../../shared/structure-line';
import type { Patch } from '../image/picture';
import type { ComposedFill } from './compose/compose-fill';
import { Progress } from './fill-progress';
import type { FillHoleRequest } from './fill-request';
import { wishesOf } from './fill-stages';
import { finishPatches } from './finish-patches';

/** A group of holes that was filled with pieces. */
export interface ComposedGroup {
  readonly fill: ComposedFill;
  /** What the network saw of the picture; beyond the picture it is mirrored. */
  readonly crop: Rect;
}

/** Whether no group saw what an earlier one was filled with: then each may be cut again without the others. */
export function canBeCutAgain(groups: readonly ComposedGroup[], picture: Size): boolean {
  return groups.every(({ fill, crop }, number) => {
    const inside = intersect(crop, rectOf(picture));
    const mirrored = inside.width < crop.width || inside.height < crop.height;
    const seen = [mirrored ? rectOf(picture) : crop, ...fill.windows];
    return groups.slice(0, number).every((earlier) => seen.every((part) => isEmpty(intersect(part, earlier.fill.box))));
  });
}

/**
 * A fill by pieces once more, from what was prepared for it: neither the network nor the search for candidates runs again.
 * @param composed the fill's groups in their order, of a request that differed from this one at most in `pieces`, `guide` and
 *  `feather`
 * @returns what `fillHole` would: the same patches, bit for bit
 * @throws StudioError cancelled
 */
export async function cutAgain(composed: readonly ComposedFill[], request: FillHoleRequest): Promise<Patch[]> {
  const progress = new Progress(request);
  await progress.enter('detail', 0);
  const patches: Patch[] = [];
  const maps: SourceMap[] = [];
  const found: StructureLine[] = [];
  for (const fill of composed) {
    const { patch, map, lines } = await fill.cut(wishesOf(request), () => progress.check());
    patches.push(patch);
    maps.push(map);
    found.push(...lines);
  }
  progress.finish();
  for (const [index, map] of maps.entries()) request.onSourceMap?.(index, map);
  request.onLines?.(found);
  const [{ picture }] = composed;
  return finishPatches(patches, { ...request, picture }, progress);
}
