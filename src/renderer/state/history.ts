/** One thing a person did, as undo sees it. */
export interface Step {
  /** As in "Undo brush stroke". */
  readonly name: string;
  /** Memory it holds. */
  readonly bytes: number;
  undo(): void;
  redo(): void;
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
    this.undone.length = 0;
    this.done.push(step);
    while (this.done.length > 1 && this.bytes() > this.budget) this.done.shift();
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
