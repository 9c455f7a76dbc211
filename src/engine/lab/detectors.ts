import type { Sign, SignKind } from '../../shared/lab/signs';
import { FailureMonitor } from '../train/failure-monitor';
import { EXPLODING_RULES, FRESH_MONITOR } from '../train/failure-rules';
import type { Measures } from './measures';

/** Right more often than this over so many steps: the loss says so only much later. */
const TOO_STRONG = 0.9;
const TOO_STRONG_STEPS = 100;
/** Modes covered, of all; at most so many is a collapse. */
const COLLAPSED = 0.5;
/** Nothing is said of modes before this share of the steps: runs that find all of them in the end have few half way. */
const SETTLED = 0.9;

/** Means since the look before. */
export interface Course {
  readonly criticLoss: number;
  readonly generatorLoss: number;
  readonly criticNorm: number;
  readonly generatorNorm: number;
  readonly accuracy?: number;
}

/** Watches a run, look by look; each sign is noted once, when it is first seen. Gradients are judged by the trainer's own rules. */
export class Detectors {
  readonly signs: Sign[] = [];
  private readonly monitor = new FailureMonitor(
    { rows: EXPLODING_RULES, lowered: 1, rollBacksAtMost: Infinity },
    structuredClone(FRESH_MONITOR),
  );

  /** Steps since the critic's accuracy was last judged, and the sum of it over them. */
  private unjudged = { steps: 0, accuracy: 0 };
  private lastLook = 0;

  constructor(private readonly steps: number) {}

  look(step: number, course: Course, measures: Measures): void {
    const losses = Object.fromEntries(Object.entries(course).map(([name, value]) => [name, Number(value)]));
    const advice = this.monitor.step(losses, step) ?? this.monitor.line(losses, {}, step);
    if (advice?.kind === 'not-finite') this.note('not-finite', step, null);
    if (advice?.kind === 'exploding') this.note('exploding', step, Number(advice.values['value']));
    if (course.accuracy !== undefined) this.judgeAccuracy(step, course.accuracy);
    this.lastLook = step;
    const { covered, modes } = measures;
    if (modes > 1 && step >= SETTLED * this.steps && covered <= COLLAPSED * modes)
      this.note('collapsed', step, covered);
  }

  private judgeAccuracy(step: number, mean: number): void {
    const span = step - this.lastLook;
    const { unjudged } = this;
    unjudged.steps += span;
    unjudged.accuracy += span * mean;
    if (unjudged.steps < TOO_STRONG_STEPS) return;
    const accuracy = unjudged.accuracy / unjudged.steps;
    if (accuracy > TOO_STRONG) this.note('critic-too-strong', step, accuracy);
    this.unjudged = { steps: 0, accuracy: 0 };
  }

  private note(kind: SignKind, step: number, value: number | null): void {
    if (!this.signs.some((sign) => sign.kind === kind)) this.signs.push({ kind, step, value });
  }
}
