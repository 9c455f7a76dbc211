import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strokeSample } from '../../../shared/stroke';
import { History } from './history';
import { changeBytes, type MaskChange, Masks } from './masks';
import { PLANE_NAMES, type PlaneName } from './planes';

const SIZE = { width: 150, height: 110 };
const planeName = fc.constantFrom(...PLANE_NAMES);
const point = fc.tuple(fc.integer({ min: -20, max: 170 }), fc.integer({ min: -20, max: 130 }));
const action = fc.oneof(
  fc.record({
    kind: fc.constant('stroke' as const),
    plane: planeName,
    on: fc.boolean(),
    points: fc.array(point, { minLength: 1, maxLength: 5 }),
    radius: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant('clear' as const), plane: planeName }),
  fc.record({ kind: fc.constant('consume' as const) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function documentWithHistory(budget = 1e9) {
  const masks = new Masks(SIZE);
  const history = new History(budget, () => undefined);
  const push = (change: MaskChange) => {
    if (change.length === 0) return;
    const toggle = () => masks.toggle(change);
    history.push({ name: 'change', bytes: changeBytes(change), undo: toggle, redo: toggle });
  };
  const act = (a: Action) => {
    if (a.kind === 'clear') push(masks.clear([a.plane]));
    else if (a.kind === 'consume') push(masks.subtract('hole', masks.plane('include')));
    else {
      const samples = a.points.map(([x, y]) => strokeSample(x, y, a.radius));
      push(masks.paint([{ plane: a.plane, on: a.on }], samples));
    }
  };
  const snapshot = () => PLANE_NAMES.map((name: PlaneName) => masks.plane(name).clone());
  return { masks, history, act, snapshot };
}

describe('undo and redo', () => {
  it('give back the original and the result bit for bit, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        const { history, act, snapshot, masks } = documentWithHistory();
        const before = snapshot();
        actions.forEach(act);
        const after = snapshot();
        while (history.undo());
        snapshot().forEach((plane, i) => expect(plane.equals(before[i])).toBe(true));
        for (const name of PLANE_NAMES) expect(masks.isEmpty(name)).toBe(true);
        while (history.redo());
        snapshot().forEach((plane, i) => expect(plane.equals(after[i])).toBe(true));
        for (const name of PLANE_NAMES) expect(masks.isEmpty(name)).toBe(masks.plane(name).isEmpty());
      }),
    );
  });

  it('give back every state in between too', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 10 }), (actions) => {
        const { history, act, snapshot } = documentWithHistory();
        const states = [snapshot()];
        for (const a of actions) {
          const before = history.bytes();
          act(a);
          if (history.bytes() !== before) states.push(snapshot());
        }
        for (let i = states.length - 2; i >= 0; i--) {
          history.undo();
          snapshot().forEach((plane, n) => expect(plane.equals(states[i][n])).toBe(true));
        }
        expect(history.names().undo).toBeNull();
      }),
    );
  });

  it('forget the oldest steps when the memory is used up, but never the newest', () => {
    const undone: number[] = [];
    const history = new History(1000, () => undefined);
    for (let i = 0; i < 10; i++) {
      history.push({ name: `step ${i}`, bytes: 300, undo: () => undone.push(i), redo: () => undefined });
    }
    expect(history.bytes()).toBe(900);
    history.push({ name: 'huge', bytes: 5000, undo: () => undone.push(99), redo: () => undefined });
    expect(history.names()).toEqual({ undo: 'huge', redo: null });
    expect(history.undo()).toBe(true);
    expect(history.undo()).toBe(false);
    expect(undone).toEqual([99]);
  });

  it('drop what was undone when something new is done', () => {
    const history = new History(1000, () => undefined);
    const step = (name: string) => ({ name, bytes: 1, undo: () => undefined, redo: () => undefined });
    history.push(step('first'));
    history.push(step('second'));
    history.undo();
    history.push(step('third'));
    expect(history.names()).toEqual({ undo: 'third', redo: null });
    history.undo();
    expect(history.names()).toEqual({ undo: 'first', redo: 'third' });
  });

  it('tell steps that cannot be reached any more, and whether they stay done', () => {
    const forgotten: string[] = [];
    const history = new History(1000, () => undefined);
    const step = (name: string, bytes = 300) => ({
      name,
      bytes,
      undo: () => undefined,
      redo: () => undefined,
      forget: (done: boolean) => void forgotten.push(`${name} ${done ? 'done' : 'undone'}`),
    });
    for (const name of ['a', 'b', 'c']) history.push(step(name));
    expect(forgotten).toEqual([]);
    history.undo();
    history.push(step('d', 600));
    expect(forgotten).toEqual(['c undone', 'a done']);
  });
});
