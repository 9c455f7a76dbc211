import { describe, expect, it } from 'vitest';
import { gradient } from '../../graph/gradient';
import { Graph } from '../../graph/graph';
import * as op from '../../graph/ops';
import { Random } from '../../numeric/random';
import { deviations } from '../../testing/parity';
import { channelBlock } from './channel-block';
import { lowerToOnnx } from './lower';
import { OnnxRuntime } from './runtime';

const runtime = new OnnxRuntime({ threads: 1 });
const block = await channelBlock();
if (block === null) console.log('Blocks of channels are not tested: ONNX Runtime has none on this processor.');

/** Two convolutions with a bias and an ELU, their sum of squares, and its gradients. */
function layers(channels: readonly [number, number, number], geometry: object, kernel: number, side: number) {
  const graph = new Graph();
  const [a, b, c] = channels;
  const shapes = { x: [2, a, side, side], v: [b, a, 3, 3], bias: [b], w: [c, b, kernel, kernel] };
  const [x, v, bias, w] = Object.entries(shapes).map(([name, shape]) => graph.input(name, shape));
  const first = op.elu(op.add(op.conv2d(x, v, { padding: [1, 1, 1, 1] }), op.reshape(bias, [1, b, 1, 1])));
  const y = op.conv2d(first, w, geometry);
  const loss = op.total(op.square(y));
  gradient(loss, [x, v, bias, w]).forEach((slope, i) => graph.output(['dx', 'dv', 'dbias', 'dw'][i], slope));
  graph.output('y', y);
  graph.output('first', first);
  const random = new Random(3);
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((n, size) => n * size, 1) }, () => random.between(-0.5, 0.5)),
    ]),
  );
  return { graph, feeds };
}

const GEOMETRIES: Readonly<Record<string, readonly [object, kernel: number, side: number]>> = {
  'stride 1': [{ padding: [1, 1, 1, 1] }, 3, 8],
  'dilation 2': [{ dilation: 2, padding: [2, 2, 2, 2] }, 3, 9],
  'stride 2, kernel 3': [{ stride: 2, padding: [0, 0, 1, 1] }, 3, 8],
  'stride 2, kernel 5': [{ stride: 2, padding: [1, 1, 2, 2] }, 5, 8],
  'stride 2, odd side': [{ stride: 2, padding: [1, 1, 1, 1] }, 3, 9],
  'stride 2, dilation 2': [{ stride: 2, dilation: 2, padding: [2, 2, 2, 2] }, 3, 8],
  'stride 3, kernel 2': [{ stride: 3 }, 2, 9],
  'no padding': [{}, 4, 8],
};

describe('convolutions of fed weights', () => {
  const widths: readonly (readonly [number, number, number])[] = [
    [5, 32, 16], // whole blocks
    [20, 24, 40], // filled up
    [16, 18, 3], // not in fours
    [3, 4, 33],
  ];
  it.each(widths.flatMap((channels) => Object.keys(GEOMETRIES).map((name) => [channels, name] as const)))(
    'of %j channels, %s, agree with the interpreter',
    async (channels, name) => {
      const made = { name, tolerance: 1e-5, make: () => layers(channels, ...GEOMETRIES[name]) };
      for (const [output, worst] of Object.entries(await deviations(runtime, made)))
        expect(worst, output).toBeLessThan(made.tolerance);
    },
  );

  it.skipIf(block === null)('stay in blocks from one convolution to the next', () => {
    const { graph } = layers([16, 32, 16], { padding: [1, 1, 1, 1] }, 3, 8);
    const count = (type: string): number =>
      lowerToOnnx(graph, { block }).nodes.filter(({ op_type }) => op_type === type).length;
    expect(count('ReorderInput')).toBe(8); // x, the loss's slope, and the kernels three times each
    expect(count('ConvTranspose')).toBe(0);
  });

  it('are plain ONNX for files', () => {
    const { graph } = layers([16, 32, 16], { padding: [1, 1, 1, 1] }, 3, 8);
    expect(lowerToOnnx(graph).nodes.every(({ domain }) => domain === undefined)).toBe(true);
  });
});
