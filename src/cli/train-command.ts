import { basename, join, resolve } from 'node:path';
import { readRegularFile } from '../engine/files/read-file';
import { errorFor } from '../shared/error-texts';
import { PRECISIONS } from '../engine/runtime/torch/messages';
import { readBack, takeBack } from '../engine/train/away';
import { packRun } from '../engine/train/away-pack';
import type { SkippedFile } from '../engine/train/picture-files';
import { exportRun } from '../engine/train/export';
import { createRun, holdsRun } from '../engine/train/new-run';
import { prepareBatches } from '../engine/train/prepared-batches';
import { progressLine } from '../engine/train/progress-line';
import { hasFailedToLearn } from '../engine/train/progress-notes';
import { movePictures } from '../engine/train/run-data';
import { RunFolder, type TrainState } from '../engine/train/run-folder';
import { asTrainer, readIdentity, refuseBusyElsewhere } from '../engine/train/run-status';
import { summarise } from '../engine/train/run-store';
import { type ChosenTrainer, chooseTrainer } from '../engine/train/training-runtimes';
import type { StepRecord } from '../shared/training';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { awayTrainer, packedLine } from './away-trainer';
import { UsageError } from './failure';
import { showProgress } from './progress-display';
import { rootsWith, type CliContext } from './cli-context';
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
export async function runTrain(options: TrainCommandOptions, context: CliContext): Promise<ExitCode> {
  const { messages, signal, output } = context;
  // Before anything is written.
  const trainer = await trainerOf(options, context);
  if (options.resume && !(await holdsRun(options.out))) throw new UsageError(`There is no run in "${options.out}".`);
  const run = options.resume ? await resumedRun(options) : await startRun(options, context);
  const config = await run.config();

  if (options.prepare) return prepare(run, options, context);
  if (options.pack !== undefined) return pack(run, options.pack, options, context);

  if (config.validation.share > 0 && (await run.judge()) === null)
    messages.write('The perceptual distance is not measured: "inpaint-studio features" fetches what it needs.\n');
  const display = showProgress(messages, config.steps, 'steps');
  const onRecord = (record: StepRecord, secondsLeft: number) => {
    const line = progressLine(record, config.steps, secondsLeft);
    if (messages.isTTY) display.update(record.step, line);
    else display.line(line);
    if (record.advice !== undefined) display.line(record.advice.sentence);
  };
  const onSkipped = ({ file, error }: SkippedFile) => display.line(`left out  ${file}: ${error.message}`);
  const isFinished = ({ step }: TrainState): boolean => step >= config.steps;
  const state = await asTrainer(
    run.folder,
    () => trainer.train({ run, signal, onRecord, onSkipped }),
    (end) => (isFinished(end) ? 'finished' : 'paused'),
  ).finally(() => display.end());

  const finished = isFinished(state);
  const model = finished ? resolve(options.out, MODEL) : null;
  if (model !== null) {
    const name = options.name ?? (await readIdentity(run.folder))?.name ?? basename(resolve(run.folder));
    await exportRun(run, model, { name, description: '', licence: options.licence ?? 'Not stated' });
  }
  messages.write(
    model === null
      ? `Stopped after step ${state.step} of ${config.steps}. Go on with: inpaint-studio train --out ${options.out} --resume\n`
      : `Trained ${state.step} steps. Use it with: --model ${model}\n`,
  );
  const course = finished ? await summarise(run.folder) : null;
  if (course !== null) messages.write(`${course.sentence}\n`);
  const learntNothing = course !== null && hasFailedToLearn(course.progress, await run.records());
  const report: TrainReport = {
    run: resolve(options.out),
    model,
    step: state.step,
    steps: config.steps,
    seconds: state.seconds,
  };
  if (options.json) output.write(`${JSON.stringify(report, null, 2)}\n`);
  if (!finished) return EXIT_CODES.cancelled.code;
  return learntNothing ? EXIT_CODES.unusable.code : EXIT_CODES.done.code;
}

