/** One thing a person did, as undo sees it. */
export interface Step {
  /** As in "Undo brush stroke". */
  readonly name: string;
  /** Memory it holds. */
  readonly bytes: number;
  /** The fill whose paint it changes, and nothing else; left out: it does something else, or paints for the new fill. */
  readonly paints?: string;
  undo(): void;
  redo(): void;
  /** It can be neither undone nor made again any more: what it alone holds can go. `done`: it stays done; else undone. */
  forget?(done: boolean): void;
}

/** Undo and redo, bounded by memory: the oldest steps are forgotten first, the newest never. */
export class History {
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private readonly budget: number;
  private readonly changed: () => void;

  constructor(budget: number, changed: () => void) {
    this.budget = budget;
    this.changed = changed;
  }

  /** Adds a step that has already happened; what was undone before is gone. */
  push(step: Step): void {
    this.done.push(step);
    for (const gone of this.undone.splice(0)) gone.forget?.(false);
    while (this.done.length > 1 && this.bytes() > this.budget) this.done.shift()?.forget?.(true);
    this.changed();
  }

  /** Makes one step, called as the newest, of it and of those right before it that only paint for a fill. */
  joinPainting(editId: string): void {
    const newest = this.done.pop();
    if (!newest) return;
    let first = this.done.length;
    while (this.done[first - 1]?.paints === editId) first--;
    const parts = [...this.done.splice(first), newest];
    this.done.push({
      name: newest.name,
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      undo: () => parts.toReversed().forEach((part) => part.undo()),
      redo: () => parts.forEach((part) => part.redo()),
      forget: (done) => parts.forEach((part) => part.forget?.(done)),
    });
    this.changed();
  }

  undo(): boolean {
    return this.move(this.done, this.undone, (step) => step.undo());
  }

  redo(): boolean {
    return this.move(this.undone, this.done, (step) => step.redo());
  }

  /** Names of the steps that undo and redo would take; null when there is none. */
  names(): { readonly undo: string | null; readonly redo: string | null } {
    return { undo: this.done.at(-1)?.name ?? null, redo: this.undone.at(-1)?.name ?? null };
  }

  bytes(): number {
    return [...this.done, ...this.undone].reduce((sum, step) => sum + step.bytes, 0);
  }

  private move(from: Step[], to: Step[], act: (step: Step) => void): boolean {
    const step = from.pop();
    if (!step) return false;
    act(step);
    to.push(step);
    this.changed();
    return true;
  }
}
