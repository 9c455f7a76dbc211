/** The stack of edits, lowest first, as values: every function gives another stack and leaves the old one alone. */
import type { BasisLayer, Edit, Marking, Variant } from '../../../shared/document-model';
import { intersect, isEmpty, type Rect, union } from '../../../shared/geometry';
import type { PatchRef } from '../../../shared/protocol/fills';
import type { Layer } from '../../../shared/protocol/values';

/** The result of a fill under way, in place of an edit that is there already or on top of all. */
export interface Preview {
  readonly editId: string | null;
  readonly patches: readonly PatchRef[];
}

export const NO_PREVIEW: Preview = { editId: null, patches: [] };

/** The variant of an edit that is seen. */
export function chosenVariant(edit: Edit): Variant {
  const chosen = edit.variants.find(({ variantId }) => variantId === edit.chosenId) ?? edit.variants[0];
  if (!chosen) throw new Error(`the edit "${edit.editId}" has no variant`);
  return chosen;
}

/** What was marked for the variant of an edit that is seen, of a document's markings. */
export function markingOf(edit: Edit, markings: ReadonlyMap<string, Marking>): Marking | undefined {
  return markings.get(chosenVariant(edit).markingId);
}

/** The box of all patches of a variant; empty when it has none. */
export function boxOfVariant({ patches }: Variant): Rect {
  return patches.map(({ box }) => box).reduce(union, { x: 0, y: 0, width: 0, height: 0 });
}

/** The layers that lie on the picture, lowest first. */
export function layersOf(edits: readonly Edit[], preview: Preview = NO_PREVIEW): Layer[] {
  const onTop = preview.patches.length > 0 && preview.editId === null ? preview.patches : [];
  return [
    ...edits.flatMap((edit) => {
      const previewed = edit.editId === preview.editId && preview.patches.length > 0;
      const patches = previewed ? preview.patches : chosenVariant(edit).patches;
      return patches.map(({ patchId }) => ({ patchId, visible: edit.visible, opacity: edit.opacity }));
    }),
    ...onTop.map(({ patchId }) => ({ patchId, visible: true, opacity: 1 })),
  ];
}

/** The edits under one of them; all of them for one that is not there yet. */
export function editsBelow(edits: readonly Edit[], editId: string): readonly Edit[] {
  const index = edits.findIndex((edit) => edit.editId === editId);
  return index < 0 ? edits : edits.slice(0, index);
}

/** What a fill finds below itself, as far as it looks. */
export function basisOf(below: readonly Edit[], seen: readonly Rect[]): BasisLayer[] {
  return below
    .filter(({ visible, opacity }) => visible && opacity > 0)
    .flatMap((edit) => chosenVariant(edit).patches.map((patch) => ({ ...patch, opacity: edit.opacity })))
    .filter(({ box }) => seen.some((part) => !isEmpty(intersect(part, box))));
}

/**
 * The edits whose fill would see something else below than what it saw, by id, lowest first. In which order fills lie that
 * do not touch makes no picture different, and so nothing out of date.
 */
export function outOfDate(edits: readonly Edit[]): readonly string[] {
  return edits.filter((edit, index) => isOutOfDate(edit, edits, index)).map(({ editId }) => editId);
}

function isOutOfDate(edit: Edit, edits: readonly Edit[], index: number): boolean {
  const { basis, seen } = chosenVariant(edit);
  const apart = (others: readonly Edit[]) => others.filter((other) => !touches(other, edit));
  const below = edits.slice(0, index);
  const knew = ({ patchId }: BasisLayer) => basis.some((layer) => layer.patchId === patchId);
  // Made when this one was there already, and moved below it since.
  const later = basisOf(
    apart(below).filter((other) => sawBelow(other, edit)),
    seen,
  ).filter((layer) => !knew(layer));
  const movedDown = new Set(later.map(({ patchId }) => patchId));
  const movedUp = basisOf(apart(edits.slice(index + 1)), seen).filter(knew);
  const now = basisOf(below, seen).filter(({ patchId }) => !movedDown.has(patchId));
  return !sameBasis([...now, ...movedUp], basis);
}

function sawBelow(edit: Edit, other: Edit): boolean {
  const { patches } = chosenVariant(other);
  return chosenVariant(edit).basis.some(({ patchId }) => patches.some((patch) => patch.patchId === patchId));
}

function touches(a: Edit, b: Edit): boolean {
  const others = chosenVariant(b).patches;
  return chosenVariant(a).patches.some(({ box }) => others.some((other) => !isEmpty(intersect(box, other.box))));
}

/** The same layers, those that lie over each other in the same order. */
function sameBasis(now: readonly BasisLayer[], basis: readonly BasisLayer[]): boolean {
  const places = now.map((layer) => basis.findIndex((other) => sameLayer(layer, other)));
  if (now.length !== basis.length || places.includes(-1)) return false;
  return now.every((layer, i) =>
    now.every((other, j) => {
      const inOrder = i < j === (places[i] ?? -1) < (places[j] ?? -1);
      return i === j || inOrder || isEmpty(intersect(layer.box, other.box));
    }),
  );
}

function sameLayer(a: BasisLayer, b: BasisLayer): boolean {
  return a.patchId === b.patchId && a.opacity === b.opacity;
}

export function without(edits: readonly Edit[], editId: string): readonly Edit[] {
  return edits.filter((edit) => edit.editId !== editId);
}

/** The stack with an edit more, so that `index` others lie below it. */
export function withEditAt(edits: readonly Edit[], edit: Edit, index: number): readonly Edit[] {
  return [...edits.slice(0, index), edit, ...edits.slice(index)];
}

/** The stack with one edit changed. */
export function changed(
  edits: readonly Edit[],
  editId: string,
  change: Partial<Omit<Edit, 'editId'>>,
): readonly Edit[] {
  return edits.map((edit) => (edit.editId === editId ? { ...edit, ...change } : edit));
}

export function withVariants(
  edits: readonly Edit[],
  editId: string,
  make: (variants: readonly Variant[]) => Variant[],
): readonly Edit[] {
  return edits.map((edit) => (edit.editId === editId ? { ...edit, variants: make(edit.variants) } : edit));
}
