/** From the open document to the form in which it is kept, and back. */
import { type DocumentModel, documentModelSchema, type Edit } from '../../shared/document-model';
import { StudioError } from '../../shared/errors';
import { texts } from '../texts';
import type { OpenDocument } from './open-document';

/** All of the document but its pixels. Bit planes are copies; edits are shared, since they never change. */
export function modelOf(document: OpenDocument, edits: readonly Edit[]): DocumentModel {
  const { masks, info, markings, nextNumber } = document;
  const used = new Set(edits.flatMap(({ variants }) => variants.map(({ markingId }) => markingId)));
  return {
    picture: { width: info.width, height: info.height },
    planes: masks.painted(),
    markings: [...markings.values()].filter(({ markingId }) => used.has(markingId)),
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
    throw new StudioError({ code: 'bad-request', ...texts.errors.modelDoesNotFit });
  const { planes, markings, edits, nextNumber } = parsed.data;
  document.masks.load(planes);
  document.markings.clear();
  for (const marking of markings) document.markings.set(marking.markingId, marking);
  document.nextNumber = nextNumber;
  return edits;
}
