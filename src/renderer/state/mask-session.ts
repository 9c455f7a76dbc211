import { BitPlane } from '../../shared/bit-plane';
import type { Marking } from '../../shared/document-model';
import { planePatchOf } from '../../shared/plane-delta';
import { drawPatch } from '../../shared/plane-patch';
import { texts } from '../texts';
import type { AppStore } from './app-state';
import type { Documents } from './documents';
import { chosenVariant } from './edits';
import type { Alongside, EditStack } from './edit-stack';
import type { PaintedPlanes } from './masks';

/** A mask that was opened again, and what was painted before. */
interface Session {
  readonly editId: string;
  readonly before: PaintedPlanes;
}

/**
 * An edit's hole and source, back on the canvas to be changed. Filling then makes a variant of that edit, and what was
 * painted before comes back. Opening and closing are steps of the history like any other.
 */
export class MaskSession {
  private session: Session | null = null;
  private readonly store: AppStore;
  private readonly documents: Documents;
  private readonly stack: EditStack;

  constructor(parts: { store: AppStore; documents: Documents; stack: EditStack }) {
    this.store = parts.store;
    this.documents = parts.documents;
    this.stack = parts.stack;
  }

  /** Whose mask is open; null: none. */
  get editId(): string | null {
    return this.session?.editId ?? null;
  }

  /** Forgets what belonged to the last document. */
  reset(): void {
    this.enter(null);
  }

  open(editId: string): void {
    const document = this.documents.open;
    const edit = this.stack.find(editId);
    const marking = edit && document?.markings.get(chosenVariant(edit).markingId);
    if (!document || !edit || !marking || this.editId === editId) return;
    if (this.session) this.leave();
    const { masks } = document;
    const before = masks.painted();
    this.become({ editId, before }, planesOf(marking), texts.steps.openMask(edit.number));
  }

  /** Closes it without a fill. */
  leave(): void {
    const { session } = this;
    if (!session) return;
    const number = this.stack.find(session.editId)?.number ?? 0;
    this.become(null, session.before, texts.steps.closeMask(number));
  }

  /**
   * The fill is there: closes it as a part of another step.
   * @param filled the hole when the fill began; what was painted since stays
   */
  finish(filled: BitPlane): Alongside {
    const document = this.documents.open;
    const { session } = this;
    if (!document || !session) return {};
    const { masks } = document;
    const later = masks.plane('hole').clone();
    later.combine(filled, 'and-not');
    const hole = join(session.before.hole, planePatchOf(later), masks.size);
    const change = masks.load({ ...session.before, hole });
    this.enter(null);
    return { masks: change, undo: () => this.enter(session), redo: () => this.enter(null) };
  }

  private become(next: Session | null, planes: PaintedPlanes, name: string): void {
    const document = this.documents.open;
    if (!document) return;
    const { session } = this;
    const change = document.masks.load(planes);
    this.enter(next);
    document.remember(name, change, { undo: () => this.enter(session), redo: () => this.enter(next) });
  }

  private enter(session: Session | null): void {
    this.session = session;
    this.store.setState({ openMask: session?.editId ?? null });
  }
}

function planesOf({ hole, include, exclude }: Marking): PaintedPlanes {
  return { hole, include, exclude };
}

function join(
  a: PaintedPlanes['hole'],
  b: PaintedPlanes['hole'],
  size: { readonly width: number; readonly height: number },
): PaintedPlanes['hole'] {
  if (!a || !b) return a ?? b;
  const plane = new BitPlane(size.width, size.height);
  drawPatch(plane, a, true);
  drawPatch(plane, b, true);
  return planePatchOf(plane);
}
