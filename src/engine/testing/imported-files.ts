/** ONNX files with the signatures of generators made elsewhere, for tests: a network whose fill is known. */
import { Graph } from '../graph/graph';
import { clip, multiply } from '../graph/ops';
import { smoothFill } from '../network/smooth-fill';
import { ModelBuilder } from '../runtime/onnx/builder';
import { lowerToOnnx } from '../runtime/onnx/lower';
import { encodeModel } from '../runtime/onnx/encode-model';
import { type Adapter, RANGE_ENDS } from '../models/adapter';

/** ONNX element types. */
const ELEMENTS = { float32: 1, uint8: 2, float16: 10 } as const;

/** LaMa's signature around this project's smooth fill: float 0..1 in, and out what `scale` makes of that. */
export function lamaFile(side: number, scale: 1 | 255): Uint8Array {
  const graph = new Graph();
  const image = graph.input('image', [1, 3, side, side]);
  const mask = graph.input('mask', [1, 1, side, side]);
  graph.output('output', multiply(clip(smoothFill(image, mask), 0, 1), scale));
  return encodeModel(lowerToOnnx(graph));
}

/**
 * A network that fills the hole with the mean of the known pixels, and is talked to exactly as an adapter says: whatever
 * differs from that makes its fill wrong. Computes in [0, 1] and clips to it.
 * @param reach sides of its declared inputs; names leave them free
 */
export function meanFillFile(adapter: Adapter, reach: readonly [number | string, number | string]): Uint8Array {
  const builder = new ModelBuilder();
  const op = (type: string, ...inputs: string[]) => builder.op(type, inputs);
  const planar = (name: string, layout: string) =>
    layout === 'nchw' ? name : builder.op('Transpose', [name], { perm: [0, 3, 1, 2] });
  const parts = new Map<string, string>();
  for (const { name, holds, layout } of adapter.inputs) {
    const value = planar(builder.op('Cast', [name], { to: 1 }), layout);
    let channel = 0;
    for (const part of holds.split('+')) {
      const count = part === 'image' ? 3 : 1;
      const range = [builder.ints([channel]), builder.ints([(channel += count)]), builder.ints([1])];
      parts.set(part, op('Slice', value, ...range));
    }
  }
  const [low, high] = RANGE_ENDS[adapter.image.range];
  const [maskLow, maskHigh] = RANGE_ENDS[adapter.mask.range];
  const unit = (x: string, from: number, to: number) =>
    op('Div', op('Sub', x, builder.float(from)), builder.float(to - from));
  const high01 = unit(parts.get('mask') ?? '', maskLow, maskHigh);
  const low01 = op('Sub', builder.float(1), high01);
  const [hole, known] = adapter.mask.hole === 'high' ? [high01, low01] : [low01, high01];
  const image = unit(parts.get('image') ?? '', low, high);
  const axes = builder.ints([2, 3]);
  const kept = op('Mul', image, known);
  const mean = op('Div', op('ReduceSum', kept, axes), op('ReduceSum', known, axes));
  const filled = builder.op('Clip', [op('Add', kept, op('Mul', mean, hole)), builder.float(0), builder.float(1)]);
  const { output } = adapter;
  const [outLow, outHigh] = RANGE_ENDS[output.range];
  let result = op('Add', op('Mul', filled, builder.float(outHigh - outLow)), builder.float(outLow));
  if (output.layout === 'nhwc') result = builder.op('Transpose', [result], { perm: [0, 2, 3, 1] });
  if (output.element === 'uint8') result = op('Round', result);
  builder.op('Cast', [result], { to: ELEMENTS[output.element] }, { output: output.name });
  const shape = (channels: number, layout: string) =>
    layout === 'nchw' ? [1, channels, ...reach] : [1, ...reach, channels];
  return encodeModel({
    nodes: builder.nodes,
    initializers: builder.initializers,
    inputs: adapter.inputs.map(({ name, holds, element, layout }) => ({
      name,
      shape: shape(
        holds.split('+').reduce((sum, part) => sum + (part === 'image' ? 3 : 1), 0),
        layout,
      ),
      element: ELEMENTS[element],
    })),
    outputs: [{ name: output.name, shape: shape(3, output.layout), element: ELEMENTS[output.element] }],
  });
}

