import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import type { Advice, Sample, StepRecord } from '../../shared/training';
import { generatorLayout } from '../network/inference';
import { initialise } from '../network/parameters';
import { PerceptualDistance } from '../measure/perceptual-distance';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { Runtime } from '../runtime/runtime';
import { criticSubsteps, DrawnInTurn } from './batch-source';
import { learningRate, type TrainConfig } from './config';
import { hasCritics } from './critic-kinds';
import { criticLayout, criticStateLayout } from './critics';
import { Prefetcher, type StartBatches } from './prefetcher';
import type { Losses } from './failure-monitor';
import { FailureRecovery, unlessFull } from './failure-recovery';
import { eachOnce, type SkippedFile } from './picture-files';
import { Random } from '../numeric/random';
import { openRunData, type RunData, VALIDATION_STREAM } from './run-data';
import { freshState, matchesLayout, type RunFolder, splitState, type TrainState } from './run-folder';
import { RuntimeStepper } from './runtime-stepper';
import { writeSample } from './samples';
import { criticUpdate, dueAfter, generatorUpdate } from './schedule';
import type { OpenStepper, Stepper } from './stepper';
import { validate } from './validation';

/** Where steps are slow there are lines of the log in between those that are judged, for people alone. */
const LOG_SECONDS = 10;

/** Streams of the seed that are not a step's. */
const INITIALISATION_STREAM = 0xffffffff;

export interface LoopOptions {
  readonly run: RunFolder;
  /** Values to start from instead of fresh ones, when the run has no checkpoint yet. */
  readonly base?: Float32Array;
  /** Stops after the step at hand, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly onRecord?: (record: StepRecord, secondsLeft: number) => void;
  /** Sample fills were written into the run's folder (samples.ts). */
  readonly onSample?: (sample: Sample) => void;
  /** A picture cannot be used. */
  readonly onSkipped?: (skipped: SkippedFile) => void;
}

export interface TrainOptions extends LoopOptions {
  readonly runtime: Runtime;
  /** What draws batches while steps compute; when left out they are drawn in turn. */
  readonly startBatches?: StartBatches;
}

/** Trains in this process. @throws as trainOn */
export function train({ runtime, startBatches, ...options }: TrainOptions): Promise<TrainState> {
  return trainOn(async ({ run, config, training, onSkipped }) => {
    const features = await run.features(config);
    const drawn = (): DrawnInTurn | Prefetcher =>
      startBatches === undefined
        ? new DrawnInTurn(training)
        : new Prefetcher(startBatches, run.folder, config, onSkipped);
    return RuntimeStepper.open(config, runtime, drawn(), features);
  }, options);
}

/**
 * Trains until the configuration's last step or until the signal, from the run's checkpoint if it has one. One step is
 * `criticSteps` steps of the critics (none where no weight asks for critics) and one of the generator. The state after a
 * step depends only on the configuration, the pictures and what computes, not on how often the run was interrupted.
 * Failures are noticed, acted on and explained in the log (failure-recovery.ts).
 * @throws StudioError `training-data` when pictures or run cannot be used, or a failure lasts; `disk-full` at the end
 */
