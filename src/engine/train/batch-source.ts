import type { Batch, BatchMaker } from './batches';
import type { TrainConfig } from './config';
import { hasCritics } from './critic-kinds';

/** Where a run on this machine takes its batches from. */
export interface BatchSource {
  /** The inputs of one step (batches.ts). @throws StudioError `training-data` when they cannot be drawn */
  take(step: number, substep: number): Promise<Batch>;
  /** The share of the time since the last call that was spent waiting for batches. */
  takeWaiting(): number;
  close(): Promise<void>;
}

type StepCounts = Pick<TrainConfig, 'weights' | 'criticSteps'>;

/** Those of a step that are the critics': 1..n, none where no weight asks for critics. */
export function criticSubsteps({ weights, criticSteps }: StepCounts): readonly number[] {
  return hasCritics(weights) ? Array.from({ length: criticSteps }, (_, i) => i + 1) : [];
}

/** Which draws a step uses, in their order: those of the critics' steps, then the generator's 0. */
export function substeps(config: StepCounts): readonly [number, ...number[]] {
  const [first = 0, ...others] = [...criticSubsteps(config), 0];
  return [first, ...others];
}

/** Adds up how long steps wait. */
export class WaitingTime {
  private waited = 0;
  private since = performance.now();

  async during<T>(work: Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work;
    } finally {
      this.add(performance.now() - start);
    }
  }

  add(milliseconds: number): void {
    this.waited += milliseconds;
  }

  /** Waited since the last call, as a share of that time. */
  take(): number {
    const now = performance.now();
    const share = this.waited / Math.max(1, now - this.since);
    this.waited = 0;
    this.since = now;
    return share;
  }
}

/** Draws each batch when its step asks for it, on the thread of the step. */
export class DrawnInTurn implements BatchSource {
  private readonly waiting = new WaitingTime();

  constructor(private readonly maker: BatchMaker) {}

  take(step: number, substep: number): Promise<Batch> {
    return this.waiting.during(this.maker.draw(step, substep));
  }

  takeWaiting(): number {
    return this.waiting.take();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
