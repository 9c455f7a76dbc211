import type { BitPlane } from '../../../shared/bit-plane';
import type { Marking, Paint, SetAside } from '../../../shared/document-model';
import { HintRaster } from '../../../shared/hint-raster';
import { planePatchOf } from '../../../shared/plane-delta';
import { texts } from '../../texts';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import { chosenVariant, markingOf } from './edits';
import type { EditStack } from './edit-stack';
import { joined, type PaintedPlanes } from './masks';
import type { Alongside, OpenDocument } from './open-document';
import { loadPaint, paintBytes, paintOf } from './paint';
import type { Preferences } from '../shell/preferences';

/**
 * An edit's hole, source and hint, back on the canvas to be changed. Filling then makes a variant of that edit, and what
 * was painted before, which the document sets aside, comes back. Opening and closing are steps of the history. While it
 * is open, hints hold as strongly as the edit's did, unless that is changed.
 */
export class MaskSession {
  private readonly store: DocumentStore;
  private readonly documents: Documents;
  private readonly stack: EditStack;
  private readonly preferences: Preferences;
  /** How strongly hints held before it was opened, 0..1; null: nothing is to be put back. */
  private strengthBefore: number | null = null;

  constructor(parts: { store: DocumentStore; documents: Documents; stack: EditStack; preferences: Preferences }) {
    this.store = parts.store;
    this.documents = parts.documents;
    this.stack = parts.stack;
    this.preferences = parts.preferences;
    // Not where it is opened: history, and a document that is opened with it, do so as well.
    this.store.subscribe((state, before) => {
      if (state.openMask !== before.openMask) this.followStrength();
    });
  }

  /** Whose mask is open; null: none. */
  get editId(): string | null {
    return this.documents.open?.setAside?.editId ?? null;
  }

  open(editId: string): void {
    const document = this.documents.open;
    const edit = this.stack.find(editId);
    const marking = edit && document && markingOf(edit, document.markings);
    if (!document || !edit || !marking || this.editId === editId) return;
    this.leave();
    const { hintId, lines } = chosenVariant(edit).recipe;
    const paint = { ...planesOf(marking), hint: hintOf(document, hintId), lines };
    this.become({ editId, paint: paintOf(document) }, paint, texts.steps.openMask(edit.number));
  }

  /** Closes it without a fill. */
  leave(): void {
    const setAside = this.documents.open?.setAside;
    if (!setAside) return;
    const number = this.stack.find(setAside.editId)?.number ?? 0;
    this.become(null, setAside.paint, texts.steps.closeMask(number));
  }

  /**
   * The fill is there: closes it as a part of another step.
   * @param filled the hole when the fill began; what was painted since stays
   */
  finish(filled: BitPlane): Alongside {
    const document = this.documents.open;
    const setAside = document?.setAside;
    if (!document || !setAside) return {};
    const { masks, hints } = document;
    const later = masks.plane('hole').clone();
    later.combine(filled, 'and-not');
    const used = hints.clear(filled);
    const since = hints.painted();
    const hole = joined(setAside.paint.hole, planePatchOf(later), masks.size);
    const back = loadPaint(document, { ...setAside.paint, hole });
    const again = since.flatMap(({ key, pixels }) => hints.lay({ box: hints.boxOf(key), step: 1, pixels }));
    return {
      paint: { ...back, hints: [...used, ...(back.hints ?? []), ...again] },
      ...this.entering(document, null),
    };
  }

  private followStrength(): void {
    if (this.strengthBefore !== null) this.preferences.change({ hintStrength: this.strengthBefore });
    this.strengthBefore = null;
    const edit = this.editId === null ? null : this.stack.find(this.editId);
    const kept = edit && this.documents.open?.keptHints.get(chosenVariant(edit).recipe.hintId ?? '');
    if (!kept) return;
    this.strengthBefore = this.store.getState().settings.hintStrength;
    this.preferences.change({ hintStrength: kept.strength });
  }

  private become(next: SetAside | null, paint: Paint, name: string): void {
    const document = this.documents.open;
    if (document) document.remember(name, loadPaint(document, paint), this.entering(document, next));
  }

  /** Sets other paint aside, or none, as a part of a step. */
  private entering(document: OpenDocument, next: SetAside | null): Omit<Alongside, 'paint'> {
    const before = document.setAside;
    const enter = (setAside: SetAside | null) => {
      document.setAside = setAside;
      this.store.setState({ openMask: setAside?.editId ?? null });
    };
    enter(next);
    const held = next ?? before;
    return { undo: () => enter(before), redo: () => enter(next), bytes: held ? paintBytes(held.paint) : 0 };
  }
}

function planesOf({ hole, include, exclude }: Marking): PaintedPlanes {
  return { hole, include, exclude };
}

/** The colours that a variant was steered by, as they are painted. */
function hintOf({ keptHints, hints }: OpenDocument, hintId: string | null): Paint['hint'] {
  const kept = keptHints.get(hintId ?? '');
  const raster = new HintRaster(hints.size);
  if (kept) raster.lay(kept.hint);
  return [...raster.painted()];
}
