/**
 * How to talk to a generator that someone else exported as ONNX: which input takes what, in which numbers, and what the
 * output means. Plain data, kept in the model's `model.json`.
 */
import { z } from 'zod';

/** Sides in pixels that an export may fix, and that a free one is run at. */
export const LARGEST_SIDE = 4096;
export const SMALLEST_SIDE = 32;

const range = z.enum(['0..1', '0..255', '-1..1']);
export type ImageRange = z.infer<typeof range>;

/** Value of the lower and the upper end of each range. */
export const RANGE_ENDS = {
  '0..1': [0, 1],
  '0..255': [0, 255],
  '-1..1': [-1, 1],
  '-0.5..0.5': [-0.5, 0.5],
} as const;

const element = z.enum(['float32', 'float16', 'uint8']);
export type ElementType = z.infer<typeof element>;

const layout = z.enum(['nchw', 'nhwc']);
const colours = z.enum(['rgb', 'bgr']);
const name = z.string().min(1).max(500);
const side = z.number().int().min(SMALLEST_SIDE).max(LARGEST_SIDE);

const inputSchema = z
  .object({
    name,
    /** What its channels are: three of the image, one of the mask, or all four in this order. */
    holds: z.enum(['image', 'mask', 'image+mask', 'mask+image']),
    element,
    layout,
  })
  .strict();

export const adapterSchema = z
  .object({
    inputs: z.array(inputSchema).min(1).max(2),
    image: z
      .object({
        range,
        colours,
        /** What stands inside the hole: the number zero, the middle of the range, or its upper end. */
        hole: z.enum(['zero', 'grey', 'white']),
      })
      .strict(),
    mask: z
      .object({
        range: z.enum(['0..1', '0..255', '-1..1', '-0.5..0.5']),
        /** Which end of the range is the hole; the other one is known. */
        hole: z.enum(['high', 'low']),
      })
      .strict(),
    output: z
      .object({
        name,
        element,
        layout,
        range,
        colours,
        /** Known pixels of the output are those of the input, not a reconstruction. */
        composited: z.boolean(),
      })
      .strict(),
    size: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('fixed'), width: side, height: side }).strict(),
      z.object({ kind: z.literal('free'), multiple: z.number().int().min(1).max(512) }).strict(),
    ]),
  })
  .strict()
  .refine(({ inputs }) => {
    const holds = inputs.map((input) => input.holds).sort();
    return inputs.length === 1 ? holds[0]?.includes('+') === true : holds.join() === 'image,mask';
  }, { error: 'the inputs must hold the image once and the mask once', path: ['inputs'] });
export type Adapter = z.infer<typeof adapterSchema>;

/** "512 x 512", or "any" where sides are free. */
export function sizeText({ size }: Adapter): string {
  return size.kind === 'fixed' ? `${size.width} x ${size.height}` : 'any';
}

/** The key under which a model exported here carries its adapter in the ONNX file's metadata, as JSON. */
export const ADAPTER_METADATA = 'inpaint-studio.adapter';

/** The adapter of `plainGraph`. */
export function plainAdapter(side: number): Adapter {
  return {
    inputs: [
      { name: 'image', holds: 'image', element: 'float32', layout: 'nchw' },
      { name: 'mask', holds: 'mask', element: 'float32', layout: 'nchw' },
    ],
    image: { range: '0..1', colours: 'rgb', hole: 'zero' },
    mask: { range: '0..1', hole: 'high' },
    output: { name: 'output', element: 'float32', layout: 'nchw', range: '0..1', colours: 'rgb', composited: false },
    size: { kind: 'fixed', width: side, height: side },
  };
}
