import { chosenVariant } from '../document/edits';
import { selectedEdit } from '../document/document-slice';
import type { Documents } from '../document/documents';
import type { Editing } from '../document/editing';
import type { OpenDocument } from '../document/open-document';
import type { Notices } from '../shell/notices';
import { isBusy } from './fill-machine';
import type { Fills } from './fills';
import { canFill, type FillsStore } from './fills-slice';

/** From lifting the tool to filling: strokes that follow each other closely are filled together. */
const REST_MS = 250;

interface RemakesOptions {
  readonly store: FillsStore;
  readonly documents: Documents;
  readonly editing: Editing;
  readonly fills: Fills;
  readonly notices: Notices;
  /** Whether a stroke is under the hand. */
  readonly isHandBusy: () => boolean;
}

/**
 * Makes the edited fill again whenever the tool is lifted from its paint. What runs for an earlier state of the paint gives
 * way. As long as a fill is edited, the newest such try takes the place of the one before among the variants; undo brings
 * that back.
 */
export class Remakes {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private document: OpenDocument | null = null;
  private stopListening: () => void = () => undefined;
  /** The paint has changed since it was filled last; another fill may have to end first. */
  private wanted = false;
  private collecting = false;
  /** Variants that were made like this while the fill is edited. */
  private readonly tries = new Set<string>();
  private readonly options: RemakesOptions;

  constructor(options: RemakesOptions) {
    this.options = options;
    options.store.subscribe((now, before) => {
      if (now.document !== before.document) this.listen(options.documents.open);
      if (now.selectedEdit !== before.selectedEdit) {
        this.forget();
        this.tries.clear();
      }
      const ended = isBusy(before.fill) && !isBusy(now.fill);
      // What the fill before has done is to be there first.
      if (this.wanted && (ended || now.batch !== before.batch)) queueMicrotask(() => this.remake());
    });
  }

  /** What is painted meanwhile waits for another stroke, or for Fill. */
  collect(work: () => void): void {
    this.collecting = true;
    try {
      work();
    } finally {
      this.collecting = false;
    }
  }

  /** A step was undone or made again: what runs for the paint before gives way. */
  moved(): void {
    const { selectedEdit } = this.options.store.getState();
    if (this.wanted || (selectedEdit !== null && this.options.fills.isRefilling(selectedEdit))) this.remake();
  }

  /** First stops what runs, and puts back the paint that the shown fill was made from; then leaves the fill. */
  async back(): Promise<void> {
    const { store, fills, editing } = this.options;
    const { fill, selectedEdit } = store.getState();
    this.forget();
    if (fill.kind === 'running' || fill.kind === 'waiting') {
      const refilling = selectedEdit !== null && fills.isRefilling(selectedEdit);
      await fills.cancel();
      if (refilling && store.getState().selectedEdit === selectedEdit) editing.revert();
    } else if (!editing.revert()) editing.select(null);
  }

  private listen(document: OpenDocument | null): void {
    if (document === this.document) return;
    this.stopListening();
    this.forget();
    this.document = document;
    this.stopListening = document?.onPainted(() => this.painted()) ?? (() => undefined);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.wanted = false;
  }

  private painted(): void {
    const { selectedEdit, settings } = this.options.store.getState();
    if (selectedEdit === null || !settings.remakeOnLift || this.collecting) return;
    this.wanted = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remake(), REST_MS);
  }

  private remake(): void {
    const { store, documents, fills, notices, isHandBusy } = this.options;
    clearTimeout(this.timer);
    const state = store.getState();
    const edit = selectedEdit(state);
    if (!edit || !documents.open || !this.wantsFilling()) {
      this.wanted = false;
      return;
    }
    if (isHandBusy()) {
      this.timer = setTimeout(() => this.remake(), REST_MS);
      return;
    }
    const refilling = fills.isRefilling(edit.editId);
    const changed = documents.open.workspace.isChanged();
    this.wanted = changed;
    if (isBusy(state.fill) || state.batch) {
      if (refilling) void fills.cancel().catch((error: unknown) => notices.error(error));
      return;
    }
    if (!changed || !canFill(state)) return;
    this.wanted = false;
    this.refill(this.tries.has(edit.chosenId)).catch((error: unknown) => notices.error(error));
  }

  /** A rough fill that waits is a person's to go on with; of a hole that was wiped nothing can be made. */
  private wantsFilling(): boolean {
    const { fill, painted, engine } = this.options.store.getState();
    return fill.kind !== 'waiting' && painted.hole && engine.kind === 'ready';
  }

  private async refill(again: boolean): Promise<void> {
    const { store, fills } = this.options;
    const edit = selectedEdit(store.getState());
    if (!edit) return;
    const end = await fills.refill({ live: true, instead: again ? chosenVariant(edit) : null });
    const now = selectedEdit(store.getState());
    if (end === 'done' && now?.editId === edit.editId) this.tries.add(now.chosenId);
  }
}
