import { errorFor } from '../../shared/error-texts';

/** So many ids that were stopped early are remembered; no id is used twice. */
const KEPT = 50;

/** Long work on models, one piece at a time, each of which can be stopped by its id. */
export class ModelJobs {
  private readonly running = new Map<string, AbortController>();
  /** Ids that were stopped while nothing of them ran: the order to begin may come after the one to stop. */
  private stopped: readonly string[] = [];
  private last: Promise<unknown> = Promise.resolve();

  /** @param work is given a signal; rejects with `cancelled` when it was aborted */
  run<T>(jobId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.running.has(jobId)) return Promise.reject(errorFor('under-way', {}));
    const abort = new AbortController();
    if (this.stopped.includes(jobId)) abort.abort();
    this.running.set(jobId, abort);
    const turn = this.last.then(async () => {
      try {
        throwIfStopped(abort.signal);
        return await work(abort.signal);
      } catch (thrown) {
        // Whatever stopped work stumbles over is of no interest.
        throwIfStopped(abort.signal);
        throw thrown;
      } finally {
        this.running.delete(jobId);
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  cancel(jobId: string): void {
    const abort = this.running.get(jobId);
    if (abort) abort.abort();
    else this.stopped = [...this.stopped, jobId].slice(-KEPT);
  }

  cancelAll(): void {
    for (const abort of this.running.values()) abort.abort();
  }

  get idle(): boolean {
    return this.running.size === 0;
  }
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw errorFor('cancelled', {});
}
