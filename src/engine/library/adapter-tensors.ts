/** Between the pipeline's planes and the tensors of an imported model, as its adapter says. */
import type { Size } from '../../shared/geometry';
import type { TensorData } from '../runtime/onnx/file-session';
import { type Adapter, type ElementType, type ImageRange, RANGE_ENDS } from '../models/adapter';
import type { GeneratorInput } from '../inpaint/generator';
import { fromHalf, toHalf } from '../files/safetensors';

type Planes = Pick<GeneratorInput, 'width' | 'height' | 'image' | 'hole'>;

/** What the model is run at for a picture: its own size where that is fixed, else the next multiples. */
export function modelSize({ size }: Adapter, { width, height }: Size): Size {
  if (size.kind === 'fixed') return { width: size.width, height: size.height };
  const whole = (side: number) => Math.ceil(side / size.multiple) * size.multiple;
  return { width: whole(width), height: whole(height) };
}

/**
 * The model's inputs by name. A picture smaller than the model's size goes on to the right and below by mirroring.
 * @param planes as `GeneratorInput` describes them; no larger than the model's size
 */
export function encodeInputs(adapter: Adapter, planes: Planes): Record<string, TensorData> {
  const size = modelSize(adapter, planes);
  const hole = enlarge(planes.hole, planes, size);
  const image = imagePlanes(adapter, planes, hole, size);
  const [low, high] = RANGE_ENDS[adapter.mask.range];
  const [known, open] = adapter.mask.hole === 'high' ? [low, high] : [high, low];
  const mask = hole.map((value) => (value > 0.5 ? open : known));
  return Object.fromEntries(
    adapter.inputs.map(({ name, holds, element, layout }) => {
      const channels = holds.split('+').flatMap((part) => (part === 'image' ? image : [mask]));
      return [name, pack(channels, size, element, layout)];
    }),
  );
}

/** Three planes in the model's numbers, colour order and with the hole blanked as it wants. */
function imagePlanes(adapter: Adapter, planes: Planes, hole: Float32Array, size: Size): Float32Array[] {
  const [low, high] = RANGE_ENDS[adapter.image.range];
  const blank = { zero: 0, grey: (low + high) / 2, white: high }[adapter.image.hole];
  const area = planes.width * planes.height;
  const order = adapter.image.colours === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  return order.map((channel) =>
    enlarge(planes.image.subarray(channel * area, (channel + 1) * area), planes, size).map((value, i) =>
      hole[i] > 0.5 ? blank : low + ((value + 1) / 2) * (high - low),
    ),
  );
}

function enlarge(plane: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return plane;
  const mirrored = (at: number, length: number) => {
    const phase = at % (2 * length);
    return phase < length ? phase : 2 * length - 1 - phase;
  };
  const result = new Float32Array(to.width * to.height);
  for (let y = 0, i = 0; y < to.height; y++) {
    const row = mirrored(y, from.height) * from.width;
    for (let x = 0; x < to.width; x++, i++) result[i] = plane[row + mirrored(x, from.width)];
  }
  return result;
}

function pack(
  channels: readonly Float32Array[],
  { width, height }: Size,
  element: ElementType,
  layout: 'nchw' | 'nhwc',
): TensorData {
  const area = width * height;
  const count = channels.length;
  const data =
    element === 'float32'
      ? new Float32Array(count * area)
      : new (element === 'uint8' ? Uint8Array : Uint16Array)(count * area);
  const convert = { float32: (v: number) => v, float16: toHalf, uint8: (v: number) => Math.round(v) }[element];
  channels.forEach((plane, channel) => {
    const [start, step] = layout === 'nchw' ? [channel * area, 1] : [channel, count];
    for (let i = 0; i < area; i++) data[start + i * step] = convert(plane[i]);
  });
  return { element, data, shape: layout === 'nchw' ? [1, count, height, width] : [1, height, width, count] };
}

/**
 * The model's output as planes: 3 x height x width of `size`, nominally [-1, 1], not clamped.
 * @returns null when it is no picture of the model's size
 */
export function decodeOutput(adapter: Adapter, { element, shape, data }: TensorData, size: Size): Float32Array | null {
  const { layout, colours, range } = adapter.output;
  const whole = modelSize(adapter, size);
  const wanted = layout === 'nchw' ? [1, 3, whole.height, whole.width] : [1, whole.height, whole.width, 3];
  // A missing batch axis does no harm.
  const found = shape.length === 3 ? [1, ...shape] : shape;
  if (found.join() !== wanted.join()) return null;
  const toValue = element === 'float16' ? fromHalf : (value: number) => value;
  const order = colours === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  const area = size.width * size.height;
  const wholeArea = whole.width * whole.height;
  const planes = new Float32Array(3 * area);
  const [offset, scale] = toUnit(range);
  order.forEach((channel, to) => {
    const [start, step] = layout === 'nchw' ? [channel * wholeArea, 1] : [channel, 3];
    for (let y = 0, i = to * area; y < size.height; y++) {
      for (let x = 0; x < size.width; x++, i++)
        planes[i] = toValue(data[start + (y * whole.width + x) * step]) * scale + offset;
    }
  });
  return planes;
}

/** Offset and scale from a range to [-1, 1]. */
function toUnit(range: ImageRange): readonly [number, number] {
  const [low, high] = RANGE_ENDS[range];
  const scale = 2 / (high - low);
  return [-1 - low * scale, scale];
}
