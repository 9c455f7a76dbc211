/** What the person answers when something would be lost. */
export type UnsavedChoice = 'save' | 'discard' | 'cancel';

type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking'; readonly answer: Promise<boolean> }
  | { readonly kind: 'saving'; readonly finish: (saved: boolean) => void };

/** A save that takes longer was given up without a word; closing the window by a later one would be a surprise. */
const SAVE_LIMIT_MS = 5 * 60_000;

/**
 * Stands between unsaved fills and whatever would lose them (closing the window, opening another picture from the
 * menu). Saving is the window's task; the guard asks for it and waits until the window says that nothing is unsaved.
 */
export class UnsavedGuard {
  private unsaved = false;
  private name = '';
  private phase: Phase = { kind: 'idle' };

  constructor(
    private readonly ask: (name: string) => Promise<UnsavedChoice>,
    private readonly startSaving: () => void,
  ) {}

  /** The window's word on whether something is unsaved. */
  report(unsaved: boolean, name: string): void {
    this.unsaved = unsaved;
    this.name = name;
    if (!unsaved && this.phase.kind === 'saving') this.phase.finish(true);
  }

  /** A save was begun and did not come to an end: the person cancelled its dialog, or it failed. */
  saveAbandoned(): void {
    if (this.phase.kind === 'saving') this.phase.finish(false);
  }

  /** Whether the present document may go: nothing is unsaved, or it was saved, or the person gives it up. */
  mayDiscard(): Promise<boolean> {
    if (!this.unsaved) return Promise.resolve(true);
    // Somebody who closes a window twice sees one question; who closes it while it saves in vain is asked again.
    if (this.phase.kind === 'asking') return this.phase.answer;
    this.saveAbandoned();
    const answer = this.askAndSave();
    this.phase = { kind: 'asking', answer };
    return answer;
  }

  private async askAndSave(): Promise<boolean> {
    const choice = await this.ask(this.name).catch(() => 'cancel' as const);
    this.phase = { kind: 'idle' };
    if (choice !== 'save') return choice === 'discard';
    if (!this.unsaved) return true;
    return new Promise((resolve) => {
      const finish = (saved: boolean): void => {
        clearTimeout(timer);
        this.phase = { kind: 'idle' };
        resolve(saved);
      };
      const timer = setTimeout(() => finish(false), SAVE_LIMIT_MS);
      this.phase = { kind: 'saving', finish };
      this.startSaving();
    });
  }
}
