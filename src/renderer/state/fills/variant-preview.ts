import type { Documents } from '../document/documents';
import { NO_PREVIEW, type Preview } from '../document/edits';
import type { Notices } from '../shell/notices';
import { isBusy } from './fill-machine';
import type { FillsStore } from './fills-slice';

/** Shows a variant on the picture while it is looked at in the strip; nothing is chosen by it, and undo knows nothing of it. */
export class VariantPreview {
  private shown = false;
  private readonly store: FillsStore;
  private readonly documents: Documents;
  private readonly notices: Notices;

  constructor(parts: { store: FillsStore; documents: Documents; notices: Notices }) {
    this.store = parts.store;
    this.documents = parts.documents;
    this.notices = parts.notices;
  }

  show(editId: string, variantId: string): void {
    const { edits, fill } = this.store.getState();
    // A fill under way shows itself.
    if (isBusy(fill)) return;
    const edit = edits.find((candidate) => candidate.editId === editId);
    const variant = edit?.variants.find((candidate) => candidate.variantId === variantId);
    if (!edit || !variant) return;
    this.shown = edit.chosenId !== variantId;
    this.lay(this.shown ? { editId, patches: variant.patches } : NO_PREVIEW);
  }

  end(): void {
    if (!this.shown) return;
    this.shown = false;
    if (!isBusy(this.store.getState().fill)) this.lay(NO_PREVIEW);
  }

  private lay(preview: Preview): void {
    this.documents.showLayers(preview).catch((error: unknown) => this.notices.error(error));
  }
}
