import type { RunState, StepRecord } from '../../shared/training';

/** What the sentence is about. */
export interface Course {
  readonly state: RunState;
  readonly step: number;
  readonly steps: number;
  readonly records: readonly StepRecord[];
}

/** Advice older than this many steps is no news. */
const NEWS_STEPS = 100;
/** Waiting longer than this share for pictures is worth a word. */
const LONG_WAIT = 0.2;
/** Changes of the error smaller than this, in percent of itself, are none. */
const NOTHING = 1;

/** How a training is going, in a plain sentence or two. */
export function progressSentence(course: Course): string {
  const { records, state } = course;
  if (state === 'new') return 'Not started yet.';
  const last = records.at(-1);
  const recent = records.filter((record) => last !== undefined && record.step > last.step - NEWS_STEPS);
  const advice = recent.findLast((record) => record.advice !== undefined)?.advice;
  const waiting = last?.waiting ?? 0;
  return [
    advice?.sentence ?? learning(records) ?? 'Too early to say how it goes.',
    ...(state === 'running' && waiting > LONG_WAIT
      ? [
          `${Math.round(100 * waiting)} % of the time goes into waiting for pictures: smaller files or a faster disk would help.`,
        ]
      : []),
    ...ending(course),
  ].join(' ');
}

function ending({ state, step, steps }: Course): string[] {
  switch (state) {
    case 'interrupted':
      return [`It was interrupted; it can go on from its last checkpoint, step ${step} of ${steps}.`];
    case 'paused':
      return [`Paused after step ${step} of ${steps}.`];
    case 'stopped':
      return [`Stopped after step ${step} of ${steps}.`];
    case 'finished':
      return ['Finished.'];
    default:
      return [];
  }
}

function learning(records: readonly StepRecord[]): string | null {
  const measured = records.flatMap(({ step, validation }) =>
    validation === undefined ? [] : [{ step, ...validation }],
  );
  if (measured.length >= 2) {
    const [first, last] = [measured[0], measured[measured.length - 1]];
    const best = measured.reduce((least, each) => (each.holeL1 < least.holeL1 ? each : least));
    const from = `from ${first.holeL1.toFixed(2)} % to ${last.holeL1.toFixed(2)} %`;
    const gain = 100 * (1 - last.holeL1 / first.holeL1);
    if (last.holeL1 > best.holeL1 * 1.02 && gain < NOTHING) {
      return `The error on pictures that are kept back went ${from}; it was best, ${best.holeL1.toFixed(2)} %, after step ${best.step}.`;
    }
    if (gain < NOTHING) return `The error on pictures that are kept back has hardly changed so far: it went ${from}.`;
    return `It is learning: the error in the holes of pictures that are kept back fell ${from}.`;
  }
  const losses = records.flatMap(({ losses: { holeLoss } }) => (holeLoss === undefined ? [] : [holeLoss]));
  if (losses.length < 4) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const quarter = Math.ceil(losses.length / 4);
  const change = 100 * (1 - mean(losses.slice(-quarter)) / mean(losses.slice(0, quarter)));
  if (change < NOTHING) return 'The error in the holes it trains on has not fallen yet.';
  return `It is learning: the error in the holes it trains on fell by ${change.toFixed(0)} %; no pictures are kept back to measure on.`;
}