export async function trainOn(open: OpenStepper, options: LoopOptions): Promise<TrainState> {
  const { run, signal } = options;
  const config = await run.config();
  const onSkipped = eachOnce(options.onSkipped);
  const data = await openRunData(run, config, { onSkipped });
  const start = splitState(await startingState(run, config, options.base));
  const stepper = await open({ run, config, training: data.training, onSkipped });
  const recovery = new FailureRecovery(run, config, stepper, start.progress);
  const judge = data.validation === null ? null : await run.judge();
  const perceptual = judge && new PerceptualDistance(new OnnxRuntime({ provider: 'cpu' }), judge);
  const [log, judged] = [new LossLog(), new LossLog()];
  let { progress } = start;
  try {
    await stepper.load(start.weights, progress.step);
    let noted = performance.now();
    let rate = 0;
    const note = async (losses: Losses, more: Partial<StepRecord> = {}): Promise<void> => {
      const { step, seconds } = progress;
      const record = { step, seconds, rate, waiting: 0, losses, ...more };
      await run.log(record).catch(unlessFull);
      options.onRecord?.(record, ((config.steps - step) * seconds) / Math.max(1, step));
      noted = performance.now();
    };
    let mark = performance.now();
    while (progress.step < config.steps && signal?.aborted !== true) {
      const { step, rateFactor = 1 } = progress;
      rate = rateFactor * learningRate(config, step);
      const results: Losses[] = [];
      for (const substep of criticSubsteps(config)) {
        results.push(await stepper.criticStep(step, substep, criticUpdate(config, step, substep, rateFactor)));
      }
      results.push(await stepper.generatorStep(step, generatorUpdate(config, step, rateFactor)));
      const now = performance.now();
      progress.seconds += (now - mark) / 1000;
      mark = now;
      const failure = recovery.afterStep(results, step);
      if (failure !== null) {
        await note({}, { advice: failure });
        progress = await recovery.act(failure, progress);
        continue;
      }
      for (const losses of results) [log, judged].forEach((each) => each.add(losses));
      progress.step++;

      const due = dueAfter(config, progress.step, data.validation !== null);
      if (due.sample) {
        const sample = await drawSample(run, stepper, progress.step, data, config);
        if (sample !== null) options.onSample?.(sample);
      }
      let advice: Advice | null = null;
      if (due.line) {
        const { training } = data;
        const keptBack = due.measure ? data.validation : null;
        const validation =
          keptBack === null ? null : await validate(stepper, { training, validation: keptBack }, config, perceptual);
        advice = recovery.afterLine(judged.take(), validation, progress.step);
        await note(log.take(), {
          waiting: stepper.takeWaiting(),
          ...(validation === null ? {} : { validation }),
          ...(advice === null ? {} : { advice }),
        });
      } else if (performance.now() - noted > 1000 * LOG_SECONDS) {
        await note(log.take(), { waiting: stepper.takeWaiting() });
      }
      if (advice !== null) progress = await recovery.act(advice, progress);
      if (advice?.action !== 'roll-back' && (recovery.improved || due.checkpoint)) {
        const full = await recovery.keep(progress);
        if (full !== null) await note({}, { advice: full });
      }
    }
    return await recovery.write(progress);
  } finally {
    await perceptual?.dispose();
    await stepper.close();
  }
}

/** The checkpoint, or a first one, which a failure goes back to. @throws StudioError `training-data` for another network's */
async function startingState(run: RunFolder, config: TrainConfig, base?: Float32Array): Promise<TrainState> {
  const kept = await run.checkpoint();
  const state = kept ?? initialState(config, base);
  if (!belongsTo(config, state)) {
    throw errorFor('run-of-another-network', { name: path.basename(run.folder) }, { file: run.folder });
  }
  if (kept === null) await run.writeCheckpoint(state);
  return state;
}

/** Whether a checkpoint is of the networks of a configuration. */
export function belongsTo(config: TrainConfig, state: TrainState): boolean {
  const critics = hasCritics(config.weights);
  const layouts = critics ? { values: criticLayout(config), state: criticStateLayout(config) } : null;
  return matchesLayout(state, generatorLayout(config.architecture), layouts);
}

/** Fills of the same few crops each time, so that a person sees how they change. */
async function drawSample(
  run: RunFolder,
  stepper: Stepper,
  step: number,
  { training, validation }: RunData,
  { side }: TrainConfig,
): Promise<Sample | null> {
  const batch = await (validation ?? training).draw(VALIDATION_STREAM, 0);
  return writeSample(run.folder, step, batch, await stepper.fill(batch), side);
}

/** A run before its first step, from given values or fresh ones. */
export function initialState(config: TrainConfig, base?: Float32Array): TrainState {
  const random = new Random(config.seed, INITIALISATION_STREAM);
  const normal = () => random.normal();
  const fresh = initialise(generatorLayout(config.architecture), normal);
  const values = base?.slice() ?? fresh;
  const remembered = criticStateLayout(config);
  return {
    step: 0,
    seconds: 0,
    generator: freshState(values),
    average: values.slice(),
    ...(hasCritics(config.weights)
      ? {
          critic: freshState(initialise(criticLayout(config), normal)),
          ...(remembered.size === 0 ? {} : { criticState: initialise(remembered, normal) }),
        }
      : {}),
  };
}

/** Means of losses since they were last taken. */
class LossLog {
  private readonly sums = new Map<string, { total: number; count: number }>();

  add(losses: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(losses)) {
      const sum = this.sums.get(name) ?? { total: 0, count: 0 };
      this.sums.set(name, { total: sum.total + value, count: sum.count + 1 });
    }
  }

  take(): Record<string, number> {
    const means = Object.fromEntries([...this.sums].map(([name, { total, count }]) => [name, total / count]));
    this.sums.clear();
    return means;
  }
}
