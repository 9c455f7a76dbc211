import type { Patch } from '../image/picture';
import { PictureView } from '../image/picture-view';
import { featherPatch } from './feather';
import { withAlpha } from './fill-alpha';
import type { Progress } from './fill-progress';
import type { FillHoleRequest } from './fill-request';

/**
 * The soft edges of a hole's patches, and how opaque they are. Only when all are there: what is filled later must not see
 * through the edge of what was filled before.
 * @param picture of the request, without hidden colours
 */
export async function finishPatches(
  patches: readonly Patch[],
  { picture, hole, below = [], feather = 0 }: FillHoleRequest,
  progress: Progress,
): Promise<Patch[]> {
  const view = new PictureView(picture, below);
  const pause = () => progress.check();
  const finish = (patch: Patch) => withAlpha(featherPatch(patch, hole, view, feather), picture, below, hole, pause);
  return Promise.all(patches.map(finish));
}
