import { totalmem } from 'node:os';
import { memoryOf } from './process-memory';

/** What one call that handles something untrusted may take. */
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

/** Which limit a call has passed. */
export type Exceeded =
  { readonly what: 'time'; readonly seconds: number } | { readonly what: 'memory'; readonly gigabytes: string };

/** That a call has taken more memory than it may. */
export function exceededMemory({ bytes }: ProcessLimits): Exceeded {
  return { what: 'memory', gigabytes: (bytes / 2 ** 30).toFixed(1) };
}

const INTERVAL_MILLISECONDS = 100;

/** Watches a process while it answers one call, from outside: what hangs there cannot say so. */
export class LimitWatch {
  private readonly clock: NodeJS.Timeout;
  private readonly memory: NodeJS.Timeout;
  private over = false;

  constructor(
    private readonly limits: ProcessLimits,
    /** The process's id; undefined while it does not run yet. */
    private readonly pid: () => number | undefined,
    private readonly exceeded: (limit: Exceeded) => void,
  ) {
    const { seconds } = limits;
    this.clock = setTimeout(() => this.fail({ what: 'time', seconds }), 1000 * seconds);
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
    this.fail(exceededMemory(this.limits));
  }

  private fail(limit: Exceeded): void {
    if (this.over) return;
    this.end();
    this.exceeded(limit);
  }
}
