import type { Rect } from '../../shared/geometry';
import type { Layer } from '../../shared/protocol';

/** A part of a fill's result, kept by the engine under its id. */
export interface PatchRef {
  readonly patchId: string;
  readonly box: Rect;
}

/** One fill in the stack of edits. */
export interface Edit {
  readonly editId: string;
  /** "Fill 3": counted over the document's life, so that it keeps its name when others go. */
  readonly number: number;
  readonly patches: readonly PatchRef[];
  readonly visible: boolean;
  readonly modelId: string;
  readonly seconds: number;
}

/** The layers that lie on the picture, lowest first; a running fill's preview lies on top. */
export function layersOf(edits: readonly Edit[], preview: readonly PatchRef[] = []): Layer[] {
  return [
    ...edits.flatMap((edit) => edit.patches.map(({ patchId }) => ({ patchId, visible: edit.visible }))),
    ...preview.map(({ patchId }) => ({ patchId, visible: true })),
  ];
}

export function withVisibility(edits: readonly Edit[], editId: string, visible: boolean): readonly Edit[] {
  return edits.map((edit) => (edit.editId === editId ? { ...edit, visible } : edit));
}
