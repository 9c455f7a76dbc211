import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { texts } from '../../texts';
import { studioWithPicture } from '../../testing/working-studio';

const RIM = { fault: 'rim', grow: 6 } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A studio with a painted hole, after the hand has rested. */
async function painted() {
  const window = await studioWithPicture();
  const { studio, paint } = window;
  const rest = async () => {
    await vi.advanceTimersByTimeAsync(1000);
  };
  const answer = async (fit: { readonly fault: 'rim' | 'shadow' | null; readonly grow: number }) => {
    const answered = window.answer('maskFit', fit);
    await rest();
    await answered;
  };
  paint();
  await rest();
  const hole = () => studio.documents.open?.masks.plane('hole');
  return { ...window, rest, answer, hole, state: () => studio.store.getState() };
}

describe('growing the mask to the edge of what it covers', () => {
  it('is offered when something was seen, and takes one step', async () => {
    const { studio, state, answer, hole, rest } = await painted();
    expect(state().maskFault).toBeNull();
    await answer(RIM);
    expect(state().maskFault).toEqual(RIM);
    const before = hole()?.count() ?? 0;
    studio.maskGrowth.take();
    expect(state().history.undo).toBe(texts.steps.growToEdge);
    expect(hole()?.count()).toBeGreaterThan(before);
    expect(hole()?.bounds()?.width).toBe(2 * 10 + 2 * 6);
    expect(state().maskFault, 'the mask is another one').toBeNull();
    await rest();
    await answer({ fault: null, grow: 0 });
    expect(state().maskFault).toBeNull();
    studio.documents.open?.history.undo();
    expect(hole()?.count()).toBe(before);
  });

  it('says nothing where nothing was seen', async () => {
    const { state, answer } = await painted();
    await answer({ fault: null, grow: 0 });
    expect(state().maskFault).toBeNull();
  });

  it('is no more spoken of once it was dismissed, until another hole is painted', async () => {
    const { studio, state, answer, paint, rest, asks } = await withCount();
    await answer(RIM);
    studio.maskGrowth.dismiss();
    expect(state().maskFault).toBeNull();
    studio.documents.open?.clear(['include'], 'nothing');
    paint();
    await rest();
    expect(asks()).toBe(1);
    studio.documents.open?.clear(['hole'], 'hole');
    await rest();
    paint();
    await rest();
    expect(asks()).toBe(2);
  });

  it('gives way to a stroke and to a fill: an answer that comes after them is void', async () => {
    const { studio, state, answer, start } = await painted();
    const started = start();
    await vi.advanceTimersByTimeAsync(10);
    await started;
    await answer(RIM);
    expect(state().maskFault).toBeNull();
    expect(studio.store.getState().fill.kind).toBe('running');
  });

  it('is not looked for where something is to come back', async () => {
    const { studio, asks, paint, rest } = await withCount();
    studio.store.setState(({ settings }) => ({ settings: { ...settings, manner: 'restore' } }));
    studio.documents.open?.clear(['hole'], 'hole');
    paint();
    await rest();
    expect(asks()).toBe(1);
  });
});

/** The same, counting how often the engine is asked. */
async function withCount() {
  const window = await painted();
  const request = vi.spyOn(window.studio.engineLink, 'request');
  // The first look came before the spy.
  return { ...window, asks: () => 1 + request.mock.calls.filter(([method]) => method === 'maskFit').length };
}
