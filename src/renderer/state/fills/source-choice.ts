import type { FillsState, FillsStore } from './fills-slice';
import { earlierHoles } from './fill-source';
import { refillOf } from './refill';
import { selectedEdit } from '../document/document-slice';
import { editsBelow } from '../document/edits';
import type { Documents } from '../document/documents';
import type { OpenDocument } from '../document/open-document';

/** Side of a patch that the network compares, pixels at working size; two of them hold a whole one wherever they lie. */
const PATCH = 16;
/** Fewer patches than this are hardly a choice. */
const FEW = 4;
/** The plane is counted when the hand rests, not with every stroke. */
const WAIT_MS = 250;

/** Whether the allowed source would hold only a few patches, at the scale that the hole is worked on. */
export function isSourceSmall(state: FillsState, document: OpenDocument): boolean {
  const { masks } = document;
  const { edits, models, freshOnly, settings } = state;
  const { markings } = document;
  const below = state.selectedEdit === null ? edits : editsBelow(edits, state.selectedEdit);
  const without = earlierHoles({ below, markings, freshOnly, models, modelId: settings.modelId });
  if (masks.isEmpty('include') && masks.isEmpty('exclude') && without.length === 0) return false;
  // Last, because it reads the whole plane: 50 ms of 100 megapixels, after every stroke.
  const hole = masks.plane('hole').bounds();
  if (!hole) return false;
  const side = PATCH * Math.max(1, Math.max(hole.width, hole.height) / state.settings.workingSize);
  return masks.sourcePlane(without).count() < FEW * side * side;
}

/** Keeps `sourceSmall` and `refills` up to date with whichever document is open. */
export class SourceWatch {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private document: OpenDocument | null = null;
  private stopListening: () => void = () => undefined;
  private readonly store: FillsStore;

  constructor({ store, documents }: { readonly store: FillsStore; readonly documents: Documents }) {
    this.store = store;
    store.subscribe((now, before) => {
      if (now.document !== before.document) this.follow(documents.open);
      const sameFill = now.edits === before.edits && now.selectedEdit === before.selectedEdit;
      const sameSettings = now.freshOnly === before.freshOnly && now.settings === before.settings;
      if (!sameFill || !sameSettings || now.fill.kind !== before.fill.kind) this.lookSoon();
    });
  }

  private follow(document: OpenDocument | null): void {
    if (document === this.document) return;
    this.stopListening();
    this.document = document;
    const painted = document ? [document.masks, document.hints, document.lines] : [];
    const stops = painted.map((each) => each.onChange(() => this.lookSoon()));
    this.stopListening = () => stops.forEach((stop) => stop());
    this.lookSoon();
  }

  private lookSoon(): void {
    clearTimeout(this.timer);
    if (this.document) this.timer = setTimeout(() => this.look(), WAIT_MS);
  }

  private look(): void {
    if (!this.document) return;
    const state = this.store.getState();
    const sourceSmall = isSourceSmall(state, this.document);
    const edit = selectedEdit(state);
    const refills = edit !== null && (refillOf(edit, this.document, state)?.isOther ?? false);
    if (state.sourceSmall !== sourceSmall || state.refills !== refills) this.store.setState({ sourceSmall, refills });
  }
}
