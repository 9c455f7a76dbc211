import { expect, it } from 'vitest';
import { StepGate } from './step-gate';

/** Whether a step would be made at once. */
const passes = (gate: StepGate): Promise<boolean> =>
  Promise.race([gate.pass().then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

it('holds every step of a paused run, lets a single one through, and then all', async () => {
  const gate = new StepGate({ speed: null, paused: true });
  const first = gate.pass();
  expect(await Promise.race([first.then(() => true), Promise.resolve(false)])).toBe(false);
  gate.step();
  await first;
  expect(gate.paused).toBe(true);
  gate.resume();
  expect([await passes(gate), await passes(gate)]).toEqual([true, true]);
});

it('makes a slow step at once when one is asked for or the limit falls', async () => {
  const gate = new StepGate({ speed: 0.1, paused: false });
  await gate.pass();
  const slow = gate.pass();
  expect(await Promise.race([slow.then(() => true), Promise.resolve(false)])).toBe(false);
  gate.step();
  await slow;
  gate.resume();
  const next = gate.pass();
  gate.open();
  await next;
});
