import type { MainEventPayload } from '../shared/bridge';
import type { RunState, RunSummary } from '../shared/training';

const RUNNING: ReadonlySet<RunState> = new Set(['starting', 'running', 'pausing', 'stopping']);

/** Which runs are being trained, as far as the training process has told. */
export class RunningRuns {
  private readonly runs = new Map<string, RunSummary>();
  private readonly changed: (running: MainEventPayload<'training:changed'>) => void;

  constructor(changed: (running: MainEventPayload<'training:changed'>) => void) {
    this.changed = changed;
  }

  hear(run: RunSummary): void {
    const known = this.runs.delete(run.runId);
    if (RUNNING.has(run.state)) this.runs.set(run.runId, run);
    else if (!known) return;
    this.tell();
  }

  /** The process has ended, and every run with it. */
  forgetAll(): void {
    if (this.runs.size === 0) return;
    this.runs.clear();
    this.tell();
  }

  get names(): readonly string[] {
    return [...this.runs.values()].map(({ name }) => name);
  }

  private tell(): void {
    this.changed(
      [...this.runs.values()].map(({ name, step, steps, secondsLeft, progress }) => ({
        name,
        step,
        steps,
        secondsLeft,
        progress,
      })),
    );
  }
}
