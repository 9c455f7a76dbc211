import type { WindowSettings } from '../../../shared/protocol/settings';
import { texts } from '../../texts';
import { type DocumentSlice, type DocumentStore, selectedEdit } from './document-slice';
import type { ShellSlice } from '../shell/shell-slice';
import type { Documents } from './documents';
import { chosenVariant } from './edits';
import type { OpenDocument } from './open-document';
import { loadPaint } from './paint';
import type { Preferences } from '../shell/preferences';

/**
 * What follows the fill that is being edited: the panel shows what its shown variant was made with, and goes back to a
 * person's own settings for the new fill. What is changed meanwhile holds for both.
 */
export class Editing {
  private readonly store: DocumentStore;
  private readonly documents: Documents;
  private readonly preferences: Preferences;
  private document: OpenDocument | null = null;
  private stopListening: () => void = () => undefined;
  private looking = false;
  /** The soft rim of the strokes of the new fill, pixels. */
  private softness = 0;

  constructor(parts: { store: DocumentStore; documents: Documents; preferences: Preferences }) {
    this.store = parts.store;
    this.documents = parts.documents;
    this.preferences = parts.preferences;
    this.store.subscribe((now, before) => {
      if (now.document !== before.document) this.listen();
      if (now.selectedEdit !== before.selectedEdit) this.enter(before);
      if (now.selectedEdit !== before.selectedEdit || shownIn(now) !== shownIn(before)) this.look();
      if (shownIn(now) !== shownIn(before)) this.showSettings(now);
    });
  }

  /** Edits this fill from now on; null: the new one. */
  select(editId: string | null): void {
    this.documents.open?.workspace.enter(editId);
  }

  /** Puts back what the edited fill was made from: a step of the history. False where that is what is painted. */
  revert(): boolean {
    const document = this.documents.open;
    const edit = selectedEdit(this.store.getState());
    if (!document || !edit || !document.workspace.isChanged()) return false;
    const paint = document.workspace.paintFor(chosenVariant(edit));
    document.remember(texts.steps.revert(edit.number), loadPaint(document, paint));
    return true;
  }

  private listen(): void {
    const { open } = this.documents;
    if (open === this.document) return;
    this.stopListening();
    this.document = open;
    this.softness = 0;
    const stops = open
      ? [open.masks, open.hints, open.lines].map((painted) => painted.onChange(() => this.lookSoon()))
      : [];
    this.stopListening = () => stops.forEach((stop) => stop());
  }

  private enter(before: DocumentSlice): void {
    if (before.selectedEdit === null) this.softness = before.tipSoftness;
    const { selectedEdit: edited, painted, tipSoftness: now } = this.store.getState();
    const tipSoftness = edited === null && painted.hole ? this.softness : 0;
    if (now !== tipSoftness) this.store.setState({ tipSoftness });
  }

  /** A step may change several planes. */
  private lookSoon(): void {
    if (this.looking) return;
    this.looking = true;
    queueMicrotask(() => {
      this.looking = false;
      this.look();
    });
  }

  private look(): void {
    const workspace = this.documents.open?.workspace;
    if (!workspace) return;
    const state = this.store.getState();
    const changedPaint = workspace.isChanged();
    const changedEdits = workspace.changedElsewhere();
    const same = state.changedPaint === changedPaint && state.changedEdits.join() === changedEdits.join();
    if (!same) this.store.setState({ changedPaint, changedEdits });
  }

  private showSettings(state: ShellSlice & DocumentSlice): void {
    const edit = selectedEdit(state);
    if (!edit) {
      this.preferences.show(null);
      return;
    }
    const { recipe } = chosenVariant(edit);
    const { manner, workingSize, detail, feather } = recipe.settings;
    const kept = this.documents.open?.keptHints.get(recipe.hintId ?? '');
    const known = state.models.some(({ modelId }) => modelId === recipe.modelId);
    const sizes: readonly WindowSettings['workingSize'][] = [256, 384, 512];
    const size = sizes.find((each) => each === workingSize);
    this.preferences.show({
      manner,
      detail,
      feather,
      ...(size === undefined ? {} : { workingSize: size }),
      ...(known ? { modelId: recipe.modelId } : {}),
      ...(kept ? { hintStrength: kept.strength } : {}),
    });
  }
}

/** The variant that is being edited. */
function shownIn(state: DocumentSlice): string | null {
  return selectedEdit(state)?.chosenId ?? null;
}
