import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { Advice, ValidationScore } from '../../shared/training';
import { happeningOf } from '../../shared/training-words/happenings';
import { advise } from './advice';
import { keepBest, keepCheckpoint, keptCheckpoints, LAST_CHECKPOINT, rollBack } from './checkpoints';
import type { TrainConfig } from './config';
import { FailureMonitor, type Losses } from './failure-monitor';
import { failureRules, type FailureRules, FRESH_MONITOR } from './failure-rules';
import { type Progress, type RunFolder, splitState, type Weights } from './run-folder';
import type { Stepper } from './stepper';

/** Does what the failure monitor advises, and keeps the checkpoints that this needs. */
export class FailureRecovery {
  private readonly monitor: FailureMonitor;
  private readonly rules: FailureRules;
  /** Whether the last measurement was the best, and has not been kept yet. */
  improved = false;

  constructor(
    private readonly run: RunFolder,
    private readonly config: TrainConfig,
    private readonly stepper: Stepper,
    { monitor }: Progress,
  ) {
    this.rules = failureRules(config);
    this.monitor = new FailureMonitor(this.rules, structuredClone(monitor ?? FRESH_MONITOR));
  }

  /** @param results of the critics' steps and the generator's */
  afterStep(results: readonly Losses[], step: number): Advice | null {
    for (const losses of results) {
      const advice = this.monitor.step(losses, step);
      if (advice !== null) return advice;
    }
    return null;
  }

  afterLine(losses: Losses, validation: ValidationScore | null, step: number): Advice | null {
    const { best } = this.monitor.state;
    const advice = this.monitor.line(losses, validation ?? {}, step);
    this.improved ||= this.monitor.state.best !== best;
    return advice;
  }

  /** Writes the checkpoint that the run goes on from, with what the monitor remembers. */
  async write(progress: Progress, weights?: Weights): Promise<Progress & Weights> {
    const monitor = structuredClone(this.monitor.state);
    const state = { ...progress, ...(weights ?? (await this.stepper.read())), monitor };
    await this.run.writeCheckpoint(state);
    return state;
  }

  /** Writes a checkpoint and keeps it. A full disk is survived: the checkpoint before stays, and the advice says so. */
  async keep(progress: Progress, weights?: Weights): Promise<Advice | null> {
    try {
      await this.write(progress, weights);
      await keepCheckpoint(this.run.folder, progress.step, this.config.keepCheckpoints);
      if (this.improved) await keepBest(this.run.folder);
      this.improved = false;
      return null;
    } catch (thrown) {
      unlessFull(thrown);
      return advise('disk-full', 'none', { step: progress.step });
    }
  }

  /**
   * @returns where to go on from
   * @throws StudioError `training-data` where the advice is to stop
   */
  async act(advice: Advice, progress: Progress): Promise<Progress> {
    const { action, values } = advice;
    const lowered = this.rules.lowered * (progress.rateFactor ?? 1);
    switch (action) {
      case 'none':
        return progress;
      case 'lower-rate':
        return { ...progress, rateFactor: lowered };
      case 'roll-back': {
        const best = (await keptCheckpoints(this.run.folder)).some(({ name }) => name === 'best');
        if (values['to'] === 'best' && best) await rollBack(this.run.folder, 'best');
        const good = await this.run.checkpoint();
        if (good === null) throw errorFor('nothing-to-go-back-to', {}, { file: this.run.folder });
        const back = { step: good.step, seconds: progress.seconds, rateFactor: lowered };
        const { weights } = splitState(good);
        await this.keep(back, weights);
        await this.stepper.load(weights, back.step);
        return back;
      }
      case 'stop':
        throw gaveUp(advice, this.run.folder);
    }
  }
}

/** @throws what was thrown, unless it says that the disk is full */
export function unlessFull(thrown: unknown): void {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code !== 'disk-full' && code !== 'ENOSPC' && code !== 'EDQUOT') throw thrown;
}

function gaveUp(advice: Advice, file: string): StudioError {
  const { happening, values } = happeningOf(advice);
  // What the monitor does about a full disk is to say so.
  if (happening === 'disk-full') return errorFor('no-room-left', { name: LAST_CHECKPOINT }, { file });
  return errorFor(`gave-up-${happening}`, { ...values, attempts: advice.values['attempts'] ?? 0 }, { file });
}
