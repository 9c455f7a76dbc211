import { FILL_MANNERS, type FillManner } from '../shared/protocol/values';
import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import { UsageError } from './failure';

const OPTIONS = {
  masks: {
    alias: 'm',
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: "folder with a mask of each picture's name, or one mask for all; white is the hole",
  },
  model: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'id of a model, or the path of a model folder; may be repeated  [default: default]',
  },
  truth: { type: 'string', requiresArg: true, describe: 'with --results: folder of the pictures as they were' },
  results: { type: 'string', requiresArg: true, describe: 'score these pictures instead of filling any; by name' },
  out: { alias: 'o', type: 'string', requiresArg: true, describe: 'folder for fills, scores.json and report.html' },
  size: {
    choices: [256, 384, 512] as const,
    default: 512 as const,
    describe: 'longest side of the crop that the network works on, pixels',
  },
  manner: {
    choices: FILL_MANNERS,
    default: 'restore' as FillManner,
    describe: 'how holes are filled: with pieces of the photo, or so that what was there comes back',
  },
  detail: {
    type: 'number',
    default: 1,
    requiresArg: true,
    describe: "how much of the photo's own texture fills get; 0 scores the network alone",
  },
  provider: { type: 'string', requiresArg: true, describe: 'execution provider to use instead of the fastest one' },
  json: { type: 'boolean', default: false, describe: 'print the scores as JSON' },
} as const;

export interface EvaluateOptions {
  /** Folder of the true pictures. */
  readonly pictures: string;
  readonly masks: string;
  /** Ids or folders; ignored with `results`. */
  readonly models: readonly string[];
  /** Folder with results to score; null: the models fill the pictures. */
  readonly results: string | null;
  readonly out: string | null;
  readonly size: number;
  readonly manner: FillManner;
  /** 0..1; 0 is the network alone. */
  readonly detail: number;
  readonly provider: string | undefined;
  readonly json: boolean;
  /** --models: where ids are looked for first. */
  readonly modelFolder: string | undefined;
}

type Flags = InferredOptionTypes<typeof OPTIONS> & { pictures: string | undefined };

export function evaluateOptions<T>(parser: Argv<T>): Argv<T & Flags> {
  return parser
    .positional('pictures', { type: 'string', describe: 'folder of pictures' })
    .options(OPTIONS)
    .check(({ pictures, truth, results, model, detail }) => {
      if (!(detail >= 0 && detail <= 1)) throw new UsageError('--detail is a number from 0 to 1.');
      if ((truth === undefined) !== (results === undefined))
        throw new UsageError('--truth and --results belong together.');
      if ((pictures === undefined) === (truth === undefined)) {
        throw new UsageError('Name one folder: of pictures to fill, or with --truth of pictures that were filled.');
      }
      if (results !== undefined && model !== undefined) throw new UsageError('--model has no meaning with --results.');
      return true;
    }) as unknown as Argv<T & Flags>;
}

export function readEvaluateOptions(
  argv: ArgumentsCamelCase<Flags & { models?: string | undefined }>,
): EvaluateOptions {
  const { pictures, masks, model, truth, results, out, size, manner, detail, provider, json, models } = argv;
  return {
    pictures: pictures ?? truth ?? '',
    masks,
    models: [...new Set(model ?? ['default'])],
    results: results ?? null,
    out: out ?? null,
    size,
    manner,
    detail,
    provider,
    json,
    modelFolder: models,
  };
}
