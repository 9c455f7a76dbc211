import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { EXPERIMENT_NAMES, EXPERIMENTS, type ExperimentName } from '../engine/lab/experiments';
import { type LabOptions, labOptionsSchema, someLabOptionsSchema } from '../engine/lab/lab-options';
import { type LabResult, type Look, runExperiment } from '../engine/lab/lab-run';
import type { Measures } from '../engine/lab/measures';
import { OnnxRuntime } from '../engine/runtime/onnx/runtime';
import { errorFor } from '../shared/error-texts';
import { signSentence } from '../shared/lab/signs';
import { wrongPlace } from '../shared/wrong-place';
import type { CliContext } from './cli-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { LabRunOptions } from './lab-options';
import { checkOut, columnsTable, figure, report } from './lab-output';
import { showProgress } from './progress-display';
import { table } from './table';

/** `lab list` */
export function runLabList({ json }: { readonly json: boolean }, { output }: CliContext): ExitCode {
  const rows = EXPERIMENT_NAMES.map((name) => ({
    experiment: name,
    about: EXPERIMENTS[name].about,
    options: EXPERIMENTS[name].defaults,
  }));
  output.write(
    json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : table(
          ['EXPERIMENT', 'GENERATOR', 'STEPS', 'WHAT IS LEARNT'],
          rows.map(({ experiment, about, options }) => [experiment, options.generator, String(options.steps), about]),
        ),
  );
  return EXIT_CODES.done.code;
}

const recipeSchema = z.object({ experiment: z.enum(EXPERIMENT_NAMES), options: someLabOptionsSchema });

/** `lab run` @throws UsageError, StudioError recipe-unread, recipe-wrong */
export async function runLab(asked: LabRunOptions, { output, messages, signal }: CliContext): Promise<ExitCode> {
  checkOut(asked.out);
  const { experiment, options } = await recipeOf(asked);
  const display = showProgress(messages, options.steps, 'steps');
  const result = await runExperiment({
    ...{ experiment, options, signal },
    // One thread: such small networks gain nothing by more, and the numbers are the same everywhere.
    runtime: new OnnxRuntime({ threads: 1 }),
    onLook: (look) => display.update(look.step, inWords(look.measures)),
  }).finally(() => display.end());
  if (signal.aborted) throw errorFor('cancelled', {});
  const columns = curvesOf(result);
  const text = (): string => {
    const curves = columnsTable(columns, (value) => (value === '' ? '-' : figure(Number(value))));
    const end = `${experiment}, seed ${options.seed}: ${inWords(result.measures)} (${result.seconds.toFixed(1)} s).\n`;
    const signs = result.signs.map((sign) => `From step ${sign.step} on: ${signSentence(sign, 'en')}\n`);
    return `${curves}\n${end}${signs.join('')}`;
  };
  return report({ whole: result, columns, text }, asked, output);
}

async function recipeOf(asked: LabRunOptions): Promise<{ experiment: ExperimentName; options: LabOptions }> {
  const recipe = asked.recipe === undefined ? null : await readRecipe(asked.recipe);
  const experiment = EXPERIMENT_NAMES.find((name) => name === asked.experiment) ?? recipe?.experiment;
  if (experiment === undefined) throw new UsageError('Name an experiment (lab list shows them), or a --recipe.');
  return { experiment, options: optionsOf(experiment, { ...recipe?.options, ...asked.changes }) };
}

/** An experiment's options with changes. @throws UsageError for one that is out of its range */
export function optionsOf(experiment: ExperimentName, changes: Readonly<Record<string, unknown>>): LabOptions {
  const options = labOptionsSchema.safeParse({ ...EXPERIMENTS[experiment].defaults, ...changes });
  if (options.success) return options.data;
  const [issue] = options.error.issues;
  throw new UsageError(`--${kebab(String(issue?.path[0]))} does not fit: ${issue?.message ?? ''}.`);
}

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

async function readRecipe(file: string): Promise<z.infer<typeof recipeSchema>> {
  const name = basename(file);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw errorFor('recipe-unread', { name }, { file, cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw errorFor('recipe-wrong', { name, place: 'JSON' }, { file, cause });
  }
  const parsed = recipeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw errorFor('recipe-wrong', { name, place: wrongPlace(parsed.error) }, { file, cause: parsed.error });
}

function inWords({ js, wasserstein, mean, deviation, covered, modes, good }: Measures): string {
  const parts = [
    ...(js === undefined ? [] : [`JS ${js.toFixed(3)}`]),
    ...(wasserstein === undefined ? [] : [`W1 ${wasserstein.toFixed(2)}`]),
    ...(mean === undefined ? [] : [`mean ${mean.toFixed(2)}`]),
    ...(deviation === undefined ? [] : [`deviation ${deviation.toFixed(2)}`]),
    ...(modes === 1 ? [] : [`${covered} of ${modes} modes covered`, `${(100 * good).toFixed(0)} % near one`]),
  ];
  return parts.join(', ');
}

/** Columns of what this run has, without those that it has not. */
function curvesOf({ looks }: LabResult) {
  const columns: Readonly<Record<string, (look: Look) => number | undefined>> = {
    step: (look) => look.step,
    'critic loss': (look) => look.criticLoss,
    'generator loss': (look) => look.generatorLoss,
    accuracy: (look) => look.accuracy,
    js: ({ measures }) => measures.js,
    w1: ({ measures }) => measures.wasserstein,
    mean: ({ measures }) => measures.mean,
    deviation: ({ measures }) => measures.deviation,
    covered: ({ measures }) => (measures.modes === 1 ? undefined : measures.covered),
    good: ({ measures }) => (measures.modes === 1 ? undefined : measures.good),
  };
  const shown = Object.entries(columns).filter(([, value]) => looks.some((look) => value(look) !== undefined));
  return {
    head: shown.map(([name]) => name),
    rows: looks.map((look) => shown.map(([, value]) => value(look) ?? '')),
  };
}
