import { setImmediate } from 'node:timers/promises';
import { errorFor } from '../../shared/error-texts';
import type { FillStage } from '../../shared/fill-stage';
import type { CropPlan } from './crop-plan';
import type { FillHoleRequest } from './fill-request';

/** Share of a group's time at each stage: measured for the full-width generator. */
export const SHARES = { preparing: 0.02, coarse: 0.22, refining: 0.38, blending: 0.02, detail: 0.36 } as const;

/** Working pixels. */
export function areaOf({ working }: CropPlan): number {
  return working.width * working.height;
}

/** Tells how far the fill is, weighted by the crops' working pixels, and stops it when asked. */
export class Progress {
  private total = 1;
  private done = 0;
  private current = 0;
  private furthest = 0;

  constructor(private readonly request: FillHoleRequest) {}

  /** What is to be done, or done anew: the fraction then waits until it is as far again. */
  expect(plans: readonly CropPlan[]): void {
    [this.done, this.current] = [0, 0];
    const whole = this.request.stopAfter === 'coarse' ? SHARES.preparing + SHARES.coarse : 1;
    this.total = whole * plans.reduce((sum, plan) => sum + areaOf(plan), 0);
  }

  /** Ends the stage before and begins one that takes `share` of a crop's time. */
  async enter(stage: FillStage, share: number, plan?: CropPlan): Promise<void> {
    this.done += this.current;
    this.current = plan ? (share * areaOf(plan)) / this.total : 0;
    this.furthest = Math.max(this.furthest, Math.min(1, this.done));
    this.request.onProgress?.(stage, this.furthest);
    await this.check();
  }

  /** Lets messages in, so that a cancel is heard, and throws when it came. */
  async check(): Promise<void> {
    await setImmediate();
    if (this.request.signal?.aborted) throw errorFor('cancelled', {});
  }

  finish(): void {
    this.request.onProgress?.(this.request.stopAfter ?? 'detail', 1);
  }
}
