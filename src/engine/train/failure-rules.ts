/**
 * The ways in which training fails, as data: rows that failure-monitor.ts applies here, and cluster/monitor.py on a machine
 * without Node, which is given them with its batches (run-plan.ts).
 *
 * No paper gives these thresholds: they are meant to catch ruin, not to steer. Beside each stands how near healthy runs came:
 * 240 steps on 24 photographs (width 8, crops of 64, batch 2, rate 2e-4), with each of wasserstein + wgan-gp, hinge + spectral
 * normalisation, non-saturating + dragan, least-squares, BEGAN, and critics of learnt features.
 */
import { z } from 'zod';
import type { Advice } from '../../shared/training';
import { CRITIC_LOSSES } from '../network/critic-losses';
import type { TrainConfig } from './config';
import { criticKinds } from './critic-kinds';

/** What is remembered of how a run went: part of its checkpoint. */
export const monitorStateSchema = z.object({
  /** The last lines' lengths of the generator's gradient and of the critics', newest last. */
  generatorNorms: z.array(z.number()).default([]),
  criticNorms: z.array(z.number()).default([]),
  /** Lines in a row on which the critics' loss was next to nothing. */
  wonLines: z.number().default(0),
  /** The same of the critics of learnt features. */
  wonProjectedLines: z.number().default(0),
  /** Lowest l1 in the hole on validation so far, percent. */
  best: z.number().nullable().default(null),
  /** Measurements since the best one, or since the rate was lowered, that were clearly worse. */
  worse: z.number().default(0),
  /** How often the rate was lowered because validation rose. */
  lowered: z.number().default(0),
  /** Rolled back so often without getting further than `failedAt`. */
  rollBacks: z.number().default(0),
  failedAt: z.number().default(0),
});
export type MonitorState = z.infer<typeof monitorStateSchema>;

export const FRESH_MONITOR: MonitorState = monitorStateSchema.parse({});

type Counter = 'wonLines' | 'wonProjectedLines' | 'worse' | 'lowered';

/** A row: what a line of the log says, compared with a reference, and what is done once that has happened often enough. */
export interface FailureRule {
  readonly kind: Advice['kind'];
  /** A loss, or a measure of validation. A line without it passes. */
  readonly signal: string;
  readonly side: 'above' | 'below';
  /** Looked at after every single step, not in the means of a line. */
  readonly everyStep?: true;
  /** The threshold is this times the reference. */
  readonly factor: number;
  /**
   * `one`: the factor is the threshold. `median`: of the lines before, kept in `memory`, once there are `enough`; lines that
   * fail are not kept. `lowest`: the lowest so far, kept in `memory`; a new lowest starts `count` anew.
   */
  readonly reference:
    | { readonly by: 'one' }
    | {
        readonly by: 'median';
        readonly memory: 'generatorNorms' | 'criticNorms';
        readonly enough: number;
        readonly kept: number;
      }
    | { readonly by: 'lowest'; readonly memory: 'best' };
  /** Passes until there was a best measurement. */
  readonly afterBest?: true;
  /** It must happen so often; `inARow`: without a line between on which it does not. Once when left out. */
  readonly count?: { readonly in: Counter; readonly times: number; readonly inARow: boolean };
  readonly action: 'roll-back' | 'lower-rate';
  /** Which checkpoint `roll-back` goes to, the last one when left out: a collapse has often begun before it. */
  readonly to?: 'best';
  /** Done at most so often; then it is only said. */
  readonly limit?: { readonly in: Counter; readonly times: number };
}

export interface FailureRules {
  readonly rows: readonly FailureRule[];
  /** What the rate is multiplied by when it is lowered. */
  readonly lowered: number;
  /** The run is stopped when it went back more often than this without getting further. */
  readonly rollBacksAtMost: number;
  /** Steps beyond the failure before that count as further, one when left out: what fails again within these has the same trouble. */
  readonly further?: number;
}

/** A gradient 100 times longer than the median of the last 10 lines, of which there must be 5. Healthy: 4.0 times. */
const exploding = (signal: string, memory: 'generatorNorms' | 'criticNorms'): FailureRule => ({
  ...{ kind: 'exploding', signal, side: 'above', factor: 100, action: 'roll-back' },
  reference: { by: 'median', memory, enough: 5, kept: 10 },
});

/** Beyond what any healthy run shows, from its first line on: nothing before was healthier. */
const diverged = (signal: string, factor: number): FailureRule => ({
  ...{ kind: 'diverged', signal, side: 'above', factor, action: 'roll-back' },
  reference: { by: 'one' },
});

/** A loss this small leaves the generator no slope. Healthy: 0.53; of the critics of learnt features 1.5. */
const won = (signal: string, counter: 'wonLines' | 'wonProjectedLines'): FailureRule => ({
  ...{ kind: 'critics-won', signal, side: 'below', factor: 1e-3, action: 'lower-rate' },
  reference: { by: 'one' },
  count: { in: counter, times: 10, inARow: true },
});

/** Hold wherever two networks learn against each other. */
export const EXPLODING_RULES: readonly FailureRule[] = [
  exploding('generatorNorm', 'generatorNorms'),
  exploding('criticNorm', 'criticNorms'),
];

const ROWS: readonly FailureRule[] = [
  ...EXPLODING_RULES,
  // The penalty holds it near 1.
  diverged('gradientNorm', 100),
  // Of [-1, 1]: a network that fills with the middle, as an untrained one does, is nearer to every picture.
  diverged('holeLoss', 1),
  // Outputs at their limit have no slope, and nothing brings them back. Healthy: 0.1.
  {
    ...{ kind: 'diverged', signal: 'generatorNorm', side: 'below', factor: 1e-5, everyStep: true, action: 'roll-back' },
    reference: { by: 'one' },
  },
  won('criticLoss', 'wonLines'),
  won('projectedCriticLoss', 'wonProjectedLines'),
  {
    kind: 'collapsed',
    signal: 'variety',
    side: 'below',
    // Fills vary this much less than pictures when all look alike. Healthy: 1.00.
    factor: 0.15,
    reference: { by: 'one' },
    afterBest: true,
    action: 'roll-back',
    to: 'best',
  },
  {
    kind: 'validation-rising',
    signal: 'holeL1',
    side: 'above',
    // Clearly worse than the best. Healthy: 1.005.
    factor: 1.02,
    reference: { by: 'lowest', memory: 'best' },
    count: { in: 'worse', times: 4, inARow: false },
    action: 'lower-rate',
    limit: { in: 'lowered', times: 3 },
  },
];

/** The rules for a run: critics can only win with a loss that has an end, as that of the critics of learnt features has. */
export function failureRules({ weights, critics }: Pick<TrainConfig, 'weights' | 'critics'>): FailureRules {
  const kinds = criticKinds(weights);
  const winnable = kinds.every((kind) => kind === 'projected' || CRITIC_LOSSES[critics.loss].winnable);
  const absent = [
    ...(kinds.length > 0 && winnable ? [] : ['criticLoss']),
    ...(kinds.includes('projected') ? [] : ['projectedCriticLoss']),
  ];
  return {
    rows: ROWS.filter(({ signal }) => !absent.includes(signal)),
    lowered: 0.5,
    rollBacksAtMost: 3,
    further: 20,
  };
}
