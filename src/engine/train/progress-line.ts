import type { StepRecord } from '../../shared/training';

/** A line of the log for a terminal. */
export function progressLine(
  { step, losses, rate, waiting, validation }: StepRecord,
  steps: number,
  secondsLeft: number,
): string {
  const measured = Object.entries<number | null | undefined>({ ...validation });
  const numbers: readonly (readonly [string, number | null | undefined])[] = [
    ...Object.entries(losses),
    ...measured.map(([name, value]) => [`validation ${name}`, value] as const),
  ];
  const shown = numbers.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name} ${value.toPrecision(3)}`],
  );
  const waited = `${Math.round(100 * waiting)} % waiting for pictures`;
  const ends = [`rate ${rate.toExponential(1)}`, waited, `${timeOf(secondsLeft)} left`];
  return [`step ${step}/${steps}`, ...shown, ...ends].join('  ');
}

function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
