import { StudioError } from '../../shared/errors';

/** Long work on models, one piece at a time, each of which can be stopped by its id. */
export class ModelJobs {
  private readonly running = new Map<string, AbortController>();
  private last: Promise<unknown> = Promise.resolve();

  /** @param work is given a signal; rejects with `cancelled` when it was aborted */
  run<T>(jobId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.running.has(jobId))
      return Promise.reject(
        new StudioError({ code: 'bad-request', message: `there already is a job "${jobId}"`, remedy: '' }),
      );
    const abort = new AbortController();
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
    this.running.get(jobId)?.abort();
  }

  cancelAll(): void {
    for (const abort of this.running.values()) abort.abort();
  }

  get idle(): boolean {
    return this.running.size === 0;
  }
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new StudioError({ code: 'cancelled', message: 'The work was stopped.', remedy: '' });
}
