import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../shared/training';
import { CHARTS, seriesOf } from './charts';

function record(step: number, losses: Record<string, number>, holeL1?: number): StepRecord {
  const validation = holeL1 === undefined ? {} : { validation: { holeL1, psnr: 20, variety: null } };
  return { step, seconds: step, rate: 1e-4, waiting: 0.01, losses, ...validation };
}

function chart(id: string) {
  const found = CHARTS.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no chart "${id}"`);
  return found;
}

describe('the curves of a run', () => {
  const log = [record(20, { loss: 2 }), record(40, { loss: 1.5 }, 9), record(60, { loss: 1 })];

  it('hold a value for each line that has one', () => {
    expect(seriesOf(chart('loss'), log)).toEqual([
      [20, 40, 60],
      [2, 1.5, 1],
    ]);
    expect(seriesOf(chart('holeL1'), log)).toEqual([[40], [9]]);
  });

  it('are none where the log never has the value', () => {
    expect(seriesOf(chart('penalty'), log)).toBeNull();
    expect(seriesOf(chart('loss'), [record(20, { loss: Number.NaN })])).toBeNull();
  });

  it('stand beside those of another run, with gaps where only one has a value', () => {
    expect(seriesOf(chart('loss'), log, [record(30, { loss: 3 }), record(60, { loss: 2 })])).toEqual([
      [20, 30, 40, 60],
      [2, null, 1.5, 1],
      [null, 3, null, 2],
    ]);
  });

  it('have names of their own', () => {
    expect(new Set(CHARTS.map(({ id }) => id)).size).toBe(CHARTS.length);
    for (const { title, help } of CHARTS) expect([title(), help()].every((words) => words.length > 0)).toBe(true);
  });
});
