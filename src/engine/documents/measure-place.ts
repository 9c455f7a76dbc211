import { expand, intersect, rectOf, roundOut } from '../../shared/geometry';
import type { MeasuredSurroundings } from '../../shared/protocol/models';
import { type PlanePatch } from '../../shared/protocol/values';
import { type LaidPatch } from '../image/picture';
import { measureSurroundings } from '../library/surroundings';
import { planeOf } from './plane-patches';
import { type WholePicture } from './whole-picture';

/** Sides of the thumbnail that surroundings are measured on, and how far around the hole it reaches, of the hole's side. */
const MEASURED_SIDE = 320;
const REACH = { share: 0.6, least: 24, most: 400 } as const;

/** Measures what surrounds a hole in a picture with patches laid over it. */
export function measurePlace(
  { picture, thumbnails }: WholePicture,
  patches: readonly LaidPatch[],
  hole: PlanePatch,
): MeasuredSurroundings {
  const plane = planeOf(picture, hole);
  const reach = Math.max(hole.box.width, hole.box.height) * REACH.share;
  const margin = Math.min(REACH.most, Math.max(REACH.least, reach));
  const box = intersect(roundOut(expand(hole.box, margin)), rectOf(picture));
  const thumbnail = thumbnails.make(box, patches, MEASURED_SIDE);
  return measureSurroundings(
    thumbnail,
    (x, y) =>
      !plane.get(
        box.x + Math.floor(((x + 0.5) * box.width) / thumbnail.width),
        box.y + Math.floor(((y + 0.5) * box.height) / thumbnail.height),
      ),
  );
}
