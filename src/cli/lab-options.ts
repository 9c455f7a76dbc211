import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import { EXPERIMENT_NAMES, type ExperimentName } from '../engine/lab/experiments';
import { LAB_GENERATORS, LAB_LOSSES, LAB_PENALTIES, LAB_SCHEDULES } from '../engine/lab/lab-options';
import { JSON_OPTION } from './command';
import { UsageError } from './failure';

const NUMBER = { type: 'number', requiresArg: true } as const;

/** What an experiment can be changed in; without an option it is as the experiment has it. */
const CHANGES = {
  loss: { choices: LAB_LOSSES, requiresArg: true, describe: 'what critic and generator minimise' },
  penalty: { choices: LAB_PENALTIES, requiresArg: true, describe: "on the critic's slope" },
  'penalty-weight': { ...NUMBER, describe: 'of the penalty' },
  generator: { choices: LAB_GENERATORS, requiresArg: true, describe: 'linear: x = a z + b' },
  z: { ...NUMBER, describe: 'how many numbers the generator makes a sample of' },
  steps: { ...NUMBER, describe: 'how many' },
  batch: { ...NUMBER, describe: 'samples a step' },
  'critic-steps': { ...NUMBER, describe: 'steps of the critic for each of the generator' },
  'generator-rate': { ...NUMBER, describe: 'learning rate of the generator' },
  'critic-rate': { ...NUMBER, describe: 'learning rate of the critic' },
  beta1: { ...NUMBER, describe: "Adam's memory of the slope" },
  beta2: { ...NUMBER, describe: "Adam's memory of its square" },
  schedule: { choices: LAB_SCHEDULES, requiresArg: true, describe: 'how the rates go' },
  average: { ...NUMBER, describe: "decay of the generator's moving average that is measured; 0: none" },
  dropout: { type: 'boolean', describe: 'the critic forgets half of its hidden values' },
  l2: { ...NUMBER, describe: "weight of the squares of the critic's weights" },
  packing: { ...NUMBER, describe: 'samples that the critic sees together, 1 to 4' },
  noise: { ...NUMBER, describe: 'deviation of noise on what the critic sees, which ends at 70 % of the steps' },
  seed: { ...NUMBER, describe: 'of all random numbers: the same one gives the same result' },
} as const;

const OPTIONS = {
  ...CHANGES,
  recipe: {
    type: 'string',
    requiresArg: true,
    describe:
      'a JSON file with "experiment" and "options", as --json prints them; options of the command line count more',
  },
  out: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'a file to write the curves to: .csv, or .json with the recipe',
  },
  json: JSON_OPTION,
} as const;

export const labRunOptions = <T>(parser: Argv<T>) =>
  parser
    .positional('experiment', { choices: EXPERIMENT_NAMES, describe: 'see lab list; left out: that of --recipe' })
    .options(OPTIONS)
    .example('$0 lab run ring', 'mode collapse: most of the eight spots are lost')
    .example('$0 lab run ring --penalty r1', 'the same seed, mended');

type Parsed = ArgumentsCamelCase<InferredOptionTypes<typeof OPTIONS> & { experiment: string | undefined }>;

export interface LabRunOptions {
  readonly experiment: string | undefined;
  /** Of the experiment's options, by their names there. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly recipe: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

export function readLabRunOptions(argv: Parsed): LabRunOptions {
  const { experiment, recipe, out, json } = argv;
  return { experiment, changes: changesIn(argv), recipe, out, json };
}

const camel = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Of an experiment's options those that were given, by their names there. */
function changesIn(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(CHANGES)
      .map(camel)
      .filter((name) => given[name] !== undefined)
      .map((name) => [name, given[name]]),
  );
}

const SWEEP = {
  ...CHANGES,
  vary: {
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'an option and its values, such as penalty=none,r1',
  },
  seeds: { ...NUMBER, default: 3, describe: 'runs of each value, from --seed on' },
  out: { ...OPTIONS.out, describe: 'a file to write every run to: .csv or .json' },
  json: JSON_OPTION,
} as const;

export const labSweepOptions = <T>(parser: Argv<T>) =>
  parser
    .positional('experiment', { choices: EXPERIMENT_NAMES, demandOption: true, describe: 'see lab list' })
    .options(SWEEP)
    .example('$0 lab sweep ring --vary penalty=none,r1 --seeds 3', 'what mends mode collapse, over three seeds');

export interface LabSweepOptions {
  readonly experiment: ExperimentName;
  readonly changes: Readonly<Record<string, unknown>>;
  /** Name among the experiment's options, and its values. */
  readonly vary: { readonly name: string; readonly values: readonly (string | number | boolean)[] };
  readonly seeds: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** @throws UsageError */
export function readLabSweepOptions(
  argv: ArgumentsCamelCase<InferredOptionTypes<typeof SWEEP> & { experiment: ExperimentName }>,
): LabSweepOptions {
  const { experiment, vary, seeds, out, json } = argv;
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > 100)
    throw new UsageError('--seeds is a whole number from 1 to 100.');
  return { experiment, changes: changesIn(argv), vary: varied(vary), seeds, out, json };
}

function varied(text: string): LabSweepOptions['vary'] {
  const [, name = '', list = ''] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  const option = Object.entries(CHANGES).find(([known]) => known === name && known !== 'seed')?.[1];
  if (option === undefined) {
    const names = Object.keys(CHANGES).filter((known) => known !== 'seed');
    throw new UsageError(`--vary is OPTION=VALUE,VALUE with one of ${names.join(', ')}; not "${text}".`);
  }
  const kind = 'type' in option ? option.type : 'string';
  const values = list.split(',').map((value) => {
    if (kind === 'number') return value.trim() === '' ? NaN : Number(value);
    return kind === 'boolean' && ['true', 'false'].includes(value) ? value === 'true' : value;
  });
  return { name: camel(name), values };
}
