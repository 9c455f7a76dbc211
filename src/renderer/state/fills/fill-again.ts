/** Filling an edit again from the source that is painted now: what the panel says of the source is what happens. */
import { BitPlane } from '../../../shared/bit-plane';
import type { Edit, Marking, Variant } from '../../../shared/document-model';
import type { Size } from '../../../shared/geometry';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { PlanePatch } from '../../../shared/protocol/values';
import { selectedEdit } from '../document/document-slice';
import { chosenVariant } from '../document/edits';
import { joined } from '../document/masks';
import type { OpenDocument } from '../document/open-document';
import { canFill, type FillsState } from './fills-slice';

type Markings = ReadonlyMap<string, Marking>;
type Source = Pick<Marking, 'include' | 'exclude' | 'freshOnly'>;

/**
 * What an edit is filled again with: its hole, the source that is painted now, and what was refused of its fills ("not
 * from there"), which is nowhere to be seen in the panel. The marking itself where the source is the same.
 */
export function markingAgain(
  edit: Edit,
  marking: Marking,
  { masks, markings }: Pick<OpenDocument, 'masks' | 'markings'>,
  freshOnly: boolean,
): Marking {
  const { include, exclude } = masks.painted();
  const refused = refusedOf(edit, chosenVariant(edit), markings, masks.size);
  const source = { include, exclude: joined(exclude, refused, masks.size), freshOnly };
  return sameSource(source, marking) ? marking : { ...marking, ...source, markingId: crypto.randomUUID() };
}

/**
 * The edit that Fill makes again: the selected one, where no hole is painted but another source than the one that its
 * shown fill was made from. Null where there is none.
 */
export function editToFillAgain(state: FillsState, document: OpenDocument): Edit | null {
  const edit = selectedEdit(state);
  const { painted, openMask, freshOnly } = state;
  if (!edit || !canFill(state) || painted.hole || openMask !== null) return null;
  if (!painted.include && !painted.exclude) return null;
  const { markingId, recipe } = chosenVariant(edit);
  const marking = document.markings.get(markingId);
  if (!marking) return null;
  const other = recipe.region.kind !== 'painted' || markingAgain(edit, marking, document, freshOnly) !== marking;
  return other ? edit : null;
}

/** What was refused on the way to a variant: what its markings exclude beyond those that they were made from. */
function refusedOf(edit: Edit, variant: Variant, markings: Markings, size: Size): PlanePatch | null {
  const { origin } = variant;
  if (origin.kind === 'fill') return null;
  const base = edit.variants.find(({ variantId }) => variantId === origin.of);
  if (!base) return null;
  const earlier = refusedOf(edit, base, markings, size);
  const own = markings.get(variant.markingId)?.exclude;
  if (origin.kind !== 'variation' || variant.markingId === base.markingId || !own) return earlier;
  const plane = new BitPlane(size.width, size.height);
  drawPatch(plane, own, true);
  const known = markings.get(base.markingId)?.exclude;
  if (known) drawPatch(plane, known, false);
  return joined(earlier, planePatchOf(plane), size);
}

function sameSource(a: Source, b: Source): boolean {
  return a.freshOnly === b.freshOnly && samePatch(a.include, b.include) && samePatch(a.exclude, b.exclude);
}

function samePatch(a: PlanePatch | null, b: PlanePatch | null): boolean {
  if (!a || !b) return a === b;
  const sameBox = a.box.x === b.box.x && a.box.y === b.box.y;
  const sameSize = a.box.width === b.box.width && a.box.height === b.box.height;
  return sameBox && sameSize && a.bits.every((byte, i) => byte === b.bits[i]);
}
