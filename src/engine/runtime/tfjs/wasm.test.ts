import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradient } from '../../graph/gradient';
import { Graph } from '../../graph/graph';
import * as op from '../../graph/ops';
import { deviations, parityCases } from '../../testing/parity';
import { probeTfjs } from './backends';
import { TfjsRuntime } from './runtime';

let runtime: TfjsRuntime;
beforeAll(async () => {
  runtime = await TfjsRuntime.open(['wasm']);
});

describe('TensorFlow.js on WebAssembly', () => {
  it('says what it is', () => {
    expect(runtime).toMatchObject({ name: 'tfjs-wasm', label: 'TensorFlow.js (WebAssembly)' });
  });

  it.each(parityCases.map((parityCase) => [parityCase.name, parityCase] as const))(
    'agrees with the interpreter on %s',
    async (_, parityCase) => {
      for (const [output, deviation] of Object.entries(await deviations(runtime, parityCase))) {
        expect(deviation, output).toBeLessThan(parityCase.tolerance);
      }
    },
  );

  it('cannot change to another backend in the same process', async () => {
    await expect(probeTfjs(['cpu'])).rejects.toThrow(
      'TensorFlow.js runs on wasm in this process and cannot change to cpu',
    );
  });
});

/** y = tanh(conv(x, w)) + 1 and its gradients, with a constant and an input that may be fixed. */
function smallGraph(): Graph {
  const graph = new Graph();
  const x = graph.input('x', [1, 2, 6, 6]);
  const w = graph.input('w', [3, 2, 3, 3]);
  const y = op.add(op.tanh(op.conv2d(x, w, { stride: 2 })), graph.constant([3, 1, 1], [1, 2, 3]));
  const [dx, dw] = gradient(op.total(op.square(y)), [x, w]);
  graph.output('y', y);
  graph.output('dx', dx);
  graph.output('dw', dw);
  graph.output('x again', x);
  return graph;
}

const x = Float32Array.from({ length: 72 }, (_, i) => Math.sin(i));
const w = Float32Array.from({ length: 54 }, (_, i) => Math.cos(i));

describe('a graph compiled for TensorFlow.js', () => {
  it('leaves nothing behind after a run, and nothing at all when disposed of', async () => {
    const before = tf.memory();
    const compiled = await runtime.compile(smallGraph(), { fixed: { w } });
    await compiled.run({ x });
    const between = tf.memory();
    for (let i = 0; i < 3; i++) await compiled.run({ x });
    expect(tf.memory()).toMatchObject({ numTensors: between.numTensors, numBytes: between.numBytes });
    await compiled.dispose();
    await compiled.dispose();
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('frees what it made when a run fails', async () => {
    const graph = new Graph();
    const a = graph.input('a', [4]);
    graph.output('y', op.add(op.exp(a), 1));
    const compiled = await runtime.compile(graph);
    const before = tf.memory().numTensors;
    const feeds = { a: { length: 4, slice: () => 'rubbish' } as unknown as Float32Array };
    await expect(compiled.run(feeds)).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
    await compiled.dispose();
  });

  it('frees values as soon as nothing needs them', async () => {
    const graph = new Graph();
    let value = graph.input('a', [1000]);
    for (let i = 0; i < 50; i++) value = op.tanh(value);
    graph.output('y', value);
    const compiled = await runtime.compile(graph);
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(async () => {
      await compiled.run({ a: new Float32Array(1000) });
      return tf.scalar(0);
    });
    // One read, one being made, one scalar.
    expect(peakBytes - before).toBeLessThanOrEqual(2 * 4 * 1000 + 4);
    await compiled.dispose();
  });

  it('gives the same with fixed inputs as with fed ones', async () => {
    const [free, bound] = await Promise.all([
      runtime.compile(smallGraph()),
      runtime.compile(smallGraph(), { fixed: { w } }),
    ]);
    expect(await bound.run({ x })).toEqual(await free.run({ x, w }));
    await Promise.all([free.dispose(), bound.dispose()]);
  });

  it('does not hold on to the arrays it is given', async () => {
    const weights = w.slice();
    const compiled = await runtime.compile(smallGraph(), { fixed: { w: weights } });
    const first = await compiled.run({ x });
    weights.fill(0);
    first['x again'].fill(0);
    expect((await compiled.run({ x }))['y']).toEqual(first['y']);
    expect(x[1]).toBe(Math.fround(Math.sin(1)));
    await compiled.dispose();
  });

  it('refuses feeds that do not fit', async () => {
    const compiled = await runtime.compile(smallGraph(), { fixed: { w } });
    await expect(compiled.run({})).rejects.toThrow('the input "x" [1, 2, 6, 6] has no value');
    await expect(compiled.run({ x: new Float32Array(3) })).rejects.toThrow('needs 72 values, not 3');
    await expect(compiled.run({ x, z: x })).rejects.toThrow('no input "z"');
    await expect(compiled.run({ x, w })).rejects.toThrow('the input "w" is fixed and cannot be fed');
    await expect(runtime.compile(smallGraph(), { fixed: { w: x } })).rejects.toThrow('needs 54 values, not 72');
    await compiled.dispose();
    await expect(compiled.run({ x })).rejects.toThrow('has been disposed of');
  });
});
