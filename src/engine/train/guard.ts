import { StudioError } from '../../shared/errors';
import type { Advice, ValidationScore } from '../../shared/training';
import { keepBest, keepCheckpoint, keptCheckpoints, rollBack } from './checkpoints';
import type { TrainConfig } from './config';
import type { RunFolder, TrainState } from './run-folder';
import { FRESH_WATCH, type Losses, LOWERED, Watch } from './watch';

/** Does what the watch advises, and keeps the checkpoints that this needs. */
export class Guard {
  private readonly watch: Watch;
  /** Whether the last measurement was the best, and has not been kept yet. */
  improved = false;

  constructor(
    private readonly run: RunFolder,
    private readonly config: TrainConfig,
    state: TrainState,
  ) {
    const adversarial = config.weights.adversarial > 0;
    this.watch = new Watch(structuredClone(state.watch ?? FRESH_WATCH), adversarial ? config.critics.loss : null);
  }

  /** @param results of the critics' steps and the generator's */
  afterStep(results: readonly Losses[], step: number): Advice | null {
    for (const losses of results) {
      const advice = this.watch.step(losses, step);
      if (advice !== null) return advice;
    }
    return null;
  }

  afterLine(losses: Losses, validation: ValidationScore | null, step: number): Advice | null {
    const { best } = this.watch.state;
    const advice = this.watch.line(losses, validation, step);
    this.improved ||= this.watch.state.best !== best;
    return advice;
  }

  /** Puts what the watch remembers into the state, so that the next checkpoint has it. */
  remember(state: TrainState): void {
    state.watch = structuredClone(this.watch.state);
  }

  /** Writes a checkpoint. A full disk is survived: the checkpoint before stays, and the advice says so. */
  async keep(state: TrainState): Promise<Advice | null> {
    this.remember(state);
    try {
      await this.run.writeCheckpoint(state);
      await keepCheckpoint(this.run.folder, state.step, this.config.keepCheckpoints);
      if (this.improved) await keepBest(this.run.folder);
      this.improved = false;
      return null;
    } catch (thrown) {
      unlessFull(thrown);
      return {
        kind: 'disk-full',
        action: 'none',
        sentence: `The disk is full: the checkpoint after step ${state.step} was not written, the one before is kept. Make room; training goes on meanwhile.`,
      };
    }
  }

  /**
   * @returns the state to go on from
   * @throws StudioError `training-data` where the advice is to stop
   */
  async act({ kind, action, sentence }: Advice, state: TrainState): Promise<TrainState> {
    switch (action) {
      case 'none':
        return state;
      case 'lower-rate':
        state.rateFactor = LOWERED * (state.rateFactor ?? 1);
        return state;
      case 'roll-back': {
        // A collapse has often begun before the last checkpoint.
        const best = (await keptCheckpoints(this.run.folder)).some(({ name }) => name === 'best');
        if (kind === 'collapsed' && best) await rollBack(this.run.folder, 'best');
        const good = await this.run.checkpoint();
        if (good === null) throw stopped(sentence, this.run.folder);
        good.rateFactor = LOWERED * (state.rateFactor ?? 1);
        good.seconds = state.seconds;
        await this.keep(good);
        return good;
      }
      case 'stop':
        throw stopped(sentence, this.run.folder);
    }
  }
}

/** @throws what was thrown, unless it says that the disk is full */
export function unlessFull(thrown: unknown): void {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code !== 'disk-full' && code !== 'ENOSPC' && code !== 'EDQUOT') throw thrown;
}

function stopped(sentence: string, folder: string): StudioError {
  return new StudioError({
    code: 'training-data',
    message: sentence,
    remedy: 'log.jsonl in the run’s folder shows how it came to this.',
    file: folder,
  });
}
