import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph';
import { add, multiply } from '../../graph/ops';
import { deviations, parityCases } from '../../testing/parity';
import { TorchRuntime } from './runtime';

const [runtime, reason] = await TorchRuntime.open({ threads: 1 }).then(
  (opened) => [opened, ''] as const,
  (error: unknown) => [null, error instanceof Error ? error.message : String(error)] as const,
);
if (runtime === null) console.log(`The PyTorch runtime is not tested. ${reason}`);
afterAll(() => runtime?.close());

const open = (): TorchRuntime => {
  if (runtime === null) throw new Error('skipped without PyTorch');
  return runtime;
};

describe.skipIf(runtime === null)('the PyTorch runtime', () => {
  it.each(parityCases.map((parityCase) => [parityCase.name, parityCase] as const))(
    'agrees with the interpreter on %s',
    async (_, parityCase) => {
      for (const [output, deviation] of Object.entries(await deviations(open(), parityCase))) {
        expect(deviation, output).toBeLessThan(parityCase.tolerance);
      }
    },
  );

  const product = (): Graph => {
    const graph = new Graph();
    const [x, w] = [graph.input('x', [2]), graph.input('w', [2])];
    graph.input('unused', [1]);
    graph.output('y', add(multiply(x, w), 1));
    return graph;
  };

  it('keeps fixed inputs and answers runs in their order', async () => {
    const compiled = await open().compile(product(), { fixed: { w: Float32Array.of(2, 3) } });
    const runs = [1, 10].map((value) => compiled.run({ x: Float32Array.of(value, value) }));
    expect(await Promise.all(runs)).toEqual([{ y: Float32Array.of(3, 4) }, { y: Float32Array.of(21, 31) }]);
    await expect(compiled.run({ x: Float32Array.of(1, 1), w: Float32Array.of(1, 1) })).rejects.toThrow('is fixed');
    await compiled.dispose();
    await compiled.dispose();
    await expect(compiled.run({ x: Float32Array.of(1, 1) })).rejects.toThrow('disposed');
  });

  it('refuses missing and misshapen values, and serves on', async () => {
    const compiled = await open().compile(product());
    await expect(compiled.run({ x: Float32Array.of(1, 1) })).rejects.toThrow('"w" [2] has no value');
    await expect(compiled.run({ x: Float32Array.of(1), w: Float32Array.of(1, 1) })).rejects.toThrow(
      'needs 2 values, not 1',
    );
    const { y } = await compiled.run({ x: Float32Array.of(4, 5), w: Float32Array.of(0.5, 2) });
    expect([...y]).toEqual([3, 11]);
  });
});

describe.skipIf(runtime === null)('the PyTorch runtime in bfloat16', () => {
  let half: TorchRuntime | undefined;
  beforeAll(async () => {
    half = await TorchRuntime.open({ precision: 'bf16', threads: 1 });
  });
  afterAll(() => half?.close());

  it.each(parityCases.filter(({ name }) => name.startsWith('a training step')))(
    'keeps the direction of the gradient in $name',
    async ({ make }) => {
      const { graph, feeds } = make();
      const gradientOf = async (used: TorchRuntime | undefined): Promise<Float32Array> => {
        const compiled = await used?.compile(graph);
        return (await compiled?.run(feeds))?.['gradient'] ?? new Float32Array();
      };
      const [exact, rounded] = [await gradientOf(open()), await gradientOf(half)];
      const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
      expect(dot(exact, rounded) / Math.sqrt(dot(exact, exact) * dot(rounded, rounded))).toBeGreaterThan(0.99);
    },
  );
});
