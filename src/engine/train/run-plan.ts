/**
 * All that decides a run beside its pictures, written out for a machine without Node: what each step does and what is due
 * after it, the rules of failures, and the graphs that measure. cluster/driver.py reads it and knows no rule of its own.
 */
import { type SavedGraph, saveGraph } from '../graph/save';
import type { StepperSettings } from '../runtime/torch/messages';
import { criticSubsteps } from './batch-source';
import { learningRate, type TrainConfig } from './config';
import { failureRules, type FailureRules, FRESH_MONITOR, type MonitorState } from './failure-rules';
import { usesFeatures } from './generator-losses';
import { rowsGraph, totalGraph } from './measure-graphs';
import { validationDraws } from './run-data';
import type { RunFolder } from './run-folder';
import { criticUpdate, type Due, dueAfter, generatorUpdate } from './schedule';
import { stepperSettings } from './torch-stepper';

/** What of the schedule a machine without Node does: it shows no samples. */
const DUE = ['measure', 'line', 'checkpoint'] as const satisfies readonly (keyof Due)[];

export interface PlannedStep {
  /** Adam's, of the critics' steps and then the generator's; to be multiplied by the factor since failures. */
  readonly rates: readonly number[];
  /** Of the moving average. */
  readonly decay: number;
  /** What the log says. */
  readonly rate: number;
  /** Once the step is done. */
  readonly due: readonly (typeof DUE)[number][];
}

export interface RunPlan {
  readonly format: 'inpaint-studio-plan';
  readonly version: 1;
  readonly settings: Omit<StepperSettings, 'run'>;
  /** The first planned step, counted from 0. */
  readonly from: number;
  readonly steps: readonly PlannedStep[];
  readonly keepCheckpoints: number;
  readonly failures: FailureRules;
  readonly freshMonitor: MonitorState;
  /** From a batch and its fills to rows, and from all rows to the measures of a line; null where no picture is kept back. */
  readonly measures: { readonly rows: SavedGraph; readonly total: SavedGraph } | null;
}

/** @param keptBack whether there are pictures to measure */
export function planOf(run: RunFolder, config: TrainConfig, from: number, keptBack: boolean): RunPlan {
  const { run: _, ...settings } = stepperSettings(run, config);
  const step = (number: number): PlannedStep => {
    const due = dueAfter(config, number + 1, keptBack);
    const { rate, decay } = generatorUpdate(config, number, 1);
    return {
      rates: [...criticSubsteps(config).map((substep) => criticUpdate(config, number, substep, 1).rate), rate],
      decay,
      rate: learningRate(config, number),
      due: DUE.filter((name) => due[name]),
    };
  };
  const crops = validationDraws(config) * config.batch;
  // Its folder has the feature network then.
  const perceptual = usesFeatures(config.weights);
  return {
    format: 'inpaint-studio-plan',
    version: 1,
    settings,
    from,
    steps: Array.from({ length: Math.max(0, config.steps - from) }, (_unused, i) => step(from + i)),
    keepCheckpoints: config.keepCheckpoints,
    failures: failureRules(config),
    freshMonitor: FRESH_MONITOR,
    measures: keptBack
      ? { rows: saveGraph(rowsGraph(config, perceptual)), total: saveGraph(totalGraph(crops, perceptual)) }
      : null,
  };
}
