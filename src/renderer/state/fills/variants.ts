import type { Edit, Marking } from '../../../shared/document-model';
import { texts } from '../../texts';
import { type FillsStore, canFill } from './fills-slice';
import type { Documents } from '../document/documents';
import type { EditStack } from '../document/edit-stack';
import { chosenVariant, markingOf, outOfDate } from '../document/edits';
import type { Fills } from './fills';
import { refreshTask, variationTask } from './fill-task';
import type { Notices } from '../shell/notices';
import { planVariations, type Varied } from './variant-plan';

interface VariantsOptions {
  readonly store: FillsStore;
  readonly documents: Documents;
  readonly stack: EditStack;
  readonly fills: Fills;
  readonly notices: Notices;
}

/** Fills edits again: one, several ways one after another, or all that are out of date. */
export class Variants {
  private readonly options: VariantsOptions;

  constructor(options: VariantsOptions) {
    this.options = options;
  }

  /** With the model, the settings and the paint of now, also where they are as before; the result is shown. */
  async rerun(editId: string): Promise<void> {
    const { fills, documents } = this.options;
    documents.open?.workspace.enter(editId);
    await fills.refill({ unchanged: true });
  }

  /** Makes up to `count` more, to choose from. What there is stays as it is; cancelling keeps those that have arrived. */
  async more(editId: string, count: number, vary: Varied | 'any'): Promise<void> {
    const { store, stack, fills, notices } = this.options;
    const state = store.getState();
    const edit = stack.find(editId);
    const marking = edit && this.markingOf(edit);
    if (!edit || !marking || !canFill(state)) return;
    const planned = planVariations({ ...state, edit, marking, vary, count });
    if (planned.length === 0) {
      notices.info(texts.notices.noMoreVariants, texts.notices.noMoreVariantsHelp);
      return;
    }
    await this.inTurn('variants', editId, planned, (variation) => fills.run(variationTask(edit, marking, variation)));
  }

  /** Makes a variant with each of these models, to choose from. */
  async withModels(editId: string, modelIds: readonly string[]): Promise<void> {
    const { store, stack, fills } = this.options;
    const edit = stack.find(editId);
    const marking = edit && this.markingOf(edit);
    if (!edit || !marking || !canFill(store.getState())) return;
    const { recipe } = chosenVariant(edit);
    await this.inTurn('variants', editId, modelIds, (modelId) =>
      fills.run(variationTask(edit, marking, { changed: 'model', recipe: { ...recipe, modelId, hintId: null } })),
    );
  }

  /** Fills again, from the lowest up, every edit below which something has changed; one step for undo. */
  async refreshAll(): Promise<void> {
    const { store, stack, fills, documents } = this.options;
    const { edits } = store.getState();
    if (!canFill(store.getState())) return;
    const stale = new Set(outOfDate(edits));
    // A fill that is made again may put those above it out of date that were not before.
    const lowest = edits.findIndex(({ editId }) => stale.has(editId));
    if (lowest < 0) return;
    const document = documents.open;
    const before: Edit[] = [];
    await this.inTurn('refresh', null, edits.slice(lowest), async ({ editId }) => {
      const edit = stack.find(editId);
      const marking = edit && this.markingOf(edit);
      if (!edit || !marking || !outOfDate(store.getState().edits).includes(editId)) return 'done';
      const end = await fills.run(refreshTask(edit, marking));
      if (end === 'done') before.push(edit);
      return end;
    });
    if (documents.open !== document) return;
    const after = before.flatMap(({ editId }) => stack.find(editId) ?? []);
    stack.chosenTogether(before, after, texts.steps.refreshAll(after.length));
  }

  /** One after another, until one is cancelled or the engine is gone; a single failure does not stop the rest. */
  private async inTurn<T>(
    kind: 'variants' | 'refresh',
    editId: string | null,
    items: readonly T[],
    run: (item: T) => Promise<'done' | 'failed' | 'cancelled'>,
  ): Promise<void> {
    const { store, documents } = this.options;
    const document = documents.open;
    try {
      for (const [index, item] of items.entries()) {
        store.setState({ batch: { kind, editId, index, total: items.length } });
        const end = await run(item);
        if (end === 'cancelled' || documents.open !== document || store.getState().engine.kind !== 'ready') return;
      }
    } finally {
      store.setState({ batch: null });
    }
  }

  private markingOf(edit: Edit): Marking | null {
    const { open } = this.options.documents;
    return (open && markingOf(edit, open.markings)) ?? null;
  }
}
