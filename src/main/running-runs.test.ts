import { describe, expect, it } from 'vitest';
import type { RunState, RunSummary } from '../shared/training';
import { RunningRuns } from './running-runs';

function run(runId: string, state: RunState, step = 1): RunSummary {
  return {
    ...{ runId, name: `Run ${runId}`, state, step, steps: 10, secondsLeft: 4, progress: [], sentence: '' },
    ...{ error: null, created: 0, pictures: 'walls', base: null, preset: null, side: 64, batch: 2 },
    ...{ adversarial: false, seconds: 1, secondsPerStep: null, runtime: null, best: null, last: null },
  };
}

describe('the runs that are being trained', () => {
  it('are those that run, and leave when they end', () => {
    const told: string[][] = [];
    const running = new RunningRuns((runs) => told.push(runs.map(({ name, step }) => `${name} ${step}`)));
    running.hear(run('a', 'starting'));
    running.hear(run('b', 'finished'));
    running.hear(run('a', 'running', 5));
    expect(running.names).toEqual(['Run a']);
    running.hear(run('a', 'paused'));
    expect(running.names).toEqual([]);
    expect(told).toEqual([['Run a 1'], ['Run a 5'], []]);
  });

  it('are gone with the process', () => {
    let last: readonly unknown[] = [];
    const running = new RunningRuns((runs) => (last = runs));
    running.hear(run('a', 'running'));
    expect(last).toHaveLength(1);
    running.forgetAll();
    expect(last).toEqual([]);
  });
});
