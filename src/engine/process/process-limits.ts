import { totalmem } from 'node:os';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { memoryOf } from './process-memory';

/** What one call of an untrusted model may take. */
export interface ProcessLimits {
  /** Memory of the whole process. */
  readonly bytes: number;
  /** Of one call, loading included. */
  readonly seconds: number;
}

/** A LaMa export at 1024 x 1024 on two old cores takes half a minute and 4 GB. */
export const IMPORTED_LIMITS: ProcessLimits = {
  bytes: Math.min(8 * 2 ** 30, Math.round(0.7 * totalmem())),
  seconds: 180,
};

const INTERVAL_MILLISECONDS = 100;

/** Watches a process while it answers one call. */
export class LimitWatch {
  private readonly clock: NodeJS.Timeout;
  private readonly memory: NodeJS.Timeout;
  private over = false;

  constructor(
    private readonly limits: ProcessLimits,
    /** The process's id; undefined while it does not run yet. */
    private readonly pid: () => number | undefined,
    private readonly exceeded: (error: StudioError) => void,
  ) {
    this.clock = setTimeout(
      () => this.fail(errorFor('model-too-slow', { seconds: limits.seconds })),
      1000 * limits.seconds,
    );
    this.memory = setInterval(() => void this.look(), INTERVAL_MILLISECONDS);
  }

  end(): void {
    this.over = true;
    clearTimeout(this.clock);
    clearInterval(this.memory);
  }

  private async look(): Promise<void> {
    const pid = this.pid();
    const bytes = pid === undefined ? null : await memoryOf(pid);
    if (bytes === null || bytes <= this.limits.bytes) return;
    const gigabytes = (this.limits.bytes / 2 ** 30).toFixed(1);
    this.fail(errorFor('model-takes-memory', { gigabytes }));
  }

  private fail(error: StudioError): void {
    if (this.over) return;
    this.end();
    this.exceeded(error);
  }
}
