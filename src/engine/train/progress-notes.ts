import type { ProgressNote, RunState, StepRecord } from '../../shared/training';
import { noticed } from '../../shared/training-words/progress';

/** What the notes are about. */
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

/** How a training is going. */
export function progressNotes(course: Course): ProgressNote[] {
  const { records, state } = course;
  if (state === 'new') return [plain('not-started')];
  const last = records.at(-1);
  const recent = records.filter((record) => last !== undefined && record.step > last.step - NEWS_STEPS);
  const advice = recent.findLast((record) => record.advice !== undefined)?.advice;
  const waiting = last?.waiting ?? 0;
  return [
    advice === undefined ? (learning(records) ?? plain('too-early')) : noticed(advice),
    ...smallness(course),
    ...(state === 'running' && waiting > LONG_WAIT ? [plain('waiting', { percent: Math.round(100 * waiting) })] : []),
    ...ending(course),
  ];
}

/** Whether a run that has ended went back to a checkpoint on its way and is no better than at its beginning. */
export function hasFailedToLearn(notes: readonly ProgressNote[], records: readonly StepRecord[]): boolean {
  return (
    notes.some(({ id }) => id === 'nothing-learnt') && records.some(({ advice }) => advice?.action === 'roll-back')
  );
}

type Plain = Exclude<ProgressNote, { readonly id: 'noticed' }>;
const plain = (id: Plain['id'], values: Plain['values'] = {}): ProgressNote => ({ id, values });

/** What few pictures can and cannot tell, once something was measured. */
function smallness({ records, measuredOn }: Course): ProgressNote[] {
  if (!measuredOn || !records.some(({ validation }) => validation !== undefined)) return [];
  const { keptBack, of } = measuredOn;
  if (keptBack >= FEW_PICTURES) return [];
  if (keptBack === 0) return [plain('one-picture')];
  return [keptBack === 1 ? plain('one-kept-back', { of }) : plain('few-kept-back', { keptBack, of })];
}

function ending(course: Course): ProgressNote[] {
  const { state, step, steps } = course;
  switch (state) {
    case 'interrupted':
    case 'paused':
    case 'stopped':
      return [plain(state, { step, steps })];
    case 'finished':
      return [plain(state), whatNext(course)];
    default:
      return [];
  }
}

/** What to do with a run that has ended. */
function whatNext({ records, measuredOn }: Course): ProgressNote {
  // A single measurement cannot be compared with another; the losses can.
  const byMeasures = records.filter(({ validation }) => validation !== undefined).length > 1;
  const errors = records.flatMap(({ step, validation, losses }) => {
    const error = byMeasures ? validation?.holeL1 : losses['holeLoss'];
    return error === undefined ? [] : [{ step, error, measured: byMeasures }];
  });
  const [first, last] = [errors[0], errors.at(-1)];
  if (first === undefined || last === undefined || errors.length < 2) return plain('too-short');
  const best = errors.reduce((least, each) => (each.error < least.error ? each : least));
  if (best.error > first.error * (1 - NOTHING / 100)) return plain('nothing-learnt');
  if (last.measured && last.error > best.error * (1 + NOTHING / 100)) {
    const few = measuredOn && measuredOn.keptBack < FEW_PICTURES;
    return plain(few ? 'best-on-few' : 'best-before', { step: best.step });
  }
  const before = errors[Math.floor(errors.length * 0.75)] ?? first;
  const falling = before !== last && last.error < before.error * (1 - NOTHING / 100);
  return plain(falling ? 'still-falling' : 'at-rest');
}

function learning(records: readonly StepRecord[]): ProgressNote | null {
  const measured = records.flatMap(({ step, validation }) =>
    validation === undefined ? [] : [{ step, ...validation }],
  );
  if (measured.length >= 2) {
    const [first, last] = [measured[0], measured[measured.length - 1]];
    const best = measured.reduce((least, each) => (each.holeL1 < least.holeL1 ? each : least));
    const went = { first: first.holeL1.toFixed(2), last: last.holeL1.toFixed(2) };
    const gain = 100 * (1 - last.holeL1 / first.holeL1);
    if (last.holeL1 > best.holeL1 * 1.02 && gain < NOTHING)
      return plain('worse', { ...went, best: best.holeL1.toFixed(2), step: best.step });
    return plain(gain < NOTHING ? 'unchanged' : 'learning', went);
  }
  const losses = records.flatMap(({ losses: { holeLoss } }) => (holeLoss === undefined ? [] : [holeLoss]));
  if (losses.length < 4) return null;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const quarter = Math.ceil(losses.length / 4);
  const change = 100 * (1 - mean(losses.slice(-quarter)) / mean(losses.slice(0, quarter)));
  return change < NOTHING ? plain('not-fallen') : plain('learning-unmeasured', { percent: change.toFixed(0) });
}
