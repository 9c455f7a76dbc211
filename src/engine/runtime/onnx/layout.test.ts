import { describe, expect, it } from 'vitest';
import { gradient } from '../../graph/gradient';
import { Graph, type Tensor } from '../../graph/graph';
import * as op from '../../graph/ops';
import { Random } from '../../numeric/random';
import { deviations } from '../../testing/parity';
import { channelBlock } from './channel-block';
import { lowerToOnnx } from './lower';
import { OnnxRuntime } from './runtime';

const runtime = new OnnxRuntime({ threads: 1 });
const block = await channelBlock();
if (block === null) console.log('Blocks of channels are not tested: ONNX Runtime has none on this processor.');

/** Something done to what comes out of a convolution, which another takes in, with the gradients. */
function between(channels: number, change: (y: Tensor) => Tensor) {
  const graph = new Graph();
  const random = new Random(3);
  const feeds: Record<string, Float32Array> = {};
  const input = (name: string, shape: readonly number[]): Tensor => {
    feeds[name] = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.between(-0.5, 0.5));
    return graph.input(name, shape);
  };
  const x = input('x', [2, 16, 6, 6]);
  const v = input('v', [channels, 16, 3, 3]);
  const changed = change(op.conv2d(x, v));
  const w = input('w', [16, changed.shape[1], 3, 3]);
  const y = op.conv2d(changed, w);
  graph.output('y', y);
  gradient(op.total(op.square(y)), [x, v, w]).forEach((slope, i) => graph.output(['dx', 'dv', 'dw'][i], slope));
  return { graph, feeds };
}

const CHANGES: Readonly<Record<string, (y: Tensor) => Tensor>> = {
  'cut at the edges': (y) => op.slice(y, [0, 0, 1, 2], [...y.shape.slice(0, 2), 4, 3]),
  'cut to fewer channels': (y) => op.sliceAxis(y, 1, 4, 12),
  'padded at the edges': (y) => op.pad(y, [0, 0, 1, 0], [0, 0, 2, 3]),
  'padded with channels': (y) => op.pad(y, [0, 4, 0, 0], [0, 0, 0, 0]),
  'made larger': (y) => op.depthToSpace(y, 2),
  'made smaller': (y) => op.spaceToDepth(y, 3),
  'made larger and cut': (y) => {
    const larger = op.depthToSpace(y, 2);
    return op.slice(larger, [0, 0, 1, 1], [...larger.shape.slice(0, 2), 10, 10]);
  },
};

describe('pictures between convolutions', () => {
  it.each(Object.keys(CHANGES).flatMap((name) => [64, 20].map((channels) => [name, channels] as const)))(
    '%s, of %i channels, agree with the interpreter',
    async (name, channels) => {
      const made = { name, tolerance: 1e-5, make: () => between(channels, CHANGES[name]) };
      for (const [output, worst] of Object.entries(await deviations(runtime, made)))
        expect(worst, output).toBeLessThan(made.tolerance);
    },
  );

  it.skipIf(block === null)('stay in blocks where those are whole', () => {
    const { graph } = between(64, CHANGES['made larger and cut']);
    const count = (type: string): number =>
      lowerToOnnx(graph, { block }).nodes.filter(({ op_type }) => op_type === type).length;
    expect(count('DepthToSpace')).toBe(0);
    expect(count('SpaceToDepth')).toBe(0);
  });
});
