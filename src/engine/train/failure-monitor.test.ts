import { describe, expect, it } from 'vitest';
import { trainConfigSchema } from './config';
import { FailureMonitor, type Losses } from './failure-monitor';
import { failureRules, FRESH_MONITOR, monitorStateSchema } from './failure-rules';

const fresh = (loss = 'hinge') =>
  new FailureMonitor(failureRules(trainConfigSchema.parse({ critics: { loss } })), structuredClone(FRESH_MONITOR));
const calm = { generatorNorm: 0.3, criticNorm: 2, criticLoss: 1 };
const score = (holeL1: number, variety: number | null = 1) => ({ holeL1, psnr: 20, variety });

describe('the failure monitor', () => {
  it('says nothing about a healthy run', () => {
    const monitor = fresh();
    for (let i = 0; i < 50; i++) {
      expect(monitor.step(calm, i)).toBeNull();
      expect(monitor.line({ ...calm, generatorNorm: 0.1 + (i % 5) }, score(10 - i * 0.1), i)).toBeNull();
    }
  });

  it('rolls back when a loss is not a number, and stops when that does not help', () => {
    const monitor = fresh();
    const broken = { ...calm, holeLoss: NaN };
    for (let i = 0; i < 3; i++) expect(monitor.step(broken, 70)?.action).toBe('roll-back');
    const advice = monitor.step(broken, 70);
    expect(advice).toMatchObject({ kind: 'not-finite', action: 'stop' });
    expect(advice?.sentence).toContain('holeLoss');
    expect(fresh().step({ loss: Infinity }, 1)?.kind).toBe('not-finite');
  });

  it('counts attempts anew once the run got further', () => {
    const monitor = fresh();
    for (const step of [70, 90, 110, 130, 150]) expect(monitor.step({ loss: NaN }, step)?.action).toBe('roll-back');
  });

  it('does not call a few steps more further: a run that fails a little later each time is stopped', () => {
    const monitor = fresh();
    for (const step of [1, 3, 2]) expect(monitor.step({ loss: NaN }, step)?.action).toBe('roll-back');
    expect(monitor.step({ loss: NaN }, 20)?.action).toBe('stop');
  });

  it('rolls back when a gradient is 100 times longer than usual, not while it knows no usual length', () => {
    const monitor = fresh();
    expect(monitor.line({ ...calm, criticNorm: 1e6 }, {}, 20)).toBeNull();
    for (let i = 2; i < 7; i++) monitor.line(calm, {}, 20 * i);
    expect(monitor.line({ ...calm, criticNorm: 190 }, {}, 140)).toBeNull();
    expect(monitor.line({ ...calm, criticNorm: 210 }, {}, 160)).toMatchObject({
      kind: 'exploding',
      action: 'roll-back',
    });
  });

  it('rolls back what is ruined from its first line on, whatever was usual before, and stops when that does not help', () => {
    const ruins: readonly Losses[] = [{ gradientNorm: 8e4 }, { holeLoss: 1.1 }];
    for (const ruin of ruins) {
      const monitor = fresh();
      expect(monitor.line({ ...calm, gradientNorm: 30, holeLoss: 0.9 }, {}, 10)).toBeNull();
      for (let i = 0; i < 3; i++)
        expect(monitor.line({ ...calm, ...ruin }, {}, 10)).toMatchObject({ kind: 'diverged', action: 'roll-back' });
      expect(monitor.line({ ...calm, ...ruin }, {}, 10)).toMatchObject({ kind: 'diverged', action: 'stop' });
    }
  });

  it('rolls back at the first step at which the generator has no gradient any more, not by the mean of a line', () => {
    const monitor = fresh();
    const still = { ...calm, generatorNorm: 1e-6 };
    expect(monitor.line(still, {}, 10)).toBeNull();
    for (let i = 0; i < 3; i++) expect(monitor.step(still, 10)).toMatchObject({ action: 'roll-back' });
    const advice = monitor.step(still, 10);
    expect(advice).toMatchObject({ kind: 'diverged', action: 'stop' });
    expect(advice?.sentence).toContain('gradient of the generator has vanished');
  });

  it('lowers the rate when the critics have won, with the losses that can be won', () => {
    const act = (monitor: FailureMonitor) =>
      Array.from({ length: 10 }, (_, i) => monitor.line({ ...calm, criticLoss: 1e-5 }, {}, i)).at(-1);
    expect(act(fresh())).toMatchObject({ kind: 'critics-won', action: 'lower-rate' });
    expect(act(fresh('wasserstein'))).toBeNull();
  });

  it('lowers the rate when the critics of learnt features have won, whatever the others have', () => {
    const last = (weights: object, losses: object) => {
      const config = trainConfigSchema.parse({ weights });
      const monitor = new FailureMonitor(failureRules(config), structuredClone(FRESH_MONITOR));
      return Array.from({ length: 10 }, (_, i) => monitor.line({ ...calm, ...losses }, {}, i)).at(-1);
    };
    const won = { projectedCriticLoss: 1e-5, criticLoss: -30 };
    const advice = last({ projected: 0.1 }, won);
    expect(advice).toMatchObject({ kind: 'critics-won', action: 'lower-rate' });
    expect(advice?.sentence).toContain('learnt features');
    expect(last({ projected: 0.1 }, { projectedCriticLoss: 0.5, criticLoss: -30 })).toBeNull();
    expect(last({ adversarial: 0 }, won)).toBeNull();
  });

  it('lowers the rate when validation keeps rising, three times, and then advises to stop', () => {
    const monitor = fresh();
    monitor.line(calm, score(5), 0);
    const actions = Array.from({ length: 16 }, (_, i) => monitor.line(calm, score(5.5 + i * 0.01), i)?.action ?? null);
    expect(actions.filter((action) => action !== null)).toEqual(['lower-rate', 'lower-rate', 'lower-rate', 'none']);
    expect(monitor.line(calm, score(4.9), 20)).toBeNull();
    expect(monitor.state.best).toBe(4.9);
  });

  it('rolls back when all fills look alike', () => {
    const monitor = fresh();
    monitor.line(calm, score(5), 0);
    expect(monitor.line(calm, score(6, 0.1), 20)).toMatchObject({ kind: 'collapsed', action: 'roll-back' });
    expect(fresh().line(calm, score(6, null), 20)).toBeNull();
  });

  it('has a memory that survives JSON', () => {
    const monitor = fresh();
    monitor.line(calm, score(5), 20);
    expect(monitorStateSchema.parse(JSON.parse(JSON.stringify(monitor.state)))).toEqual(monitor.state);
  });
});
