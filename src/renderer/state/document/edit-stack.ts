import type { Edit, Variant } from '../../../shared/document-model';
import { texts } from '../../texts';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import { changed, withEditAt, without, withVariants } from './edits';
import type { Step } from './history';
import type { OpenDocument } from './open-document';
import { loadPaint, type PaintChange, paintChangeBytes, planesBytes, togglePaint } from './paint';

/** What a step holds by itself: two functions, ids and names. */
const STEP_BYTES = 512;

type Choice = Pick<Edit, 'editId' | 'chosenId'>;
type Change = (edits: readonly Edit[]) => readonly Edit[];

/** What a step is made of besides the change of the stack. */
interface StepParts extends Pick<Step, 'forget'> {
  /** What has changed of the paint already, and is taken back with the step; also where that is nothing. */
  readonly paint?: PaintChange;
  /** Memory that it holds besides the paint. */
  readonly bytes?: number;
}

/**
 * What a person does with the stack of edits. Every call is one named step that can be undone. Steps name edits by id and
 * do not keep copies of the whole stack, so that variants which arrive later survive going back and forth: a variant,
 * once made, is only ever taken away on purpose. Pixels are the engine's, on the disk; what an edit holds here are its
 * marking and its hint, which count as a step's memory when the step has taken the edit away, and go when that step is
 * forgotten.
 */
export class EditStack {
  /** What an edit's opacity was before the slider was taken hold of. */
  private sliding: { readonly editId: string; readonly before: number } | null = null;
  private readonly store: DocumentStore;
  private readonly documents: Documents;

  constructor(parts: { store: DocumentStore; documents: Documents }) {
    this.store = parts.store;
    this.documents = parts.documents;
  }

  /** Another document: whatever was under the hand is not any more. */
  reset(): void {
    this.sliding = null;
  }

  find(editId: string): Edit | null {
    return this.edits().find((edit) => edit.editId === editId) ?? null;
  }

  /** Puts a new edit on top. @param paint what has changed of the paint with it */
  add(edit: Edit, name: string, paint?: PaintChange): void {
    const document = this.documents.open;
    if (document) this.insert(document, edit, this.edits().length, name, paint);
  }

  setVisible(editId: string, visible: boolean): void {
    const edit = this.find(editId);
    if (!edit || edit.visible === visible) return;
    const name = visible ? texts.steps.showEdit(edit.number) : texts.steps.hideEdit(edit.number);
    this.change(editId, { visible }, { visible: edit.visible }, name);
  }

  /** While the slider moves: seen at once, a step only with `setOpacity`. */
  slideOpacity(editId: string, opacity: number): void {
    const edit = this.find(editId);
    if (!edit) return;
    if (this.sliding?.editId !== editId) this.sliding = { editId, before: edit.opacity };
    this.apply((edits) => changed(edits, editId, { opacity }));
  }

  setOpacity(editId: string, opacity: number): void {
    const edit = this.find(editId);
    const before = this.sliding?.editId === editId ? this.sliding.before : edit?.opacity;
    this.sliding = null;
    if (!edit || before === undefined) return;
    // Slid away and back again: no step, and what is seen is what it was.
    if (before === opacity) this.apply((edits) => changed(edits, editId, { opacity }));
    else this.change(editId, { opacity }, { opacity: before }, texts.steps.editOpacity(edit.number));
  }

  /** A name of nothing but spaces gives the edit its number back. */
  rename(editId: string, wanted: string): void {
    const edit = this.find(editId);
    const name = wanted.trim().slice(0, 100) || null;
    if (!edit || edit.name === name || wanted.trim() === texts.panels.edit(edit.number)) return;
    this.change(editId, { name }, { name: edit.name }, texts.steps.renameEdit(edit.number));
  }

  /** Moves an edit to a place among the others, counted from the lowest; places beyond the ends are the ends. */
  move(editId: string, to: number): void {
    const edit = this.find(editId);
    const from = this.indexOf(editId);
    const place = Math.max(0, Math.min(this.edits().length - 1, to));
    if (!edit || from === place) return;
    const moveTo = (index: number) => (edits: readonly Edit[]) => {
      const moved = edits.find((candidate) => candidate.editId === editId);
      return moved ? withEditAt(without(edits, editId), moved, index) : edits;
    };
    this.step(texts.steps.moveEdit(edit.number), moveTo(place), moveTo(from));
  }

  /** Up (+1) or down (-1) by one. */
  moveBy(editId: string, by: 1 | -1): void {
    this.move(editId, this.indexOf(editId) + by);
  }

