import type { StartProcess } from '../../process/started-process';
import { type JobNews, jobNewsSchema, type JobOrder } from './job-messages';

/** A run being trained, as the service sees it. */
export interface Job {
  /** Asks it to end after the step at hand, with a checkpoint. */
  end(as: 'paused' | 'stopped'): void;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
}

/** Starts the training of a run; `onNews` gets everything it says. */
export type StartJob = (order: Extract<JobOrder, { kind: 'start' }>, onNews: (news: JobNews) => void) => Job;

/** How long a step may take before a process that was asked to end is ended by force; its last checkpoint stays. */
const PATIENCE_MS = 120_000;

/**
 * Trains in processes of their own.
 * @param entry the built job-worker.ts
 * @param start how processes are started here
 */
export function jobProcesses(entry: string, start: StartProcess): StartJob {
  return (order, onNews) => {
    const child = start(entry);
    const say = (message: JobOrder): void => child.send(message);
    let timer: NodeJS.Timeout | null = null;
    const ended = new Promise<void>((resolve) =>
      child.onEnd(() => {
        if (timer !== null) clearTimeout(timer);
        resolve();
      }),
    );
    child.onMessage((message) => {
      const news = jobNewsSchema.safeParse(message);
      if (news.success) onNews(news.data);
    });
    say(order);
    return {
      ended,
      end: (as) => {
        say({ kind: 'end', as });
        timer ??= setTimeout(() => child.kill(), PATIENCE_MS);
      },
    };
  };
}
