import type { RunState, StepRecord } from '../../shared/training';

/** What the sentence is about. */
export interface Course {
  readonly state: RunState;
  readonly step: number;
  readonly steps: number;
  readonly records: readonly StepRecord[];
  /** How many pictures of how many are kept back to measure on; null where nothing is measured. */
  readonly measuredOn?: { readonly keptBack: number; readonly of: number } | null;
}

/** Advice older than this many steps is no news. */
const NEWS_STEPS = 100;
/** Waiting longer than this share for pictures is worth a word. */
const LONG_WAIT = 0.2;
/** Fewer pictures than this tell whether something is learnt, and not which of two runs or checkpoints is better. */
const FEW_PICTURES = 8;
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
    ...smallness(course),
    ...(state === 'running' && waiting > LONG_WAIT
      ? [
          `${Math.round(100 * waiting)} % of the time goes into waiting for pictures: smaller files or a faster disk would help.`,
        ]
      : []),
    ...ending(course),
  ].join(' ');
}

/** What few pictures can and cannot tell, once something was measured. */
function smallness({ records, measuredOn }: Course): string[] {
  if (!measuredOn || !records.some(({ validation }) => validation !== undefined)) return [];
  const { keptBack, of } = measuredOn;
  if (keptBack >= FEW_PICTURES) return [];
  if (keptBack === 0)
    return [
      'There is only one picture, so this is measured on other crops of it: it tells whether anything is learnt, not how fills of other pictures will be.',
    ];
  const counted = keptBack === 1 ? `1 picture of ${of} is` : `${keptBack} pictures of ${of} are`;
  return [
    `Only ${counted} kept back: that tells whether anything is learnt, not which of two checkpoints is better. Judge by the sample fills.`,
  ];
}

function ending(course: Course): string[] {
  const { state, step, steps } = course;
  switch (state) {
    case 'interrupted':
      return [`It was interrupted; it can go on from its last checkpoint, step ${step} of ${steps}.`];
    case 'paused':
      return [`Paused after step ${step} of ${steps}.`];
    case 'stopped':
      return [`Stopped after step ${step} of ${steps}.`];
    case 'finished':
      return [`Finished. ${whatNext(course)}`];
    default:
      return [];
  }
}

/** What to do with a run that has ended. */
function whatNext({ records, measuredOn }: Course): string {
  const errors = records.flatMap(({ step, validation, losses }) => {
    const error = validation?.holeL1 ?? (records.some((each) => each.validation) ? undefined : losses['holeLoss']);
    return error === undefined ? [] : [{ step, error, measured: validation !== undefined }];
  });
  const [first, last] = [errors[0], errors.at(-1)];
  if (first === undefined || last === undefined || errors.length < 2)
    return 'It was too short to be judged: give a new run more steps, from this model once it is in the library.';
  const best = errors.reduce((least, each) => (each.error < least.error ? each : least));
  if (best.error > first.error * (1 - NOTHING / 100))
    return 'Nothing was learnt that can be measured: put it into the library only if its sample fills are better than the model it started from. A new run with more steps, a higher rate or more and larger pictures may learn more.';
  if (last.measured && last.error > best.error * (1 + NOTHING / 100))
    return measuredOn && measuredOn.keptBack < FEW_PICTURES
      ? `It measured best after step ${best.step}; on so few pictures, compare fills of that checkpoint with those of the last.`
      : `It was best after step ${best.step}: choose that checkpoint where the model is put into the library.`;
  const before = errors[Math.floor(errors.length * 0.75)] ?? first;
  if (before !== last && last.error < before.error * (1 - NOTHING / 100))
    return 'It was still getting better at its end: put it into the library, and start a new run from it with more steps.';
  return 'It has come to rest: put it into the library, and compare its fills with those of the model it started from.';
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
