import { union } from '../../shared/geometry';
import type { StackedEdit } from '../../shared/protocol/saving';
import type { StackedFill, StackedResult } from './layered-export';
import type { PatchStore } from './patch-store';

/** Edits for a file with layers, lowest first; what has no pixels is left out. Patches are read when they are written. */
export function stackedFills(edits: readonly StackedEdit[], store: PatchStore): StackedFill[] {
  return edits.flatMap((edit) => {
    const chosen = resultOf(edit, store);
    if (!chosen) return [];
    const { visible, opacity, othersName } = edit;
    const others = edit.others.flatMap((other) => resultOf(other, store) ?? []);
    return [{ ...chosen, visible, opacity, others, othersName }];
  });
}

function resultOf({ name, patches }: StackedEdit['others'][number], store: PatchStore): StackedResult | null {
  const boxes = patches.map(({ box }) => box);
  if (boxes.length === 0) return null;
  return {
    name,
    box: boxes.reduce(union),
    patches: () => Promise.all(patches.map(({ patchId }) => store.get(patchId))),
  };
}
