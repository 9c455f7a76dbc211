import { describe, expect, it } from 'vitest';
import { FRESH_WATCH, Watch, watchStateSchema } from './watch';

const fresh = () => new Watch(structuredClone(FRESH_WATCH), 'hinge');
const calm = { generatorNorm: 0.3, criticNorm: 2, criticLoss: 1 };
const score = (holeL1: number, variety: number | null = 1) => ({ holeL1, psnr: 20, variety });

describe('the watch', () => {
  it('says nothing about a healthy run', () => {
    const watch = fresh();
    for (let i = 0; i < 50; i++) {
      expect(watch.step(calm, i)).toBeNull();
      expect(watch.line({ ...calm, generatorNorm: 0.1 + (i % 5) }, score(10 - i * 0.1), i)).toBeNull();
    }
  });

  it('rolls back when a loss is not a number, and stops when that does not help', () => {
    const watch = fresh();
    const broken = { ...calm, holeLoss: NaN };
    for (let i = 0; i < 3; i++) expect(watch.step(broken, 70)?.action).toBe('roll-back');
    const advice = watch.step(broken, 70);
    expect(advice).toMatchObject({ kind: 'not-finite', action: 'stop' });
    expect(advice?.sentence).toContain('holeLoss');
    expect(fresh().step({ loss: Infinity }, 1)?.kind).toBe('not-finite');
  });

  it('counts attempts anew once the run got further', () => {
    const watch = fresh();
    for (const step of [70, 90, 110, 130, 150]) expect(watch.step({ loss: NaN }, step)?.action).toBe('roll-back');
  });

  it('rolls back when a gradient is 100 times longer than usual, not while it knows no usual length', () => {
    const watch = fresh();
    expect(watch.line({ ...calm, criticNorm: 1e6 }, null, 20)).toBeNull();
    for (let i = 2; i < 7; i++) watch.line(calm, null, 20 * i);
    expect(watch.line({ ...calm, criticNorm: 190 }, null, 140)).toBeNull();
    expect(watch.line({ ...calm, criticNorm: 210 }, null, 160)).toMatchObject({
      kind: 'exploding',
      action: 'roll-back',
    });
  });

  it('lowers the rate when the critics have won, with the losses that can be won', () => {
    const act = (watch: Watch) =>
      Array.from({ length: 10 }, (_, i) => watch.line({ ...calm, criticLoss: 1e-5 }, null, i)).at(-1);
    expect(act(fresh())).toMatchObject({ kind: 'critics-won', action: 'lower-rate' });
    expect(act(new Watch(structuredClone(FRESH_WATCH), 'wasserstein'))).toBeNull();
  });

  it('lowers the rate when validation keeps rising, three times, and then advises to stop', () => {
    const watch = fresh();
    watch.line(calm, score(5), 0);
    const actions = Array.from({ length: 16 }, (_, i) => watch.line(calm, score(5.5 + i * 0.01), i)?.action ?? null);
    expect(actions.filter((action) => action !== null)).toEqual(['lower-rate', 'lower-rate', 'lower-rate', 'none']);
    expect(watch.line(calm, score(4.9), 20)).toBeNull();
    expect(watch.state.best).toBe(4.9);
  });

  it('rolls back when all fills look alike', () => {
    const watch = fresh();
    watch.line(calm, score(5), 0);
    expect(watch.line(calm, score(6, 0.1), 20)).toMatchObject({ kind: 'collapsed', action: 'roll-back' });
    expect(fresh().line(calm, score(6, null), 20)).toBeNull();
  });

  it('has a memory that survives JSON', () => {
    const watch = fresh();
    watch.line(calm, score(5), 20);
    expect(watchStateSchema.parse(JSON.parse(JSON.stringify(watch.state)))).toEqual(watch.state);
  });
});
