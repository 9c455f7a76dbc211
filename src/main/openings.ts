import { errorFor } from '../shared/error-texts';

/** What is being opened, and can be cancelled. */
export class Openings {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly ask: (method: 'cancelOpen' | 'close', documentId: string) => Promise<unknown>) {}

  /**
   * Does what opens a document.
   * @param open calls `goOn` where it can still turn back: that throws once it was cancelled
   * @throws StudioError cancelled
   */
  async run<T>(documentId: string, open: (goOn: () => void) => Promise<T>): Promise<T> {
    const opening = new AbortController();
    const { signal } = opening;
    this.running.set(documentId, opening);
    try {
      return await open(() => {
        if (signal.aborted) throw errorFor('cancelled', {});
      });
    } finally {
      this.running.delete(documentId);
      // The engine may have been done before it heard of it.
      if (signal.aborted) await this.ask('close', documentId).catch(() => undefined);
    }
  }

  /**
   * The same of what is read for a document that is open, and stays so when that is cancelled.
   * @throws StudioError cancelled
   */
  async read<T>(documentId: string, read: () => Promise<T>): Promise<T> {
    const opening = new AbortController();
    this.running.set(documentId, opening);
    try {
      const done = await read();
      if (opening.signal.aborted) throw errorFor('cancelled', {});
      return done;
    } finally {
      this.running.delete(documentId);
    }
  }

  /** Ends all of it: that fails with `cancelled`, and leaves nothing behind. Documents that are open stay. */
  async cancel(): Promise<void> {
    const running = [...this.running];
    for (const [, opening] of running) opening.abort();
    await Promise.all(running.map(([documentId]) => this.ask('cancelOpen', documentId)));
  }
}