type Fields = readonly (readonly [number, number | string | Uint8Array])[];

/** A protobuf message, field by field: numbers as varints, everything else with its length. Knows no schema. */
export function message(...fields: Fields): Uint8Array {
  return Buffer.concat(
    fields.flatMap(([field, value]) => {
      if (typeof value === 'number') return [varint(BigInt(field) << 3n), varint(BigInt.asUintN(64, BigInt(value)))];
      const bytes = Buffer.from(value);
      return [varint((BigInt(field) << 3n) | 2n), varint(BigInt(bytes.length)), bytes];
    }),
  );
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

/** An input or output. @param element ONNX element type */
export function valueInfo(name: string, dims: readonly (number | string)[], element = 1): Uint8Array {
  const shape = message(...dims.map((size) => [1, message([typeof size === 'number' ? 1 : 2, size])] as const));
  return message([1, name], [2, message([1, message([1, element], [2, shape])])]);
}

export function nodeOf(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...more: Fields
): Uint8Array {
  return message(
    ...inputs.map((name) => [1, name] as const),
    ...outputs.map((name) => [2, name] as const),
    [4, type],
    ...more,
  );
}

export interface Parts {
  readonly nodes: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
  readonly initializers?: readonly Uint8Array[];
  readonly opset?: number | null;
}

/** A whole file made of parts that may be anything. */
export function fileOf({ nodes, inputs, outputs, initializers = [], opset = 17 }: Parts): Uint8Array {
  const graph = message(
    ...nodes.map((node) => [1, node] as const),
    [2, 'graph'],
    ...initializers.map((tensor) => [5, tensor] as const),
    ...inputs.map((value) => [11, value] as const),
    ...outputs.map((value) => [12, value] as const),
  );
  const opsets = opset === null ? [] : [[8, message([2, opset])] as const];
  return message([1, 8], [7, graph], ...opsets);
}

/** LaMa's inputs and output. */
export const usual = {
  inputs: [valueInfo('image', [1, 3, 64, 64]), valueInfo('mask', [1, 1, 64, 64])],
  outputs: [valueInfo('output', [1, 3, 64, 64])],
  nodes: [nodeOf('Add', ['image', 'mask'], ['output'])],
} as const;

/**
 * LaMa's signature around the mean colour, with this many megabytes of weights that every run reads: as large as the
 * published exports, and made in a second.
 */
export function largeFile(megabytes: number): Uint8Array {
  const count = Math.round((megabytes * 1e6) / 4 / 1000) * 1000;
  const allAxes = [5, message([1, 'keepdims'], [3, 1], [20, 2])] as const;
  return fileOf({
    ...usual,
    initializers: [
      message([1, 1], [1, 1], [1, 1000], [1, count / 1000], [2, 1], [8, 'weights'], [9, new Uint8Array(4 * count)]),
    ],
    nodes: [
      nodeOf('Max', ['image', 'mask'], ['marked']),
      nodeOf('Sub', ['marked', 'mask'], ['known']),
      nodeOf('ReduceMean', ['known'], ['mean'], [5, message([1, 'axes'], [8, 2], [8, 3], [20, 7])]),
      nodeOf('Mul', ['mean', 'mask'], ['fill']),
      nodeOf('Add', ['known', 'fill'], ['filled']),
      // The weights are zeros: they cost what weights cost, and change nothing.
      nodeOf('ReduceMean', ['known'], ['level'], allAxes),
      nodeOf('Mul', ['weights', 'level'], ['product']),
      nodeOf('ReduceMean', ['product'], ['nothing'], allAxes),
      nodeOf('Add', ['filled', 'nothing'], ['output']),
    ],
  });
}

/** An adapter of no known family: channels last, and an order of colours that no test tells. */
export function oddAdapter(colours: 'rgb' | 'bgr', width: number, height: number): Adapter {
  return {
    inputs: [
      { name: 'x', holds: 'image', element: 'float32', layout: 'nhwc' },
      { name: 'm', holds: 'mask', element: 'float32', layout: 'nhwc' },
    ],
    image: { range: '-1..1', colours, hole: 'zero' },
    mask: { range: '0..1', hole: 'low' },
    output: { name: 'y', element: 'float32', layout: 'nhwc', range: '0..255', colours, composited: true },
    size: { kind: 'fixed', width, height },
  };
}
