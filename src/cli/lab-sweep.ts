import { type LabResult, runExperiment } from '../engine/lab/lab-run';
import { OnnxRuntime } from '../engine/runtime/onnx/runtime';
import { errorFor } from '../shared/error-texts';
import type { CliContext } from './cli-context';
import type { ExitCode } from './exit-codes';
import type { LabSweepOptions } from './lab-options';
import { checkOut, columnsTable, figure, report } from './lab-output';
import { optionsOf } from './lab-run';
import { showProgress } from './progress-display';

interface SweptRun extends Pick<LabResult, 'measures' | 'signs' | 'seconds'> {
  readonly value: string | number | boolean;
  readonly seed: number;
}

/** What is shown of the runs of a value. */
const COLUMNS: Readonly<Record<string, (run: SweptRun) => number | undefined>> = {
  js: ({ measures }) => measures.js,
  w1: ({ measures }) => measures.wasserstein,
  covered: ({ measures }) => (measures.modes === 1 ? undefined : measures.covered),
  good: ({ measures }) => (measures.modes === 1 ? undefined : measures.good),
  signs: ({ signs }) => signs.length,
  seconds: ({ seconds }) => seconds,
};

/** `lab sweep` @throws UsageError before anything is trained */
export async function runLabSweep(asked: LabSweepOptions, context: CliContext): Promise<ExitCode> {
  const { experiment, changes, vary, seeds, out, json } = asked;
  const { output, messages, signal } = context;
  checkOut(out);
  const plans = vary.values.flatMap((value) => {
    const options = optionsOf(experiment, { ...changes, [vary.name]: value });
    return Array.from({ length: seeds }, (_, i) => ({ value, options: { ...options, seed: options.seed + i } }));
  });
  const runtime = new OnnxRuntime({ threads: 1 });
  const display = showProgress(messages, plans.length, 'runs');
  const runs: SweptRun[] = [];
  for (const { value, options } of plans) {
    display.update(runs.length, `${vary.name} ${String(value)}, seed ${options.seed}`);
    const { measures, signs, seconds } = await runExperiment({ experiment, options, runtime, signal });
    if (signal.aborted) break;
    runs.push({ value, seed: options.seed, measures, signs, seconds });
  }
  display.end();
  if (signal.aborted) throw errorFor('cancelled', {});

  const shown = Object.entries(COLUMNS).filter(([, of]) => runs.some((run) => of(run) !== undefined));
  const head = [vary.name, 'seed', ...shown.map(([name]) => name)];
  const rows = runs.map((run) => [String(run.value), run.seed, ...shown.map(([, of]) => of(run) ?? '')]);
  const result = { experiment, vary: vary.name, changes, runs };
  const summary = vary.values.map((value) => {
    const own = runs.filter((run) => run.value === value);
    return [String(value), ...shown.map(([, of]) => spread(own.map((run) => of(run) ?? NaN)))];
  });
  const text = (): string => {
    const spreads = { head: [vary.name, ...shown.map(([name]) => name)], rows: summary };
    return `${columnsTable(spreads, String)}\nThe mean of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, and from the lowest to the highest.\n`;
  };
  return report({ whole: result, columns: { head, rows }, text }, { out, json }, output);
}

function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const short = (value: number): string => figure(Number(value.toPrecision(3)));
  return values.length === 1
    ? short(mean)
    : `${short(mean)} (${short(Math.min(...values))} to ${short(Math.max(...values))})`;
}
