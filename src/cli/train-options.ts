import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import { type Preset, PRESETS, TRAINING_RUNTIMES, type TrainingRuntime } from '../shared/training';
import { UsageError } from './failure';

const OPTIONS = {
  out: {
    alias: 'o',
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'folder of the run: configuration, log, checkpoints, and at the end the model',
  },
  base: { type: 'string', requiresArg: true, describe: 'id or folder of the model to start from; else from nothing' },
  critics: { type: 'string', requiresArg: true, describe: 'folder of another run whose critics are taken over' },
  'refine-from': {
    type: 'string',
    requiresArg: true,
    describe:
      'id or folder of a model; with the filters of its coarse stage the refine stage starts, instead of those of --base',
  },
  'coarse-from': {
    type: 'string',
    requiresArg: true,
    describe: 'id or folder of a model whose coarse stage is taken instead of that of --base',
  },
  preset: { choices: PRESETS, requiresArg: true, describe: 'a starting point for the configuration' },
  config: { type: 'string', requiresArg: true, describe: 'JSON file with a training configuration' },
  steps: {
    type: 'number',
    requiresArg: true,
    describe: 'steps in the whole run; with --resume: another end, also for a run that has come to its own',
  },
  batch: { type: 'number', requiresArg: true, describe: 'pictures a step' },
  side: { type: 'number', requiresArg: true, describe: 'side of the crops trained on, pixels' },
  threads: { type: 'number', requiresArg: true, describe: 'threads to use; all cores when left out' },
  name: { type: 'string', requiresArg: true, describe: "the model's name in lists" },
  licence: { type: 'string', requiresArg: true, describe: "licence of the model's weights, for its manifest" },
  runtime: {
    choices: TRAINING_RUNTIMES,
    default: 'onnx' as TrainingRuntime,
    requiresArg: true,
    describe: 'what computes: ONNX Runtime, TensorFlow.js, or PyTorch where a python3 has it; a run may change',
  },
  precision: {
    choices: ['fp32', 'tf32', 'bf16'],
    requiresArg: true,
    describe: 'arithmetic of --runtime torch; the fastest that the device has when left out',
  },
  prepare: {
    type: 'boolean',
    default: false,
    describe:
      'train nothing: write the batches that are left into the run, for cluster/rank.py on a machine without Node',
  },
  ranks: { type: 'number', requiresArg: true, describe: 'with --prepare: how many processes will share a batch' },
  away: {
    type: 'string',
    requiresArg: true,
    describe:
      'train on another machine with PyTorch alone, reached by this command, such as "ssh me@gpu"; weights and log come back',
  },
  minutes: { type: 'number', requiresArg: true, describe: 'with --away: how long to train there at most' },
  python: { type: 'string', default: 'python3', requiresArg: true, describe: 'with --away: the Python there' },
  megabytes: {
    type: 'number',
    requiresArg: true,
    describe: 'with --away or --pack: what the photographs may take at most; 45 when left out',
  },
  pack: {
    type: 'string',
    requiresArg: true,
    describe:
      'train nothing: write the archive that --away sends; unpacked, "python cluster/away.py --minutes N" trains it',
  },
  take: {
    type: 'string',
    requiresArg: true,
    describe: 'train nothing: take back what cluster/away.py has written, an archive or its --out',
  },
  resume: { type: 'boolean', default: false, describe: 'go on with the run in --out from its last checkpoint' },
  json: { type: 'boolean', default: false, describe: 'print what was done as JSON' },
} as const;

export interface TrainCommandOptions {
  readonly folder: string | undefined;
  readonly out: string;
  readonly base: string | undefined;
  readonly critics: string | undefined;
  readonly refineFrom: string | undefined;
  readonly coarseFrom: string | undefined;
  readonly preset: Preset | undefined;
  readonly config: string | undefined;
  readonly steps: number | undefined;
  readonly batch: number | undefined;
  readonly side: number | undefined;
  readonly threads: number | undefined;
  readonly name: string | undefined;
  readonly licence: string | undefined;
  readonly runtime: TrainingRuntime;
  readonly precision: string | undefined;
  readonly prepare: boolean;
  readonly ranks: number | undefined;
  readonly away: string | undefined;
  readonly minutes: number | undefined;
  readonly python: string;
  readonly megabytes: number | undefined;
  readonly pack: string | undefined;
  readonly take: string | undefined;
  readonly resume: boolean;
  readonly json: boolean;
  readonly models: string | undefined;
}

type Flags = InferredOptionTypes<typeof OPTIONS> & { folder: string | undefined };

export function trainOptions<T>(parser: Argv<T>): Argv<T & Flags> {
  return parser
    .positional('folder', {
      type: 'string',
      describe: 'photos, also in folders below it; with --resume: where they are now, if they were moved',
    })
    .options(OPTIONS)
    .check(
      ({
        folder,
        resume,
        base,
        critics,
        refineFrom,
        coarseFrom,
        preset,
        config,
        steps,
        batch,
        side,
        threads,
        runtime,
        precision,
        prepare,
        ranks,
        away,
        minutes,
        megabytes,
        pack,
        take,
      }) => {
        const fixed = [base, critics, refineFrom, coarseFrom, preset, config, batch, side];
        if (resume && fixed.some((value) => value !== undefined)) {
          throw new UsageError(
            'A run that is resumed keeps its configuration: leave --base, --critics, --refine-from, --coarse-from, --preset, --config, --batch and --side out.',
          );
        }
        if (steps !== undefined && !(Number.isInteger(steps) && steps >= 1)) {
          throw new UsageError('--steps is a whole number from 1 on.');
        }
        if (!resume && folder === undefined) throw new UsageError('Say which folder of photos to train on.');
        if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
          throw new UsageError('--threads is a whole number from 1 on.');
        }
        if (precision !== undefined && runtime !== 'torch' && away === undefined)
          throw new UsageError('--precision is for --runtime torch and --away.');
        if ([away, pack, take, prepare ? '' : undefined].filter((value) => value !== undefined).length > 1)
          throw new UsageError('--away, --pack, --take and --prepare exclude each other.');
        if ((away === undefined) !== (minutes === undefined)) throw new UsageError('--away and --minutes go together.');
        if (minutes !== undefined && !(minutes > 0)) throw new UsageError('--minutes is a number above 0.');
        if (megabytes !== undefined && !(megabytes > 0)) throw new UsageError('--megabytes is a number above 0.');
        if (take !== undefined && !resume) throw new UsageError('--take goes with --resume.');
        if (ranks !== undefined && !prepare) throw new UsageError('--ranks is for --prepare.');
        if (ranks !== undefined && !(Number.isInteger(ranks) && ranks >= 1)) {
          throw new UsageError('--ranks is a whole number from 1 on.');
        }
        return true;
      },
    ) as unknown as Argv<T & Flags>;
}

export function readTrainOptions(
  argv: ArgumentsCamelCase<Flags & { models?: string | undefined }>,
): TrainCommandOptions {
  const { folder, out, base, config, steps, batch, side, threads, name, resume, json, models } = argv;
  const { runtime, precision, prepare, ranks, critics, refineFrom, coarseFrom, preset, licence } = argv;
  const { away, minutes, python, megabytes, pack, take } = argv;
  return {
    ...{ away, minutes, python, megabytes, pack, take },
    ...{ folder, out, base, config, steps, batch, side, threads, name, resume, json, models },
    ...{ runtime, precision, prepare, ranks, critics, refineFrom, coarseFrom, preset, licence },
  };
}