  /** Puts a copy right above; it shares the results so far, and goes its own way from here. */
  duplicate(editId: string): void {
    const edit = this.find(editId);
    const document = this.documents.open;
    if (!edit || !document) return;
    const copy: Edit = { ...edit, editId: crypto.randomUUID(), number: document.nextNumber++ };
    this.insert(document, copy, this.indexOf(editId) + 1, texts.steps.duplicateEdit(edit.number));
    document.workspace.enter(copy.editId);
  }

  remove(editId: string): void {
    const edit = this.find(editId);
    const document = this.documents.open;
    if (!edit || !document) return;
    const name = texts.steps.deleteEdit(edit.number);
    this.step(name, takingOut(document, editId), puttingIn(document, editId, this.indexOf(editId)), {
      bytes: heldBy(document, edit.variants),
      forget: (done) => {
        if (done) this.letGo(document, editId);
      },
    });
  }

  /** Which variant is seen. */
  choose(editId: string, variantId: string, name?: string): void {
    const edit = this.find(editId);
    const number = edit ? edit.variants.findIndex((variant) => variant.variantId === variantId) + 1 : 0;
    const document = this.documents.open;
    if (!edit || number === 0 || !document || edit.chosenId === variantId) return;
    const step = name ?? texts.steps.chooseVariant(edit.number, number);
    const { workspace } = document;
    const chosen = edit.variants[number - 1];
    // What was changed of the paint and not filled goes, and comes back with undo.
    const dropped = chosen && workspace.editId === editId && workspace.isChanged();
    const paint = dropped ? loadPaint(document, workspace.paintFor(chosen)) : undefined;
    this.change(editId, { chosenId: variantId }, { chosenId: edit.chosenId }, step, paint);
  }

  /**
   * A fill of what is painted for an edit is there, and its variant is shown from now on: one step with the painting for it.
   * @param instead an earlier try, whose place it takes
   */
  refilled(edit: Edit, variantId: string, paint: PaintChange, name: string, instead: Variant | null): void {
    const document = this.documents.open;
    if (!document) return;
    const { editId, chosenId } = edit;
    const index = instead ? edit.variants.findIndex((each) => each.variantId === instead.variantId) : -1;
    const cutting = instead && index >= 0 ? this.cutting(document, editId, instead, index) : null;
    this.step(
      name,
      (edits) => changed(cutting?.forth(edits) ?? edits, editId, { chosenId: variantId }),
      (edits) => changed(cutting?.back(edits) ?? edits, editId, { chosenId }),
      { paint, bytes: cutting?.bytes, forget: cutting?.forget },
    );
    document.history.joinPainting(editId);
  }

  /** The same as a part of a larger step, which `chosenTogether` makes afterwards. */
  chooseQuietly(editId: string, variantId: string): void {
    this.apply((edits) => changed(edits, editId, { chosenId: variantId }));
  }

  /** Makes one step of several choices. */
  chosenTogether(before: readonly Choice[], after: readonly Choice[], name: string): void {
    const choosing = (choices: readonly Choice[]) => (edits: readonly Edit[]) =>
      choices.reduce((stack, { editId, chosenId }) => changed(stack, editId, { chosenId }), edits);
    if (after.length > 0) this.step(name, choosing(after), choosing(before));
  }

  /** Takes a variant away that is not the one seen. */
  removeVariant(editId: string, variantId: string): void {
    const edit = this.find(editId);
    const variant = edit?.variants.find((candidate) => candidate.variantId === variantId);
    const document = this.documents.open;
    if (!edit || !variant || !document || edit.chosenId === variantId) return;
    const index = edit.variants.indexOf(variant);
    const { forth, back, ...held } = this.cutting(document, editId, variant, index);
    this.step(texts.steps.deleteVariant(edit.number, index + 1), forth, back, held);
  }

  /** A result has arrived. It is no step: nothing is seen of it until it is chosen, and undoing must not lose it. */
  addVariant(editId: string, variant: Variant): void {
    const shelf = this.documents.open?.shelf;
    const shelved = shelf?.get(editId);
    if (shelved) shelf?.set(editId, { ...shelved, variants: [...shelved.variants, variant] });
    this.store.setState(({ edits }) => ({
      edits: withVariants(edits, editId, (variants) => [...variants, variant]),
    }));
  }

  private insert(document: OpenDocument, edit: Edit, index: number, name: string, paint?: PaintChange): void {
    const { editId } = edit;
    document.shelf.set(editId, edit);
    this.step(name, puttingIn(document, editId, index), takingOut(document, editId), {
      paint,
      // As long as it is done, the edit is the document's own.
      forget: (done) => {
        if (!done) this.letGo(document, editId);
      },
    });
  }

