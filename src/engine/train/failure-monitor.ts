import type { Advice } from '../../shared/training';
import { advise } from './advice';
import type { FailureRule, FailureRules, MonitorState } from './failure-rules';

export type Losses = Readonly<Record<string, number>>;

/** Losses and measures of a line, by name; null where a measure says nothing. */
export type Signals = Readonly<Record<string, number | null | undefined>>;

/** Applies the rules to a run, line by line. What it remembers is part of the checkpoint, so that a resumed run is monitored as one that never stopped. */
export class FailureMonitor {
  constructor(
    private readonly rules: FailureRules,
    readonly state: MonitorState,
  ) {}

  /** After every single step. @param step the one that failed */
  step(losses: Losses, step: number): Advice | null {
    const broken = Object.keys(losses).find((name) => !Number.isFinite(losses[name]));
    if (broken !== undefined) return this.rollBack('not-finite', step, { signal: broken });
    return this.applyAll(true, losses, step);
  }

  /** After every line of the log, whose losses are means. */
  line(losses: Losses, measures: Signals, step: number): Advice | null {
    return this.applyAll(false, { ...measures, ...losses }, step);
  }

  private applyAll(everyStep: boolean, signals: Signals, step: number): Advice | null {
    for (const rule of this.rules.rows) {
      const value = signals[rule.signal];
      if ((rule.everyStep ?? false) !== everyStep || value === null || value === undefined) continue;
      const advice = this.apply(rule, value, step);
      if (advice !== null) return advice;
    }
    return null;
  }

  private apply(rule: FailureRule, value: number, step: number): Advice | null {
    const { state } = this;
    const { kind, count, limit } = rule;
    const reference = this.reference(rule, value);
    const ready = reference !== null && !(rule.afterBest === true && state.best === null);
    const threshold = rule.factor * (reference ?? 0);
    const fails = ready && (rule.side === 'above' ? value > threshold : value < threshold);
    if (rule.reference.by === 'median' && !fails) {
      const memory = state[rule.reference.memory];
      memory.push(value);
      if (memory.length > rule.reference.kept) memory.shift();
    }
    if (count !== undefined) {
      state[count.in] = fails ? state[count.in] + 1 : count.inARow ? 0 : state[count.in];
      if (state[count.in] < count.times) return null;
      state[count.in] = 0;
    } else if (!fails) return null;
    const values = { signal: rule.signal, value, ...(reference === null ? {} : { reference }) };
    if (rule.action === 'roll-back') return this.rollBack(kind, step, values, rule.to);
    if (limit !== undefined && state[limit.in] >= limit.times) return advise(kind, 'none', values);
    if (limit !== undefined) state[limit.in]++;
    return advise(kind, rule.action, values);
  }

  /** What the threshold is a multiple of; null while it is not known. */
  private reference({ reference, count }: FailureRule, value: number): number | null {
    const { state } = this;
    if (reference.by === 'one') return 1;
    if (reference.by === 'median') {
      const before = state[reference.memory];
      return before.length < reference.enough ? null : median(before);
    }
    const lowest = state[reference.memory];
    if (lowest !== null && value >= lowest) return lowest;
    state[reference.memory] = value;
    if (count !== undefined) state[count.in] = 0;
    return null;
  }

  private rollBack(kind: Advice['kind'], step: number, values: Advice['values'], to: 'last' | 'best' = 'last'): Advice {
    const { state } = this;
    const { rollBacksAtMost, further = 1 } = this.rules;
    state.rollBacks = step >= state.failedAt + further ? 1 : state.rollBacks + 1;
    state.failedAt = Math.max(step, state.failedAt);
    if (state.rollBacks > rollBacksAtMost) return advise(kind, 'stop', { ...values, attempts: rollBacksAtMost });
    return advise(kind, 'roll-back', { ...values, to });
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
