import { EDITED_VIEW } from '../../../shared/protocol/values';
import { texts } from '../../texts';
import type { FillsStore } from './fills-slice';
import type { Comparisons } from '../document/comparisons';
import type { Documents } from '../document/documents';
import { changed, layersOf } from '../document/edits';
import type { Notices } from '../shell/notices';

/** The view that shows the picture with the other variant. */
const VARIANT_VIEW = 'variant';

interface Compared {
  readonly editId: string;
  readonly chosenId: string;
  readonly variantId: string;
}

/** Shows the picture with an edit's chosen variant against the same picture with another one; nothing is chosen by it. */
export class VariantComparison {
  private compared: Compared | null = null;
  private readonly store: FillsStore;
  private readonly documents: Documents;
  private readonly comparisons: Comparisons;
  private readonly notices: Notices;

  constructor(parts: { store: FillsStore; documents: Documents; comparisons: Comparisons; notices: Notices }) {
    this.store = parts.store;
    this.documents = parts.documents;
    this.comparisons = parts.comparisons;
    this.notices = parts.notices;
    this.store.subscribe((now, before) => {
      if (this.compared && (now.edits !== before.edits || now.comparison !== before.comparison)) this.follow();
    });
  }

  async compare(editId: string, variantId: string): Promise<void> {
    const edit = this.store.getState().edits.find((candidate) => candidate.editId === editId);
    if (!edit || edit.chosenId === variantId) return;
    const { chosenId, variants } = edit;
    const name = (id: string) => texts.variants.name(variants.findIndex((variant) => variant.variantId === id) + 1);
    this.compared = null;
    await this.show({ editId, chosenId, variantId });
    this.comparisons.split({ view: EDITED_VIEW, name: name(chosenId) }, { view: VARIANT_VIEW, name: name(variantId) });
    this.compared = { editId, chosenId, variantId };
  }

  /** Keeps the other view up to date with the rest of the stack; ends when a variant was chosen or the person ended it. */
  private follow(): void {
    const { compared } = this;
    const { edits, comparison } = this.store.getState();
    if (!compared) return;
    const edit = edits.find(({ editId }) => editId === compared.editId);
    const still = edit?.variants.some(({ variantId }) => variantId === compared.variantId);
    if (comparison.kind === 'split' && comparison.right.view === VARIANT_VIEW) {
      if (still && edit?.chosenId === compared.chosenId) {
        this.show(compared).catch((error: unknown) => this.notices.error(error));
        return;
      }
      this.compared = null;
      this.comparisons.end();
    }
    this.compared = null;
    this.documents.open?.closeView(VARIANT_VIEW).catch(() => undefined);
  }

  private async show({ editId, variantId }: Compared): Promise<void> {
    const { edits } = this.store.getState();
    const layers = layersOf(changed(edits, editId, { chosenId: variantId, visible: true }));
    await this.documents.open?.showLayers(layers, VARIANT_VIEW);
  }
}