  /** An edit on the shelf will not come back. */
  private letGo(document: OpenDocument, editId: string): void {
    const edit = document.shelf.get(editId);
    if (document.shelf.delete(editId)) this.release(document, edit?.variants ?? []);
  }

  /** Markings and hints of variants that are gone, unless another variant has them too. */
  private release(document: OpenDocument, variants: readonly Variant[]): void {
    // Which edits a document has that rests on another canvas is not known here: it keeps them until it is closed.
    if (document !== this.documents.open) return;
    const { shelf, cut, markings, keptHints } = document;
    const edits = [...this.edits(), ...shelf.values()];
    const left = [...edits.flatMap((edit) => edit.variants), ...cut.values()];
    for (const { markingId, recipe } of variants) {
      if (left.every((other) => other.markingId !== markingId)) markings.delete(markingId);
      const { hintId } = recipe;
      if (hintId !== null && left.every((other) => other.recipe.hintId !== hintId)) keptHints.delete(hintId);
    }
  }

  /** Taking a variant out of its edit, and putting it back; and what a step that does so holds. */
  private cutting(document: OpenDocument, editId: string, variant: Variant, index: number) {
    const { cut } = document;
    const { variantId } = variant;
    const forth: Change = (edits) => {
      cut.set(variantId, variant);
      return withVariants(edits, editId, (variants) => variants.filter((each) => each.variantId !== variantId));
    };
    const back: Change = (edits) => {
      cut.delete(variantId);
      return withVariants(edits, editId, (variants) => variants.toSpliced(index, 0, variant));
    };
    const forget = (done: boolean) => {
      if (done && cut.delete(variantId)) this.release(document, [variant]);
    };
    return { forth, back, forget, bytes: heldBy(document, [variant]) };
  }

  private change(editId: string, to: Partial<Edit>, back: Partial<Edit>, name: string, paint?: PaintChange): void {
    this.step(
      name,
      (edits) => changed(edits, editId, to),
      (edits) => changed(edits, editId, back),
      { paint },
    );
  }

  private step(name: string, forth: Change, back: Change, { paint, bytes = 0, forget }: StepParts = {}): void {
    const document = this.documents.open;
    if (!document) return;
    const { editId } = document.workspace;
    const make = (change: Change) => {
      if (!paint) return this.apply(change);
      document.workspace.enter(editId);
      togglePaint(document, paint);
      this.apply(change, false);
    };
    // The paint has been changed already.
    this.apply(forth, !paint);
    document.history.push({
      name,
      bytes: STEP_BYTES + bytes + (paint ? paintChangeBytes(paint) : 0),
      forget,
      undo: () => make(back),
      redo: () => make(forth),
    });
  }

  /** @param follows whether what is painted for the edited fill follows the variant that is chosen */
  private apply(change: Change, follows = true): void {
    const workspace = this.documents.open?.workspace;
    const before = this.edits();
    const edits = change(before);
    const chosenIn = (stack: readonly Edit[]) => stack.find(({ editId }) => editId === workspace?.editId)?.chosenId;
    const chosen = chosenIn(edits);
    if (chosen === undefined) workspace?.enter(null);
    const following = follows && chosen !== chosenIn(before) && workspace?.isChanged() === false;
    this.store.setState({ edits });
    if (following) workspace?.follow();
    this.documents.refreshLayers();
  }

  private edits(): readonly Edit[] {
    return this.store.getState().edits;
  }

  private indexOf(editId: string): number {
    return this.edits().findIndex((edit) => edit.editId === editId);
  }
}

function takingOut({ shelf }: OpenDocument, editId: string): Change {
  return (edits) => {
    const edit = edits.find((candidate) => candidate.editId === editId);
    if (edit) shelf.set(editId, edit);
    return without(edits, editId);
  };
}

function puttingIn({ shelf }: OpenDocument, editId: string, index: number): Change {
  return (edits) => {
    const edit = shelf.get(editId);
    shelf.delete(editId);
    return edit ? withEditAt(edits, edit, index) : edits;
  };
}

/** Memory that variants hold. */
function heldBy({ markings, keptHints }: OpenDocument, variants: readonly Variant[]): number {
  const marked = new Set(variants.map(({ markingId }) => markingId));
  const hinted = new Set(variants.map(({ recipe }) => recipe.hintId ?? ''));
  const planes = [...marked].reduce((sum, id) => sum + planesBytes(markings.get(id)), 0);
  const hints = [...hinted].reduce((sum, id) => sum + (keptHints.get(id)?.hint.pixels.length ?? 0), 0);
  return planes + hints + JSON.stringify(variants).length;
}

/** As a person calls it. */
export function nameOf(edit: Edit): string {
  return edit.name ?? texts.panels.edit(edit.number);
}
