import { StudioError } from '../../shared/errors';
import type { Advice, Sample, StepRecord } from '../../shared/training';
import { generatorLayout } from '../network/inference';
import { initialise } from '../network/parameters';
import type { CompiledGraph, Runtime } from '../runtime/runtime';
import { DrawnInTurn, substeps } from './batch-source';
import { CompiledSteps } from './compiled-steps';
import { averageDecayAt, learningRate, type TrainConfig } from './config';
import { criticLayout, criticStateLayout } from './critic-pair';
import { eachOnce, type SkippedFile } from './picture-files';
import { DrawnAhead } from './drawn-ahead';
import { Guard, unlessFull } from './guard';
import { Random } from '../numeric/random';
import { openRunData, type RunData, VALIDATION_STREAM } from './run-data';
import { freshState, matchesLayout, type RunFolder, type TrainState } from './run-folder';
import { writeSample } from './samples';
import { validate } from './validation';
import type { Losses } from './watch';

/** Steps between two lines of the log that the watch judges: the same ones on every machine. */
const LOG_EVERY = 20;
/** Where steps are slow there are lines in between, for people alone. */
const LOG_SECONDS = 10;

/** Streams of the seed that are not a step's. */
const INITIALISATION_STREAM = 0xffffffff;

export interface TrainOptions {
  readonly run: RunFolder;
  readonly runtime: Runtime;
  /** The built batch-worker.ts, which draws batches while steps compute; when left out they are drawn in turn. */
  readonly batchWorker?: string;
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

/**
 * Trains until the configuration's last step or until the signal, from the run's checkpoint if it has one. One step is
 * `criticSteps` steps of the critics (none without an adversarial weight) and one of the generator. The state after a
 * step depends only on the configuration, the pictures and the runtime, not on how often the run was interrupted. Failures
 * are noticed, acted on and explained in the log (guard.ts).
 * @throws StudioError `training-data` when pictures or run cannot be used, or a failure lasts; `disk-full` at the end
 */
export async function train(options: TrainOptions): Promise<TrainState> {
  const { run, runtime, signal } = options;
  const config = await run.config();
  const onSkipped = eachOnce(options.onSkipped);
  const data = await openRunData(run, config, { onSkipped });
  let state = (await run.checkpoint()) ?? initialState(config, options.base);
  const critics = config.weights.adversarial > 0;
  const layouts = critics ? { values: criticLayout(config), state: criticStateLayout(config) } : null;
  if (!matchesLayout(state, generatorLayout(config.architecture), layouts)) {
    throw new StudioError({
      code: 'training-data',
      message: `The checkpoint in ${run.folder} belongs to another network than its config.json.`,
      remedy: 'Restore the configuration the run was started with, or start a new run.',
      file: run.folder,
    });
  }

  if ((await run.checkpoint()) === null) await run.writeCheckpoint(state); // what a failure goes back to
  const guard = new Guard(run, config, state);
  const steps = await CompiledSteps.compile(config, runtime);
  const batches =
    options.batchWorker === undefined
      ? new DrawnInTurn(data.training)
      : new DrawnAhead(options.batchWorker, run.folder, config, onSkipped);
  const [log, judged] = [new LossLog(), new LossLog()];
  let noted = performance.now();
  const note = async (record: StepRecord): Promise<void> => {
    await run.log(record).catch(unlessFull);
    options.onRecord?.(record, ((config.steps - record.step) * record.seconds) / Math.max(1, record.step));
    noted = performance.now();
  };
  let mark = performance.now();
  try {
    while (state.step < config.steps && signal?.aborted !== true) {
      const { step } = state;
      const results: Losses[] = [];
      for (const substep of substeps(config).slice(0, -1)) {
        results.push(await steps.criticStep(state, await batches.take(step, substep), substep));
      }
      results.push(await steps.generatorStep(state, await batches.take(step, 0)));
      const failure = guard.afterStep(results, step);
      const now = performance.now();
      state.seconds += (now - mark) / 1000;
      mark = now;
      const rate = (state.rateFactor ?? 1) * learningRate(config, step);
      if (failure !== null) {
        await note({ step, seconds: state.seconds, rate, waiting: 0, losses: {}, advice: failure });
        state = await guard.act(failure, state);
        continue;
      }
      for (const losses of results) [log, judged].forEach((each) => each.add(losses));
      updateAverage(state, config);
      state.step++;

      const last = state.step === config.steps;
      const looked = last || state.step % config.validation.every === 0;
      const { training, validation: keptBack } = data;
      if (looked) {
        const sample = await drawSample(run, steps.fill, state, data, config);
        if (sample !== null) options.onSample?.(sample);
      }
      let advice: Advice | null = null;
      if ((keptBack !== null && looked) || last || state.step % LOG_EVERY === 0) {
        const validation =
          keptBack !== null && looked
            ? await validate(steps.judges(state), { training, validation: keptBack }, config)
            : null;
        advice = guard.afterLine(judged.take(), validation, state.step);
        await note({
          step: state.step,
          seconds: state.seconds,
          rate,
          waiting: batches.takeWaiting(),
          losses: log.take(),
          ...(validation === null ? {} : { validation }),
          ...(advice === null ? {} : { advice }),
        });
      } else if (performance.now() - noted > 1000 * LOG_SECONDS) {
        const waiting = batches.takeWaiting();
        await note({ step: state.step, seconds: state.seconds, rate, waiting, losses: log.take() });
      }
      if (advice !== null) state = await guard.act(advice, state);
      if (advice?.action !== 'roll-back' && (guard.improved || state.step % config.checkpointEvery === 0)) {
        const full = await guard.keep(state);
        if (full !== null)
          await note({ step: state.step, seconds: state.seconds, rate, waiting: 0, losses: {}, advice: full });
      }
    }
  } finally {
    await batches.close();
    await steps.dispose();
  }
  guard.remember(state);
  await run.writeCheckpoint(state);
  return state;
}

/** Fills of the same few crops each time, so that a person sees how they change. */
async function drawSample(
  run: RunFolder,
  fill: CompiledGraph,
  { average, step }: TrainState,
  { training, validation }: RunData,
  { side }: TrainConfig,
): Promise<Sample | null> {
  const batch = await (validation ?? training).draw(VALIDATION_STREAM, 0);
  const { complete } = await fill.run({ ...batch, generator: average });
  return writeSample(run.folder, step, batch, complete, side);
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
    ...(config.weights.adversarial > 0
      ? {
          critic: freshState(initialise(criticLayout(config), normal)),
          ...(remembered.size === 0 ? {} : { criticState: initialise(remembered, normal) }),
        }
      : {}),
  };
}

function updateAverage({ average, generator, step }: TrainState, config: TrainConfig): void {
  const decay = averageDecayAt(config, step);
  for (let i = 0; i < average.length; i++) average[i] = decay * average[i] + (1 - decay) * generator.values[i];
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
