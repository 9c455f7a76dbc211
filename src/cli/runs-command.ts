import { basename, resolve } from 'node:path';
import { holdsRun } from '../engine/train/new-run';
import { RunFolder } from '../engine/train/run-folder';
import { courseOf, deleteRun, runsBelow, summarise } from '../engine/train/run-store';
import { toErrorReport } from '../shared/error-texts';
import type { RunSummary, StepRecord, ValidationScore } from '../shared/training';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { UsageError } from './failure';
import type { CliContext } from './cli-context';
import { table } from './table';

/** `runs list`: every run below a folder. */
export async function listRuns(
  { folder, json }: { readonly folder: string; readonly json: boolean },
  { output, messages }: CliContext,
): Promise<ExitCode> {
  const summaries: RunSummary[] = [];
  for (const run of await runsBelow(folder)) {
    try {
      summaries.push(await summarise(run));
    } catch (thrown) {
      // One that is broken must not hide the others.
      const { message, remedy } = toErrorReport(thrown);
      messages.write(`${run}: ${message} ${remedy}\n`);
    }
  }
  const rows = summaries.map(({ runId, name, state, step, steps, best, sentence }) => [
    runId,
    name,
    state,
    `${step}/${steps}`,
    best === null ? '-' : best.holeL1.toFixed(2),
    sentence,
  ]);
  const head = ['RUN', 'NAME', 'STATE', 'STEP', 'BEST HOLE L1 %', 'HOW IT GOES'];
  output.write(json ? `${JSON.stringify(summaries, null, 2)}\n` : table(head, rows));
  return EXIT_CODES.done.code;
}

interface Compared {
  readonly run: string;
  readonly at: 'best' | 'last';
  readonly step: number;
  readonly minutes: number;
  readonly holeLoss: number | null;
  readonly validation: ValidationScore | null;
}

/** `runs compare`: what was measured on each run's own pictures that are kept back. */
export async function compareRuns(
  { runs, json }: { readonly runs: readonly string[]; readonly json: boolean },
  { output }: CliContext,
): Promise<ExitCode> {
  const compared: Compared[] = [];
  for (const run of runs) {
    if (!(await holdsRun(run))) throw new UsageError(`There is no run in "${run}".`);
    const records = courseOf(await new RunFolder(run).records());
    const last = records.at(-1);
    const measured = records.filter(({ validation }) => validation !== undefined);
    const best = measured.toSorted((a, b) => l1Of(a) - l1Of(b)).at(0);
    const row = (at: Compared['at'], { step, seconds, losses, validation }: StepRecord): Compared => ({
      ...{ run: basename(resolve(run)), at, step, minutes: seconds / 60 },
      ...{ holeLoss: losses['holeLoss'] ?? null, validation: validation ?? null },
    });
    if (best !== undefined) compared.push(row('best', best));
    if (last !== undefined) compared.push(row('last', last));
  }
  const figure = (value: number | null | undefined, digits: number): string => value?.toFixed(digits) ?? '-';
  const rows = compared.map(({ run, at, step, minutes, holeLoss, validation }) => [
    ...[run, at, String(step), minutes.toFixed(1), figure(holeLoss, 4)],
    ...[figure(validation?.holeL1, 2), figure(validation?.psnr, 2), figure(validation?.ssim, 4)],
    ...[figure(validation?.gradient, 2), figure(validation?.swd, 1), figure(validation?.perceptual, 1)],
  ]);
  const head = [
    'RUN',
    'AT',
    'STEP',
    'MINUTES',
    'HOLE LOSS',
    'HOLE L1 %',
    'PSNR',
    'SSIM',
    'GRADIENT',
    'SWD',
    'PERCEPTUAL',
  ];
  output.write(json ? `${JSON.stringify(compared, null, 2)}\n` : table(head, rows));
  return EXIT_CODES.done.code;
}

const l1Of = ({ validation }: StepRecord): number => validation?.holeL1 ?? Infinity;

/** `runs delete` @throws UsageError without --yes; StudioError when there is no run or it is being trained */
export async function removeRun(
  { run, yes }: { readonly run: string; readonly yes: boolean },
  { messages }: CliContext,
): Promise<ExitCode> {
  if (!yes) throw new UsageError(`Deleting "${run}" cannot be undone: say --yes.`);
  await deleteRun(run);
  messages.write(`Deleted ${run}.\n`);
  return EXIT_CODES.done.code;
}
