import { BitPlane } from '../../../shared/bit-plane';
import type { Edit, Marking, Recipe } from '../../../shared/document-model';
import type { Size } from '../../../shared/geometry';
import { ringAround } from '../../../shared/grow';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { ModelSummary, PlanePatch } from '../../../shared/protocol/values';
import { markingOf } from '../document/edits';
import type { SourceChoice } from '../document/masks';

/**
 * The holes of the visible edits below: what lies there is not the photo. None where they may be copied from, and none
 * for a model that takes no source region by itself.
 */
export function earlierHoles(options: {
  readonly below: readonly Edit[];
  readonly markings: ReadonlyMap<string, Marking>;
  readonly freshOnly: boolean;
  readonly models: readonly ModelSummary[];
  readonly modelId: string;
}): readonly PlanePatch[] {
  const { below, markings, freshOnly, models, modelId } = options;
  const capabilities = models.find((model) => model.modelId === modelId)?.capabilities;
  if (!freshOnly || capabilities?.sourceRegion === 'detail') return [];
  return below.flatMap((edit) => {
    const marking = edit.visible && edit.opacity > 0 ? markingOf(edit, markings) : undefined;
    return marking ? [marking.hole] : [];
  });
}

/**
 * Where a recipe may take patches from: the region it names, less what the marking excludes (unless it says everywhere),
 * less `without`, less the hole itself.
 */
export function sourceFor(
  picture: Size,
  marking: Pick<Marking, 'hole' | 'include' | 'exclude'>,
  region: Recipe['region'],
  without: readonly PlanePatch[],
): SourceChoice {
  const include = region.kind === 'painted' ? marking.include : null;
  const exclude = region.kind === 'everywhere' ? null : marking.exclude;
  if (region.kind !== 'ring' && !include && !exclude && without.length === 0) return { kind: 'everywhere' };
  const plane = allowed(picture, region, include, marking.hole);
  for (const patch of [...(exclude ? [exclude] : []), marking.hole, ...without]) drawPatch(plane, patch, false);
  const patch = planePatchOf(plane);
  return patch ? { kind: 'part', patch } : { kind: 'nowhere' };
}

function allowed(picture: Size, region: Recipe['region'], include: PlanePatch | null, hole: PlanePatch): BitPlane {
  const plane = new BitPlane(picture.width, picture.height);
  if (region.kind === 'ring') {
    drawPatch(plane, hole, true);
    return ringAround(plane, region.width);
  }
  if (include) drawPatch(plane, include, true);
  else plane.fill(true);
  return plane;
}
