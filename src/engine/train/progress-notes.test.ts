import { describe, expect, it } from 'vitest';
import type { Advice, StepRecord } from '../../shared/training';
import { progressSentence } from '../../shared/training-words/progress';
import { advise } from './advice';
import { type Course, hasFailedToLearn, progressNotes } from './progress-notes';

const sentenceOf = (course: Course): string => progressSentence(progressNotes(course), 'en');

/** A run that has ended, measured so. */
function finished(errors: readonly number[], more: Partial<Course> = {}): string {
  const records = errors.map((holeL1, i): StepRecord => ({
    step: 100 * (i + 1),
    seconds: i,
    rate: 1e-4,
    waiting: 0,
    losses: { holeLoss: holeL1 / 100 },
    validation: { holeL1, psnr: 20, variety: null },
  }));
  const steps = 100 * errors.length;
  return sentenceOf({
    state: 'finished',
    step: steps,
    steps,
    records,
    measuredOn: { keptBack: 40, of: 400 },
    ...more,
  });
}

describe('the sentence of a run that has ended', () => {
  it('says to go on from it while it was still getting better', () => {
    expect(finished([10, 8, 6, 5, 4.5, 4])).toContain('start a new run from it with more steps');
  });

  it('names the checkpoint that was best, where the last is worse', () => {
    expect(finished([10, 8, 6, 5, 5.6, 6])).toContain('best after step 400');
  });

  it('says that it has come to rest, or that it was too short', () => {
    expect(finished([10, 6, 5, 5, 5, 5])).toContain('come to rest');
    expect(finished([10])).toContain('too short');
  });

  it('says what to try where nothing was learnt, with or without pictures that are kept back', () => {
    expect(finished([10, 10.2, 10.1, 10])).toMatch(/Nothing was learnt.*higher rate/);
    const records = [5, 5, 5, 5, 5].map((holeLoss, i): StepRecord => ({
      step: i + 1,
      seconds: i,
      rate: 1e-4,
      waiting: 0,
      losses: { holeLoss },
    }));
    const sentence = sentenceOf({ state: 'finished', step: 5, steps: 5, records, measuredOn: null });
    expect(sentence).toMatch(/has not fallen yet\. Finished\. Nothing was learnt/);
  });
});

describe('a run that has ended has failed to learn', () => {
  const records = (errors: readonly number[], advice?: Advice): StepRecord[] =>
    errors.map((holeLoss, step) => ({
      ...{ step, seconds: step, rate: 0.1, waiting: 0, losses: { holeLoss } },
      ...(advice && step === 1 ? { advice } : {}),
    }));
  const failed = (lines: readonly StepRecord[]) =>
    hasFailedToLearn(progressNotes({ state: 'finished', step: 4, steps: 4, records: lines, measuredOn: null }), lines);
  const back = advise('diverged', 'roll-back', { signal: 'holeLoss', value: 2, to: 'last' });

  it('where it went back on its way, and is no better than at its beginning', () => {
    expect(failed(records([0.8, 0.9, 0.9, 1], back))).toBe(true);
  });

  it('by its losses where it was measured once', () => {
    const validation = { holeL1: 40, psnr: 10, variety: null };
    const onceMeasured = (losses: readonly number[]): StepRecord[] =>
      records(losses, back).map((line, i) => (i === 3 ? { ...line, validation } : line));
    expect(failed(onceMeasured([0.8, 0.9, 0.9, 1]))).toBe(true);
    expect(failed(onceMeasured([0.8, 0.9, 0.6, 0.5]))).toBe(false);
  });

  it('but not where it learnt after that, or where it only was too short to get better', () => {
    expect(failed(records([0.8, 0.9, 0.6, 0.5], back))).toBe(false);
    expect(failed(records([0.8, 0.9, 0.9, 1]))).toBe(false);
  });
});

describe('the sentence of a run on few pictures', () => {
  it('says what they can and cannot tell', () => {
    expect(finished([10, 5], { measuredOn: { keptBack: 1, of: 12 } })).toContain('Only 1 picture of 12 is kept back');
    expect(finished([10, 5], { measuredOn: { keptBack: 3, of: 30 } })).toContain('Only 3 pictures of 30 are kept back');
    expect(finished([10, 5], { measuredOn: { keptBack: 0, of: 1 } })).toContain('other crops');
    expect(finished([10, 5])).not.toContain('kept back: that');
  });

  it('says nothing of it before anything was measured', () => {
    const course: Course = { state: 'running', step: 3, steps: 9, records: [], measuredOn: { keptBack: 1, of: 3 } };
    expect(sentenceOf(course)).toBe('Too early to say how it goes.');
  });
});
