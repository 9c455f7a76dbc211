/** From the open document to the form in which it is kept, and back. */
import { type DocumentModel, documentModelSchema, type Edit } from '../../../shared/document-model';
import type { OpenDocument } from './open-document';
import { loadPaint, paintOf } from './paint';
import { windowError } from '../../texts/reports';

/** All of the document but its pixels. Bit planes are copies; edits are shared, since they never change. */
export function modelOf(document: OpenDocument, edits: readonly Edit[]): DocumentModel {
  const { info, markings, keptHints, workspace, nextNumber } = document;
  const variants = edits.flatMap((edit) => edit.variants);
  const marked = new Set(variants.map(({ markingId }) => markingId));
  const hinted = new Set(variants.map(({ recipe }) => recipe.hintId));
  return {
    picture: { width: info.width, height: info.height },
    paint: paintOf(document),
    setAside: workspace.setAside,
    markings: [...markings.values()].filter(({ markingId }) => marked.has(markingId)),
    hints: [...keptHints.values()].filter(({ hintId }) => hinted.has(hintId)),
    edits: [...edits],
    nextNumber,
  };
}

/**
 * Puts a kept document into a freshly opened one; its patches must be where the engine finds them. What was done before
 * cannot be undone: the history starts here.
 * @returns the edits, for the state
 * @throws StudioError bad-request when the model does not fit the picture
 */
export function restoreModel(document: OpenDocument, kept: unknown): readonly Edit[] {
  const parsed = documentModelSchema.safeParse(kept);
  const { width, height } = document.info;
  if (!parsed.success || parsed.data.picture.width !== width || parsed.data.picture.height !== height)
    throw windowError('kept-does-not-fit', {});
  const { paint, setAside, markings, hints, edits, nextNumber } = parsed.data;
  const edited = setAside && edits.some(({ editId }) => editId === setAside.editId);
  // A fill that is not there cannot be edited; what is painted for the new one must not be lost.
  loadPaint(document, setAside && !edited ? setAside.paint : paint);
  document.workspace.restore(edited ? setAside : null);
  for (const marking of markings) document.markings.set(marking.markingId, marking);
  for (const hint of hints) document.keptHints.set(hint.hintId, hint);
  document.nextNumber = nextNumber;
  return edits;
}
