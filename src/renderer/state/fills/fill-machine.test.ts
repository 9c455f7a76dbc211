import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FillEvent, type FillState, IDLE, isBusy, nextFill } from './fill-machine';

const job = fc.constantFrom('a', 'b');
const error = { code: 'internal', message: 'It broke.', remedy: '' } as const;
const event: fc.Arbitrary<FillEvent> = fc.oneof(
  job.map((jobId) => ({ type: 'start' as const, jobId })),
  fc.record({
    type: fc.constant('progress' as const),
    jobId: job,
    stage: fc.constantFrom(
      'preparing' as const,
      'coarse' as const,
      'refining' as const,
      'blending' as const,
      'detail' as const,
    ),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    secondsLeft: fc.option(fc.integer({ min: 0, max: 60 })),
  }),
  job.map((jobId) => ({ type: 'preview' as const, jobId })),
  job.map((jobId) => ({ type: 'finish' as const, jobId, seconds: 2, reduced: false })),
  job.map((jobId) => ({ type: 'fail' as const, jobId, error })),
  fc.constant({ type: 'cancel' as const }),
  fc.constant({ type: 'refuse' as const, error }),
  job.map((jobId) => ({ type: 'stopped' as const, jobId })),
  fc.constant({ type: 'dismiss' as const }),
);

function run(events: readonly FillEvent[]): FillState {
  return events.reduce(nextFill, IDLE);
}

describe('a fill', () => {
  it('goes from preparing over the coarse preview to done', () => {
    const start = run([{ type: 'start', jobId: 'a' }]);
    expect(start).toMatchObject({ kind: 'running', stage: 'preparing', previewed: false });
    const coarse = run([
      { type: 'start', jobId: 'a' },
      { type: 'progress', jobId: 'a', stage: 'coarse', fraction: 0.3, secondsLeft: 2 },
      { type: 'preview', jobId: 'a' },
    ]);
    expect(coarse).toMatchObject({ kind: 'running', stage: 'refining', fraction: 0.3, previewed: true });
    const finish = { type: 'finish', jobId: 'a', seconds: 3, reduced: true } as const;
    expect(nextFill(coarse, finish)).toEqual({ kind: 'done', seconds: 3, reduced: true });
  });

  it('that is being cancelled takes no late result', () => {
    const cancelling = run([{ type: 'start', jobId: 'a' }, { type: 'cancel' }]);
    expect(nextFill(cancelling, { type: 'preview', jobId: 'a' })).toBe(cancelling);
    expect(nextFill(cancelling, { type: 'finish', jobId: 'a', seconds: 1, reduced: false })).toBe(cancelling);
    expect(nextFill(cancelling, { type: 'stopped', jobId: 'a' })).toEqual({ kind: 'cancelled' });
  });

  it('can be started again after every end', () => {
    for (const end of [
      { type: 'finish', jobId: 'a', seconds: 1, reduced: false },
      { type: 'fail', jobId: 'a', error },
    ] as const) {
      const again = nextFill(run([{ type: 'start', jobId: 'a' }, end]), { type: 'start', jobId: 'b' });
      expect(again).toMatchObject({ kind: 'running', jobId: 'b', fraction: 0 });
    }
  });

  it('never goes back within a job, and never listens to another one', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let state: FillState = IDLE;
        for (const e of events) {
          const next = nextFill(state, e);
          if (state.kind === 'running' && next.kind === 'running') {
            expect(next.jobId).toBe(state.jobId);
            expect(next.fraction).toBeGreaterThanOrEqual(state.fraction);
            expect(next.previewed || !state.previewed).toBe(true);
          }
          if (isBusy(state) && 'jobId' in e && e.jobId !== state.jobId) expect(next).toBe(state);
          state = next;
        }
      }),
    );
  });
});