/** The run in --out, with its pictures and its end where they are said to be now. */
async function resumedRun({ out, folder, steps }: TrainCommandOptions): Promise<RunFolder> {
  const run = new RunFolder(out);
  const done = (await run.checkpoint())?.step ?? 0;
  if (steps !== undefined && steps <= done) {
    throw new UsageError(`The run has done ${done} steps; name a number above that with --steps.`);
  }
  // Whoever trains it has read what is written here.
  if (folder !== undefined || steps !== undefined) await refuseBusyElsewhere(out);
  if (folder !== undefined) await movePictures(run, folder);
  if (steps !== undefined) await run.changeSteps(steps);
  return run;
}

/** Here, away, or not at all. */
async function trainerOf(options: TrainCommandOptions, context: CliContext): Promise<Pick<ChosenTrainer, 'train'>> {
  const { prepare: preparing, pack: packed, take, away } = options;
  if (preparing || packed !== undefined) return { train: () => Promise.reject(new Error('nothing is trained')) };
  if (take !== undefined) {
    const back = await readBack(take).catch(() => {
      throw new UsageError(`--take: "${take}" cannot be read.`);
    });
    return { train: ({ run }) => takeBack(run, back) };
  }
  return away === undefined ? chosenTrainer(options, context) : awayTrainer(away, options, context);
}

/** What --runtime names, with the probe's verdict said. */
async function chosenTrainer(
  options: TrainCommandOptions,
  { messages, startBatches }: CliContext,
): Promise<ChosenTrainer> {
  const { threads, runtime } = options;
  const precision = PRECISIONS.find((name) => name === options.precision);
  const trainer = await chooseTrainer({
    runtime,
    startBatches,
    ...(threads === undefined ? {} : { threads }),
    ...(precision === undefined ? {} : { precision }),
  });
  messages.write(`Trains with ${trainer.label}\n`);
  for (const reason of trainer.refused) messages.write(`not used  ${reason}\n`);
  return trainer;
}

/** `train --pack`: what --away sends. */
async function pack(
  run: RunFolder,
  file: string,
  { megabytes, json }: TrainCommandOptions,
  { messages, output, signal }: CliContext,
): Promise<ExitCode> {
  const packed = await packRun(run, file, { signal, ...(megabytes === undefined ? {} : { megabytes }) });
  messages.write(packedLine(packed));
  if (json) output.write(`${JSON.stringify({ run: resolve(run.folder), pack: resolve(file), ...packed }, null, 2)}\n`);
  return EXIT_CODES.done.code;
}

/** `train --prepare`: all that cluster/rank.py needs where there is no Node. */
async function prepare(
  run: RunFolder,
  { ranks, json }: TrainCommandOptions,
  { messages, output, signal }: CliContext,
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

async function startRun(options: TrainCommandOptions, context: CliContext): Promise<RunFolder> {
  const { folder, out, base = null, preset = null, name = basename(resolve(out)), models } = options;
  if (folder === undefined) throw new UsageError('Say which folder of photos to train on.');
  if (await holdsRun(out)) {
    throw new UsageError(`There is a run in "${out}" already; go on with it by --resume, or name another --out.`);
  }
  const { steps, batch, side, critics: criticsFrom = null, refineFrom = null, coarseFrom = null } = options;
  const given = Object.entries({ steps, batch, side }).filter(([, value]) => value !== undefined);
  const written = options.config === undefined ? {} : await readConfig(options.config);
  const changes = { ...written, ...Object.fromEntries(given) };
  const modelRoots = rootsWith(models, context);
  return createRun({
    folder: out,
    name,
    pictures: folder,
    preset,
    base,
    modelRoots,
    changes,
    criticsFrom,
    refineFrom,
    coarseFrom,
  });
}

/** Far more than a configuration takes. */
const MOST_CONFIG_BYTES = 2 ** 20;

async function readConfig(file: string): Promise<Record<string, unknown>> {
  const tooLarge = () => errorFor('not-read', { name: basename(file) }, { file });
  const bytes = await readRegularFile(file, MOST_CONFIG_BYTES, tooLarge);
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UsageError(`--config: "${file}" is not a JSON object.`);
}
