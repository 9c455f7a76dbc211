import { access, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { findModel, type ModelFolder, readWeights } from '../engine/library/model-folder';
import { generatorLayout } from '../engine/network/inference';
import { OnnxRuntime } from '../engine/runtime/onnx/runtime';
import { PRECISIONS } from '../engine/runtime/torch/messages';
import { describeTorch, probeTorch } from '../engine/runtime/torch/python';
import { type TrainConfig, trainConfigSchema } from '../engine/train/config';
import { PictureFolder } from '../engine/train/dataset';
import { exportModel } from '../engine/train/export';
import { prepareBatches } from '../engine/train/prepared-batches';
import { MaskFolder } from '../engine/train/mask-folder';
import { RunFolder, type StepRecord, type TrainState } from '../engine/train/run-folder';
import { trainWithTorch } from '../engine/train/torch-trainer';
import { initialState, train, type TrainOptions } from '../engine/train/trainer';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import { showProgress } from './progress-display';
import { rootsWith, type Surroundings } from './surroundings';
import type { TrainCommandOptions } from './train-options';

/** Name of the model's folder inside the run's. */
const MODEL = 'model';

/** Name of the file of prepared batches inside the run's folder. */
const BATCHES = 'batches.f32';

/** What --json prints. */
export interface TrainReport {
  readonly run: string;
  /** Folder of the model, ready for --model; null when the run was stopped before its end. */
  readonly model: string | null;
  readonly step: number;
  readonly steps: number;
  /** Of training, over all sessions. */
  readonly seconds: number;
}

/**
 * `train`: makes a run folder, or goes on with one, trains to its last step and exports the model. Ctrl-C ends it after
 * the step at hand, with a checkpoint.
 * @throws UsageError, StudioError `training-data`, `model-unknown`, `model-broken`, `runtime-unavailable`
 */
export async function runTrain(options: TrainCommandOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { messages, signal, output } = surroundings;
  const run = new RunFolder(options.out);
  // Before anything is written.
  const trainHere = options.prepare ? null : await trainerOf(options, surroundings);
  if (!options.resume) await startRun(run, options, surroundings);
  else if (!(await exists(join(options.out, 'config.json'))))
    throw new UsageError(`There is no run in "${options.out}".`);
  const config = await run.config();

  if (trainHere === null) return prepare(run, options, surroundings);

  const display = showProgress(messages, config.steps, 'steps');
  const onRecord = (record: StepRecord, secondsLeft: number) => {
    const line = progressLine(record, config.steps, secondsLeft);
    if (messages.isTTY) display.update(record.step, line);
    else display.line(line);
    if (record.advice !== undefined) display.line(record.advice.sentence);
  };
  const state = await trainHere({ run, signal, onRecord }).finally(() => display.end());

  const finished = state.step >= config.steps;
  const model = finished ? resolve(options.out, MODEL) : null;
  if (model !== null) await exportModel(model, config, state, await describeModel(run, options));
  messages.write(
    model === null
      ? `Stopped after step ${state.step} of ${config.steps}. Go on with: inpaint-studio train --out ${options.out} --resume\n`
      : `Trained ${state.step} steps. Use it with: --model ${model}\n`,
  );
  const report: TrainReport = {
    run: resolve(options.out),
    model,
    step: state.step,
    steps: config.steps,
    seconds: state.seconds,
  };
  if (options.json) output.write(`${JSON.stringify(report, null, 2)}\n`);
  return finished ? EXIT_CODES.done.code : EXIT_CODES.cancelled.code;
}

type Trainer = (options: Omit<TrainOptions, 'runtime'>) => Promise<TrainState>;

/** What --runtime names. */
async function trainerOf(options: TrainCommandOptions, { messages }: Surroundings): Promise<Trainer> {
  const limit = options.threads === undefined ? {} : { threads: options.threads };
  if (options.runtime !== 'torch') {
    const runtime = new OnnxRuntime(limit);
    return (rest) => train({ ...rest, runtime });
  }
  const torch = await probeTorch();
  messages.write(`Trains with ${describeTorch(torch)}\n`);
  const precision = PRECISIONS.find((name) => name === options.precision);
  return (rest) => trainWithTorch({ ...rest, ...limit, torch, ...(precision === undefined ? {} : { precision }) });
}

/** `train --prepare`: all that cluster/rank.py needs where there is no Node. */
async function prepare(
  run: RunFolder,
  { ranks, json }: TrainCommandOptions,
  { messages, output, signal }: Surroundings,
): Promise<ExitCode> {
  const file = join(resolve(run.folder), BATCHES);
  let bytes = 0;
  await prepareBatches(run, file, {
    signal,
    ...(ranks === undefined ? {} : { ranks }),
    onBytes: (written) => (bytes = written),
  });
  messages.write(
    `Wrote ${(bytes / 1e6).toFixed(1)} MB of batches. Train with: python cluster/rank.py --config ${run.folder} --batches ${file}\n`,
  );
  if (json) output.write(`${JSON.stringify({ run: resolve(run.folder), batches: file, bytes }, null, 2)}\n`);
  return EXIT_CODES.done.code;
}

async function startRun(run: RunFolder, options: TrainCommandOptions, surroundings: Surroundings): Promise<void> {
  const { folder } = options;
  if (folder === undefined) throw new UsageError('Say which folder of photos to train on.');
  if (await exists(join(options.out, 'config.json'))) {
    throw new UsageError(
      `There is a run in "${options.out}" already; go on with it by --resume, or name another --out.`,
    );
  }
  const base =
    options.base === undefined ? null : await findModel(options.base, rootsWith(options.models, surroundings));
  const config = await configOf(options, base);
  // Found out before anything is written.
  await PictureFolder.open(folder, config.side, config.cacheMegabytes);
  if (config.masks.folder !== null) await MaskFolder.open(config.masks.folder, config.side);
  const layout = generatorLayout(config.architecture);
  const values = base === null ? undefined : layout.join(await readWeights(base, layout));
  await run.create(config, folder);
  // A run that is broken off before its first checkpoint must not forget what it started from.
  await run.writeCheckpoint(initialState(config, values));
}

/** The file's configuration, the command line's on top; a base model brings its architecture. */
async function configOf(options: TrainCommandOptions, base: ModelFolder | null): Promise<TrainConfig> {
  const written = options.config === undefined ? {} : await readConfig(options.config);
  const { steps, batch, side } = options;
  const given = Object.fromEntries(Object.entries({ steps, batch, side }).filter(([, value]) => value !== undefined));
  const architecture = base === null ? {} : { architecture: base.manifest.architecture };
  const parsed = trainConfigSchema.safeParse({ ...written, ...given, ...architecture });
  if (parsed.success) {
    const { masks } = parsed.data;
    const folder = masks.folder === null ? null : resolve(masks.folder); // the run may go on from another folder
    return { ...parsed.data, masks: { ...masks, folder } };
  }
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UsageError(`The configuration cannot be used: ${issues.join('; ')}.`);
}

async function readConfig(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`--config: "${file}" cannot be read.`);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UsageError(`--config: "${file}" is not a JSON object.`);
}

async function describeModel(run: RunFolder, { name }: TrainCommandOptions) {
  const pictures = basename(await run.pictureFolder());
  return {
    name: name ?? basename(resolve(run.folder)),
    description: `Trained on the pictures of "${pictures}".`,
    licence: { weights: 'Not stated', data: ['Not stated'] },
  };
}

function progressLine({ step, losses, rate, validation }: StepRecord, steps: number, secondsLeft: number): string {
  const measured: Readonly<Record<string, number | null>> = validation === undefined ? {} : { ...validation };
  const numbers: readonly (readonly [string, number | null])[] = [
    ...Object.entries(losses),
    ...Object.entries(measured).map(([name, value]) => [`validation ${name}`, value] as const),
  ];
  const shown = numbers.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value.toPrecision(3)}`]));
  return [`step ${step}/${steps}`, ...shown, `rate ${rate.toExponential(1)}`, `${timeOf(secondsLeft)} left`].join('  ');
}

function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
