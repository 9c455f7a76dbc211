import type { Edit } from '../../../shared/document-model';
import type { Point } from '../../../shared/geometry';
import { patchCovers } from '../../../shared/plane-patch';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import { markingOf } from './edits';

/** Chooses fills by where they are on the picture. */
export class Selection {
  private readonly store: DocumentStore;
  private readonly documents: Documents;

  constructor(parts: { store: DocumentStore; documents: Documents }) {
    this.store = parts.store;
    this.documents = parts.documents;
  }

  /** Edits the topmost fill that is seen at a place of the picture; without one nothing changes. */
  selectAt(at: Point): Edit | null {
    const edit = this.at(at);
    if (edit) this.documents.open?.workspace.enter(edit.editId);
    return edit;
  }

  private at(place: Point): Edit | null {
    const { open } = this.documents;
    const seen = this.store.getState().edits.filter(({ visible, opacity }) => visible && opacity > 0);
    const covers = (edit: Edit) => {
      const marking = open && markingOf(edit, open.markings);
      return marking ? patchCovers(marking.hole, place) : false;
    };
    return seen.findLast(covers) ?? null;
  }
}
