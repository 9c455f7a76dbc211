import { describe, expect, it } from 'vitest';
import { createAppStore } from '../app-state';
import { targetsOf } from './planes';
import { BrushTip } from './brush-tip';

function tipWith(settings: { brushSize?: number; hardness?: number; penPressure?: boolean } = {}) {
  const store = createAppStore();
  store.setState((state) => ({ settings: { ...state.settings, brushSize: 40, ...settings } }));
  return { store, tip: new BrushTip(store) };
}

describe('the tip', () => {
  it('is smaller under a light pen, unless that is turned off, and never vanishes', () => {
    const at = { x: 5, y: 6 };
    expect(tipWith().tip.sample(at, 1).radius).toBe(20);
    expect(tipWith().tip.sample(at, 0.5).radius).toBe(10);
    expect(tipWith().tip.sample(at, 0).radius).toBe(2);
    expect(tipWith({ penPressure: false }).tip.sample(at, 0.5).radius).toBe(20);
  });

  it('gives the hole an edge as soft as its softest stroke, until there is no hole', () => {
    const { store, tip } = tipWith({ hardness: 0.5 });
    tip.used(targetsOf('hole', true));
    expect(store.getState().tipSoftness).toBe(10);
    store.setState(({ settings, painted }) => ({
      settings: { ...settings, hardness: 1 },
      painted: { ...painted, hole: true },
    }));
    tip.used(targetsOf('hole', true));
    expect(store.getState().tipSoftness).toBe(10);
    store.setState(({ painted }) => ({ painted: { ...painted, hole: false } }));
    expect(store.getState().tipSoftness).toBe(0);
  });

  it('softens nothing when it erases, or paints a source', () => {
    const { store, tip } = tipWith({ hardness: 0 });
    tip.used(targetsOf('hole', false));
    tip.used(targetsOf('include', true));
    expect(store.getState().tipSoftness).toBe(0);
  });
});
