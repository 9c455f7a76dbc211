import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../shared/errors';
import type { FillRequest } from '../../shared/protocol/fills';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { FillDurations, kindOf } from './fill-durations';
import { type FillJobState, isFinal, mayFollow } from './fill-job';
import { type FillHooks, type FillOutcome, FillQueue, type FillRunner } from './fill-queue';

const REF = { patchId: 'p-1', box: { x: 0, y: 0, width: 1, height: 1 } };
const OUTCOME: FillOutcome = { patches: [REF], seen: [REF.box], provider: 'cpu', foundLines: [] };

function requestOf(jobId: string, documentId = 'd'): FillRequest {
  const hole = { box: REF.box, bits: Uint8Array.of(1) };
  return { documentId, jobId, modelId: 'default', hole, source: null, layers: [], settings: FILL_SETTINGS };
}

/** A queue whose fills the test takes through their stages by hand. */
function queueing(durations = new FillDurations(null)) {
  const events: [string, Record<string, unknown>][] = [];
  const running: { jobId: string; hooks: FillHooks; finish: () => void; fail: (error: Error) => void }[] = [];
  let clock = 0;
  const run: FillRunner = (request, hooks) =>
    new Promise((resolve, reject) => {
      running.push({ jobId: request.jobId, hooks, finish: () => resolve(OUTCOME), fail: reject });
      // As the generator does: its process is ended, and the call rejects.
      hooks.signal.addEventListener('abort', () =>
        reject(new StudioError({ code: 'cancelled', message: 'The fill was cancelled.', remedy: '' })),
      );
    });
  const queue = new FillQueue(
    run,
    (event, payload) => void events.push([event, payload]),
    durations,
    () => clock,
  );
  const job = (index: number) => {
    const found = running[index];
    if (!found) throw new Error(`fill ${index} has not begun`);
    return found;
  };
  const of = (name: string) => events.filter(([event]) => event === name).map(([, payload]) => payload);
  return { queue, running, job, events, of, pass: (ms: number) => void (clock += ms) };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('a fill job', () => {
  it('goes through its stages and is done', async () => {
    const { queue, job, of, pass } = queueing();
    queue.add(requestOf('a'));
    expect(queue.state('a')).toEqual({ kind: 'preparing' });
    const { hooks, finish } = job(0);
    hooks.onProgress('coarse', 0.1);
    expect(queue.state('a')).toEqual({ kind: 'coarse' });
    hooks.onCoarse([REF]);
    hooks.onProgress('refining', 0.4);
    hooks.onProgress('blending', 0.9);
    expect(queue.state('a')).toEqual({ kind: 'blending' });
    pass(2500);
    finish();
    await settle();
    expect(queue.state('a')).toBeNull();
    expect(of('fill:progress').map(({ stage }) => stage)).toEqual(['preparing', 'coarse', 'refining', 'blending']);
    expect(of('fill:coarse')).toEqual([{ jobId: 'a', patches: [REF] }]);
    const done = { jobId: 'a', patches: [REF], seen: [REF.box], seconds: 2.5, provider: 'cpu', foundLines: [] };
    expect(of('fill:done')).toEqual([done]);
  });

  it('shows no stage twice and no share falling, however many crops it has', async () => {
    const { queue, job, of } = queueing();
    queue.add(requestOf('a'));
    const { hooks, finish } = job(0);
    for (const [stage, share] of [
      ['coarse', 0.2],
      ['preparing', 0.1],
      ['refining', 0.5],
      ['coarse', 0.6],
    ] as const) {
      hooks.onProgress(stage, share);
    }
    finish();
    await settle();
    expect(of('fill:progress').map(({ stage }) => stage)).toEqual([
      'preparing',
      'coarse',
      'coarse',
      'refining',
      'refining',
    ]);
    const shares = of('fill:progress').map(({ fraction }) => Number(fraction));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('says how long it will take once such fills are known', async () => {
    const durations = new FillDurations(null);
    void durations.add(kindOf(requestOf('a')), { seconds: 8, began: { preparing: 0, coarse: 2, refining: 4 } });
    const { queue, job, of, pass } = queueing(durations);
    queue.add(requestOf('a'));
    expect(of('fill:progress')[0]).toMatchObject({ secondsLeft: 8, fraction: 0 });
    pass(2000);
    job(0).hooks.onProgress('coarse', 0);
    expect(of('fill:progress')[1]).toMatchObject({ secondsLeft: 6, fraction: 0.25 });
    pass(10_000);
    // Three times as slow so far, so the other half will be.
    job(0).hooks.onProgress('refining', 0.5);
    expect(of('fill:progress')[2]).toMatchObject({ secondsLeft: 12, fraction: 0.5 });
    job(0).finish();
    await settle();
    expect(durations.expected(kindOf(requestOf('b')))?.seconds).toBe(10);
  });

  it('says nothing of the time of a kind that is not known, however far it is, and does not promise a second', async () => {
    const durations = new FillDurations(null);
    const { queue, job, of, pass } = queueing(durations);
    queue.add(requestOf('a'));
    pass(2000);
    job(0).hooks.onProgress('detail', 0.64);
    expect(of('fill:progress').map(({ secondsLeft }) => secondsLeft)).toEqual([null, null]);
    pass(78_000);
    job(0).finish();
    await settle();
    // Of the next one it is known that nearly all of its time is detail.
    queue.add(requestOf('b'));
    pass(2000);
    job(1).hooks.onProgress('detail', 0.64);
    expect(of('fill:progress').at(-1)).toMatchObject({ secondsLeft: 78, fraction: 2 / 80 });
    job(1).finish();
  });

  it('waits for the one before it', async () => {
    const { queue, running, job } = queueing();
    queue.add(requestOf('a'));
    queue.add(requestOf('b'));
    expect(queue.state('b')).toEqual({ kind: 'queued' });
    job(0).finish();
    await settle();
    expect(running.map(({ jobId }) => jobId)).toEqual(['a', 'b']);
  });

  it('can be cancelled while it runs, and says nothing more', async () => {
    const { queue, job, events, of } = queueing();
    queue.add(requestOf('a'));
    job(0).hooks.onProgress('refining', 0.5);
    const before = events.length;
    await queue.cancel('a');
    expect(job(0).hooks.signal.aborted).toBe(true);
    job(0).hooks.onProgress('blending', 0.9);
    job(0).hooks.onCoarse([REF]);
    await settle();
    expect(events).toHaveLength(before);
    expect(of('fill:failed')).toEqual([]);
    expect(queue.state('a')).toBeNull();
  });

  it('can be cancelled while it waits, and never begins', async () => {
    const { queue, running, job } = queueing();
    queue.add(requestOf('a'));
    queue.add(requestOf('b'));
    await queue.cancel('b');
    job(0).finish();
    await settle();
    expect(running).toHaveLength(1);
  });

  it('is not cancelled by name when there is none', async () => {
    await expect(queueing().queue.cancel('nobody')).resolves.toBeUndefined();
  });

  it('that fails says why, and the next one runs', async () => {
    const { queue, running, job, of } = queueing();
    queue.add(requestOf('a'));
    queue.add(requestOf('b'));
    job(0).fail(new StudioError({ code: 'engine-stopped', message: 'The process died.', remedy: 'Try again.' }));
    await settle();
    expect(of('fill:failed')).toEqual([
      { jobId: 'a', error: { code: 'engine-stopped', message: 'The process died.', remedy: 'Try again.' } },
    ]);
    expect(running.map(({ jobId }) => jobId)).toEqual(['a', 'b']);
    expect(queue.state('b')).toEqual({ kind: 'preparing' });
  });

  it('has a name of its own', () => {
    const { queue } = queueing();
    queue.add(requestOf('a'));
    expect(() => queue.add(requestOf('a'))).toThrow('being done already');
  });

  it('goes with its document', async () => {
    const { queue, job } = queueing();
    queue.add(requestOf('a', 'one'));
    queue.add(requestOf('b', 'two'));
    queue.add(requestOf('c', 'one'));
    await queue.cancelAll('one');
    await settle();
    expect([queue.state('a'), queue.state('b'), queue.state('c')]).toEqual([null, { kind: 'preparing' }, null]);
    job(1).finish();
  });
});

describe('the states of a fill', () => {
  const KINDS = ['queued', 'preparing', 'coarse', 'refining', 'blending', 'done', 'failed', 'cancelled'] as const;
  const kinds = fc.constantFrom<FillJobState['kind']>(...KINDS);

  it('are never left once they are final, and any other can fail or be cancelled', () => {
    fc.assert(
      fc.property(kinds, kinds, (from, to) => {
        if (isFinal(from)) expect(mayFollow(from, to)).toBe(false);
        else if (to === 'failed' || to === 'cancelled') expect(mayFollow(from, to)).toBe(true);
      }),
    );
  });

  it('go forwards only', () => {
    expect(mayFollow('coarse', 'refining')).toBe(true);
    expect(mayFollow('preparing', 'blending')).toBe(true);
    expect(mayFollow('refining', 'coarse')).toBe(false);
    expect(mayFollow('coarse', 'coarse')).toBe(false);
    expect(mayFollow('queued', 'done')).toBe(false);
  });
});
