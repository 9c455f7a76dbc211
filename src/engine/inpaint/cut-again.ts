import type { Patch } from '../image/picture';
import { PictureView } from '../image/picture-view';
import type { ComposedFill } from './compose/compose-fill';
import { featherPatch } from './feather';
import { Progress } from './fill-progress';
import type { FillHoleRequest } from './fill-request';
import { wishesOf } from './fill-stages';

/**
 * A fill by pieces once more, from what was prepared for it: neither the network nor the search for candidates runs again.
 * @param composed of a request that differed from this one at most in `pieces`, `guide` and `feather`
 * @returns what `fillHole` would: the same patches, bit for bit
 * @throws StudioError cancelled
 */
export async function cutAgain(composed: ComposedFill, request: FillHoleRequest): Promise<Patch[]> {
  const { picture, hole, below, feather = 0 } = request;
  const progress = new Progress(request);
  await progress.enter('detail', 0);
  const { patch, map, lines } = await composed.cut(wishesOf(request), () => progress.check());
  progress.finish();
  request.onSourceMap?.(0, map);
  request.onLines?.(lines);
  return [featherPatch(patch, hole, new PictureView(picture, below), feather)];
}
