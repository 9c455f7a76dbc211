import { describe, expect, it } from 'vitest';
import { deviations, parityCases } from '../../testing/parity';
import { TfjsRuntime } from './runtime';

const [runtime, reason] = await TfjsRuntime.open(['node-gpu', 'node']).then(
  (opened) => [opened, ''] as const,
  (error: unknown) => [null, error instanceof Error ? error.message : String(error)] as const,
);
if (runtime === null) console.log(`Native TensorFlow.js is not tested. ${reason}`);

describe.skipIf(runtime === null)('native TensorFlow.js', () => {
  it.each(parityCases.map((parityCase) => [parityCase.name, parityCase] as const))(
    'agrees with the interpreter on %s',
    async (_, parityCase) => {
      if (runtime === null) return;
      for (const [output, deviation] of Object.entries(await deviations(runtime, parityCase))) {
        expect(deviation, output).toBeLessThan(parityCase.tolerance);
      }
    },
  );
});
