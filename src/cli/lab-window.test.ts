import { expect, it } from 'vitest';
import { LabSession } from '../engine/lab/lab-session';
import { OnnxRuntime } from '../engine/runtime/onnx/runtime';
import type { LabLook } from '../shared/protocol/lab-job';
import { runCli } from './testing/program';

const CHANGES = { steps: 60, batch: 32, penalty: 'r1' };

/** The end of a run as the lab's window hears it, with every look on the way, slow or fast. */
function heardByTheWindow(experiment: string, paused: boolean): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const looks: LabLook[] = [];
    const session = new LabSession(new OnnxRuntime({ threads: 1 }), (name, payload) => {
      const told: unknown = structuredClone(payload);
      if (name === 'lab:look') looks.push((told as { look: LabLook }).look);
      if (name === 'lab:view' && paused) void session.handlers.resume(undefined);
      if (name === 'lab:end') resolve({ ...(told as { result: object }).result, looks });
    });
    void session.handlers.start({ experiment, changes: CHANGES, speed: null, paused });
    if (paused) void session.handlers.step(undefined);
  });
}

it.each(['near-modes', 'ring'])('prints the numbers that the window shows of %s, bit for bit', async (experiment) => {
  const { code, output } = await runCli([
    ...['lab', 'run', experiment, '--json'],
    ...Object.entries(CHANGES).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ]);
  expect(code).toBe(0);
  const printed = JSON.parse(output) as Record<string, unknown>;
  for (const paused of [false, true]) {
    const { looks, measures, signs } = await heardByTheWindow(experiment, paused);
    expect({ looks, measures, signs }).toEqual({
      looks: printed['looks'],
      measures: printed['measures'],
      signs: printed['signs'],
    });
  }
});
