import { afterAll, describe, expect, it } from 'vitest';
import { deviations, parityCases } from '../../testing/parity';
import { OnnxRuntime } from './runtime';

const runtime = new OnnxRuntime({ threads: 2 });

describe('ONNX Runtime agrees with the interpreter', () => {
  let worst: readonly [number, string] = [0, 'nothing'];
  it.each(parityCases.map((parityCase) => [parityCase.name, parityCase] as const))(
    'on %s',
    async (name, parityCase) => {
      for (const [output, deviation] of Object.entries(await deviations(runtime, parityCase))) {
        if (deviation > worst[0]) worst = [deviation, `${name}, ${output}`];
        expect(deviation, output).toBeLessThan(parityCase.tolerance);
      }
    },
  );
  afterAll(() => console.log(`worst relative deviation: ${worst[0].toExponential(1)} (${worst[1]})`));
});
