/**
 * Watches a run for the ways in which training fails, and says what is done about it. What it remembers is part of the
 * checkpoint, so that a resumed run is watched as one that never stopped.
 */
import { z } from 'zod';
import type { Advice, ValidationScore } from '../../shared/training';
import type { AdversarialLoss } from '../network/critic-options';

export const watchStateSchema = z.object({
  /** The last lines' lengths of the generator's gradient and of the critics', newest last. */
  generatorNorms: z.array(z.number()),
  criticNorms: z.array(z.number()),
  /** Lines in a row on which the critics' loss was next to nothing. */
  wonLines: z.number(),
  /** Lowest l1 in the hole on validation so far, percent. */
  best: z.number().nullable(),
  /** Measurements since the best one, or since the rate was lowered, that were clearly worse. */
  worse: z.number(),
  /** How often the rate was lowered because validation rose. */
  lowered: z.number(),
  /** Rolled back so often without getting past `failedAt`. */
  rollBacks: z.number(),
  failedAt: z.number(),
});

export type WatchState = z.infer<typeof watchStateSchema>;

export const FRESH_WATCH: WatchState = {
  generatorNorms: [],
  criticNorms: [],
  wonLines: 0,
  best: null,
  worse: 0,
  lowered: 0,
  rollBacks: 0,
  failedAt: 0,
};

/** What is halved when the rate is lowered. */
export const LOWERED = 0.5;
/** Lines of the log that a gradient's length is compared with, and how many there must be. */
const REMEMBERED_LINES = 10;
const ENOUGH_LINES = 5;
/** Far beyond what warm-up and new critics do to a healthy run. */
const EXPLODED = 100;
/** A critics' loss below this leaves the generator no slope; and for how many lines it must last. */
const WON = 1e-3;
const WON_LINES = 10;
/** Fills vary this much less than pictures when all look alike. */
const COLLAPSED = 0.15;
/** Validation is worse when it is this far above its best; acted on after so many measurements, so many times. */
const WORSE = 1.02;
const PATIENCE = 4;
const LOWERED_AT_MOST = 3;
const ROLL_BACKS_AT_MOST = 3;

/** Losses that go to 0 when the critics tell every fill from every picture. */
const CAN_BE_WON: ReadonlySet<AdversarialLoss> = new Set(['hinge', 'least-squares', 'non-saturating', 'minimax']);

export type Losses = Readonly<Record<string, number>>;

export class Watch {
  constructor(
    readonly state: WatchState,
    private readonly loss: AdversarialLoss | null,
  ) {}

  /** After every single step: null while all numbers are finite. @param step the one that failed */
  step(losses: Losses, step: number): Advice | null {
    const broken = Object.keys(losses).find((name) => !Number.isFinite(losses[name]));
    return broken === undefined ? null : this.rollBack('not-finite', step, `${broken} is not a number any more`);
  }

  /** After every line of the log, whose losses are means. */
  line(losses: Losses, validation: ValidationScore | null, step: number): Advice | null {
    return this.exploding(losses, step) ?? this.criticsWon(losses) ?? this.validated(validation, step);
  }

  private exploding(losses: Losses, step: number): Advice | null {
    for (const [name, whose] of [
      ['generatorNorm', 'generator'],
      ['criticNorm', 'critics'],
    ] as const) {
      const norm = losses[name];
      if (norm === undefined) continue;
      const before = this.state[`${name}s`];
      const usual = median(before);
      if (before.length >= ENOUGH_LINES && norm > EXPLODED * usual) {
        const times = Math.round(norm / Math.max(usual, 1e-12));
        return this.rollBack('exploding', step, `The gradient of the ${whose} is ${times} times its usual length`);
      }
      before.push(norm);
      if (before.length > REMEMBERED_LINES) before.shift();
    }
    return null;
  }

  private criticsWon({ criticLoss }: Losses): Advice | null {
    if (this.loss === null || !CAN_BE_WON.has(this.loss) || criticLoss === undefined) return null;
    this.state.wonLines = criticLoss < WON ? this.state.wonLines + 1 : 0;
    if (this.state.wonLines < WON_LINES) return null;
    this.state.wonLines = 0;
    return {
      kind: 'critics-won',
      action: 'lower-rate',
      sentence:
        'The critics tell every fill from every picture, so the generator learns nothing from them; the rate was halved. ' +
        'A penalty, spectral normalisation or fewer critic steps keep them from it.',
    };
  }

  private validated(validation: ValidationScore | null, step: number): Advice | null {
    if (validation === null) return null;
    const { state } = this;
    if (validation.variety !== null && validation.variety < COLLAPSED && state.best !== null) {
      return this.rollBack('collapsed', step, 'All fills look alike, whatever surrounds them');
    }
    if (state.best === null || validation.holeL1 < state.best) {
      state.best = validation.holeL1;
      state.worse = 0;
      return null;
    }
    if (validation.holeL1 > WORSE * state.best) state.worse++;
    if (state.worse < PATIENCE) return null;
    state.worse = 0;
    const rising = `The error on pictures that are kept back has not fallen below its best, ${state.best.toFixed(2)} %, and is ${validation.holeL1.toFixed(2)} % now`;
    if (state.lowered >= LOWERED_AT_MOST) {
      const sentence = `${rising}; lowering the rate did not help. More training will hardly: stop, and roll back to the best checkpoint.`;
      return { kind: 'validation-rising', action: 'none', sentence };
    }
    state.lowered++;
    return { kind: 'validation-rising', action: 'lower-rate', sentence: `${rising}; the rate was halved.` };
  }

  private rollBack(kind: Advice['kind'], step: number, what: string): Advice {
    const { state } = this;
    state.rollBacks = step > state.failedAt ? 1 : state.rollBacks + 1;
    state.failedAt = Math.max(step, state.failedAt);
    if (state.rollBacks > ROLL_BACKS_AT_MOST) {
      const sentence = `${what}, after ${ROLL_BACKS_AT_MOST} attempts at lower rates; the run was stopped and its last good checkpoint kept. Start again with a lower rate.`;
      return { kind, action: 'stop', sentence };
    }
    const sentence = `${what}; training went back to the last good checkpoint and goes on at half the rate.`;
    return { kind, action: 'roll-back', sentence };
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
